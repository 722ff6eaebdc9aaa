"""What became of a row."""

from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from workspace.members.importing.cleaning import Value
from workspace.members.importing.existing import Change, shown
from workspace.members.importing.problems import Problem
from workspace.members.importing.units import UnitIndex


class Verdict(StrEnum):
    """What would become of a row."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    PROBLEM = "problem"


@dataclass(frozen=True)
class Row:
    """A judged row. `values` go into the register (dates as dates, codes as codes, the unit as its key).

    `member` is the key of the registered member it matched; `changes` are to be applied, `held` not.
    """

    number: int
    verdict: Verdict
    values: AnyMapping[str, Value]
    problems: tuple[Problem, ...] = ()
    derived: frozenset[str] = frozenset()
    member: str | None = None
    changes: tuple[Change, ...] = ()
    held: tuple[Change, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.is_error)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if not problem.is_error)


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows by verdict; `warned` counts the importable rows that carry a warning."""

    total: int
    new: int
    updated: int
    unchanged: int
    problem: int
    warned: int


def as_plain(row: Row, units: UnitIndex | None = None) -> dict[str, Any]:
    """A row in JSON types, for storing: values as ISO dates and codes, changes in words."""

    def change(c: Change) -> dict[str, str]:
        return {"field": c.field, "old": shown(c.field, c.old, units), "new": shown(c.field, c.new, units)}

    return {
        "number": row.number,
        "verdict": row.verdict.value,
        "values": {k: v.isoformat() if isinstance(v, date) else v for k, v in row.values.items()},
        "problems": [problem.as_plain() for problem in row.problems],
        "derived": sorted(row.derived),
        "member": row.member,
        "changes": [change(c) for c in row.changes],
        "held": [change(c) for c in row.held],
    }
