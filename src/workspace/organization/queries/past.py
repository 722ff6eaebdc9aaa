"""The tree as it was on a day, and how two days differ. Three queries, whatever the size."""

from dataclasses import dataclass, field
from datetime import date

from workspace.accounts.models import User
from workspace.organization.lineage import Difference, Event, Lineage, Present, differences
from workspace.organization.models import Change, Unit, UnitQuerySet
from workspace.organization.standing import Basis, Standing
from workspace.organization.visibility import units_where

_FIELDS = ("pk", "path", "depth", "name", "short_name", "type", "established_on", "closed_on")


@dataclass
class Then:
    """A unit as it stood on the day; `now` is its row of today, `above` the name of the unit above on that day."""

    now: Unit
    standing: Standing
    level: int = 0
    above: str = ""
    children: list["Then"] = field(default_factory=list)

    @property
    def type_label(self) -> str:
        return str(Unit.Type(self.standing.type).label)

    @property
    def is_called_otherwise(self) -> bool:
        return self.standing.name != self.now.name

    @property
    def indent(self) -> str:
        """The level as full-width spaces, which no browser folds."""
        return "\u3000" * self.level


@dataclass(frozen=True)
class PastTree:
    """`tops` hang together as they did; `rows` are the same, parents before children."""

    day: date
    tops: list[Then]
    rows: list[Then]


@dataclass(frozen=True)
class Shift:
    """A difference in words: which unit (as of today), and the names of the units above it before and after."""

    now: Unit
    difference: Difference
    above_before: str
    above_after: str

    @property
    def label(self) -> str:
        """What it was called, or is called where it is new."""
        known = self.difference.before or self.difference.after
        return known.name if known else str(self.now)

    @property
    def type_before(self) -> str:
        return _type(self.difference.before)

    @property
    def type_after(self) -> str:
        return _type(self.difference.after)


def lineage_of(units: UnitQuerySet) -> tuple[Lineage, list[Unit]]:
    """Everything known about these units, and their rows in tree order. Two queries."""
    rows = list(units.only(*_FIELDS))
    keys = {unit.path: unit.pk for unit in rows}
    present = [
        Present(
            unit.pk,
            Standing(unit.name, unit.type, keys.get(unit.parent_path)),
            unit.established_on,
            unit.closed_on,
        )
        for unit in rows
    ]
    told = Change.objects.in_order().values_list("unit_id", "on", "before", "after", "basis")
    events = (
        Event(unit, on, Standing.read(before), Standing.read(after), Basis.read(basis).is_assumed)
        for unit, on, before, after, basis in told.iterator()
    )
    return Lineage(present, events), rows


def tree_on(user: User, day: date) -> PastTree:
    """The tree of that day, of the units this person may see today."""
    known, rows = lineage_of(units_where(user, "unit.view"))
    return _grown(known.on(day), rows, day)


def shifts(user: User, since: date, until: date) -> list[Shift]:
    """What differs between two days, in the order of today's tree."""
    known, rows = lineage_of(units_where(user, "unit.view"))
    before, after = known.on(since), known.on(until)
    order = {unit.pk: number for number, unit in enumerate(rows)}
    found = sorted(differences(before, after), key=lambda difference: order[difference.unit])
    return [
        Shift(
            rows[order[each.unit]],
            each,
            _name_above(each.before, before),
            _name_above(each.after, after),
        )
        for each in found
    ]


def _grown(found: dict[int, Standing], rows: list[Unit], day: date) -> PastTree:
    nodes = {
        unit.pk: Then(unit, found[unit.pk], above=_name_above(found[unit.pk], found))
        for unit in rows
        if unit.pk in found
    }
    tops: list[Then] = []
    for node in nodes.values():
        parent = nodes.get(node.standing.parent or 0)
        (parent.children if parent else tops).append(node)
    return PastTree(day, tops, _listed(tops))


def _listed(tops: list[Then]) -> list[Then]:
    """Parents before children, each with its level."""
    listed: list[Then] = []
    waiting = [(node, 0) for node in reversed(tops)]
    while waiting:
        node, level = waiting.pop()
        node.level = level
        listed.append(node)
        waiting += [(child, level + 1) for child in reversed(node.children)]
    return listed


def _name_above(standing: Standing | None, then: dict[int, Standing]) -> str:
    above = then.get(standing.parent or 0) if standing else None
    return above.name if above else ""


def _type(standing: Standing | None) -> str:
    return str(Unit.Type(standing.type).label) if standing else ""
