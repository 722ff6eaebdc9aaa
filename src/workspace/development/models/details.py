"""What a step says beyond its day: people, counts of a ballot, how long, where. Kept as JSON of this shape."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from rules import Ballot


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody by name, and by key where they stand on the register here."""

    name: str
    member: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """`people` are contacts, introducers or who held a talk; `place` is where a notice hangs or a file is kept;
    `phone` takes remarks on a notice; `note` is free. What does not belong to a step stays empty."""

    note: str = ""
    people: tuple[Named, ...] = ()
    ballot: Ballot | None = None
    months: int | None = None
    days: int | None = None
    hours: int | None = None
    place: str = ""
    phone: str = ""
    until: str = ""  # last day of a notice as printed
    result: str = ""  # what a notice brought in
    number: str = ""  # of a document from above

    def as_plain(self) -> dict[str, Any]:
        """Only what was said."""
        return {name: value for name, value in asdict(self).items() if value not in ("", None, ())}

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Self:
        """What is not understood is left out: an archive of a newer release must still open."""
        known = {field.name for field in fields(cls)}
        said = {name: value for name, value in plain.items() if name in known}
        said["people"] = tuple(Named(one["name"], one.get("member")) for one in plain.get("people", ()))
        said["ballot"] = Ballot(**plain["ballot"]) if plain.get("ballot") else None
        return cls(**said)
