"""When a scheduled export is due, and what became of each run: values that a schedule keeps as JSON."""

from calendar import monthrange
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any, Self

WEEKLY, MONTHLY, QUARTERLY = "weekly", "monthly", "quarterly"
EVERY = (WEEKLY, MONTHLY, QUARTERLY)
LAST_DAY = {WEEKLY: 7, MONTHLY: 31, QUARTERLY: 31}
RUNS_KEPT = 12
_FIRST_OF_A_QUARTER = (1, 4, 7, 10)
_LONGEST_GAP = 93  # days from one first month of a quarter to the next, at most 92


def next_day(every: str, day: int, *, after: date) -> date:
    """The first day later than `after` that is due. `day` is 1 (Monday) to 7, or of the month, in short months its last
    one; quarterly means the first month of each quarter."""
    for ahead in range(1, _LONGEST_GAP + 1):
        found = after + timedelta(days=ahead)
        if _is_due(every, day, found):
            return found
    raise ValueError(every)


def _is_due(every: str, day: int, on: date) -> bool:
    if every == WEEKLY:
        return on.isoweekday() == day
    is_day = on.day == min(day, monthrange(on.year, on.month)[1])
    return is_day and (every == MONTHLY or on.month in _FIRST_OF_A_QUARTER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What of it, how, when, for whom. `query` narrows as the address of the list does; `people` are keys of users."""

    form: str = "xlsx"
    whole: bool = False
    query: dict[str, str] = field(default_factory=dict)
    every: str = MONTHLY
    day: int = 1
    people: tuple[int, ...] = ()
    reason: str = ""

    def as_plain(self) -> dict[str, Any]:
        return asdict(self) | {"people": list(self.people)}

    @classmethod
    def from_plain(cls, said: dict[str, Any]) -> Self:
        known = {name: said[name] for name in cls.__slots__ if name in said}
        return cls(**known | {"people": tuple(int(key) for key in said.get("people", ()))})


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One file for one person, or why there was none. `token` names the file until `until`, ISO dates."""

    number: int
    on: str
    person: int
    name: str
    rows: int = 0
    token: str = ""
    ending: str = ""
    until: str = ""
    why: str = ""

    def as_plain(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if value not in ("", 0)}

    @classmethod
    def from_plain(cls, said: dict[str, Any]) -> Self:
        return cls(**{name: said[name] for name in cls.__slots__ if name in said})
