"""The tree as rows, for sheets and print."""

from dataclasses import dataclass

from workspace.accounts.models import User
from workspace.organization import counters
from workspace.organization.models import Unit
from workspace.organization.visibility import units_where


@dataclass(frozen=True)
class Row:
    """A unit in tree order. `level` is 0 for the highest that the reader may see; `parent` is a full name or empty."""

    unit: Unit
    level: int
    parent: str
    counts: list[int]

    @property
    def indent(self) -> str:
        """The level as full-width spaces, which no browser folds."""
        return "\u3000" * self.level


def listing(user: User, *, closed: bool = False) -> list[Row]:
    """Every unit that this person may see, parents before children. Two queries, and one for each counter."""
    visible = units_where(user, "unit.view")
    visible = visible if closed else visible.open()
    units = list(visible)
    totals = list(counters.totals(visible).values())
    names = {unit.path: unit.name for unit in units}
    highest = min((unit.depth for unit in units), default=1)
    return [
        Row(unit, unit.depth - highest, names.get(unit.parent_path, ""), [total.get(unit.path, 0) for total in totals])
        for unit in units
    ]
