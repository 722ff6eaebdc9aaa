"""The tree as rows, for sheets and print."""

from collections import Counter
from dataclasses import dataclass

from workspace.accounts.models import User
from workspace.organization import columns, counters
from workspace.organization.models import Unit
from workspace.organization.visibility import units_where


@dataclass(frozen=True)
class Row:
    """A unit in tree order. `level` is 0 for the highest that the reader may see; `parent` is a full name or empty;
    `place` counts from 1 among those of one parent; `words` are what the columns of other apps say."""

    unit: Unit
    level: int
    parent: str
    place: int
    counts: list[int]
    words: list[str]

    @property
    def indent(self) -> str:
        """The level as full-width spaces, which no browser folds."""
        return "\u3000" * self.level


def listing(user: User, *, closed: bool = False) -> list[Row]:
    """Every unit that this person may see, parents before children. Two queries, and one for each counter and column
    of another app."""
    visible = units_where(user, "unit.view")
    visible = visible if closed else visible.open()
    units = list(visible)
    totals = list(counters.totals(visible).values())
    told = [column.texts(visible) for column in columns.columns()]
    names = {unit.path: unit.name for unit in units}
    highest = min((unit.depth for unit in units), default=1)
    placed: Counter[str] = Counter()
    rows = []
    for unit in units:
        placed[unit.parent_path] += 1
        rows.append(
            Row(
                unit,
                level=unit.depth - highest,
                parent=names.get(unit.parent_path, ""),
                place=placed[unit.parent_path],
                counts=[total.get(unit.path, 0) for total in totals],
                words=[texts.get(unit.path, "") for texts in told],
            )
        )
    return rows
