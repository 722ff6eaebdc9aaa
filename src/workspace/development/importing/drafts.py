"""One row of a sheet on its way to becoming a case. Plain values, so that it can be signed and sent along."""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Self

from rules import Done


@dataclass(frozen=True)
class Event:
    """A step with its day, "" where nobody wrote it down."""

    code: str
    on: str
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def day(self) -> date | None:
        return date.fromisoformat(self.on) if self.on else None

    @property
    def done(self) -> Done:
        people = self.details.get("people")
        return Done(
            step=self.code, on=self.day, people=len(people) if people else None, hours=self.details.get("hours")
        )


@dataclass(frozen=True)
class Draft:
    """`member` is the key of somebody on the register, `person` the values of a newcomer. `problems` keep it out;
    `remarks` let it in and are shown."""

    number: int
    name: str
    unit: int | None = None
    member: int | None = None
    person: dict[str, Any] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def opened_on(self) -> date:
        """The day of application chooses the text; where it is not known, the first day on record."""
        applied = next((event.day for event in self.events if event.code == "apply" and event.day), None)
        return applied or min(event.day for event in self.events if event.day)

    def as_plain(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Self:
        return cls(**{**plain, "events": [Event(**event) for event in plain["events"]]})
