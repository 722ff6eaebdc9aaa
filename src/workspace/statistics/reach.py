"""What statistics look at: a unit with everything that stood below it on either day, row by row."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from workspace.organization.lineage import Lineage
from workspace.organization.models import Unit
from workspace.organization.queries.past import lineage_of
from workspace.organization.standing import Standing
from workspace.statistics.days import Days

OWN = "own"  # the key of the row of what stands on the unit itself


@dataclass(frozen=True)
class Line:
    """One row: a unit of the next level below under its name of then, or the unit itself."""

    key: str
    label: str
    unit: Unit


@dataclass(frozen=True)
class Reach:
    """`opened` are keys of units whose own statistics the reader may open."""

    unit: Unit
    days: Days
    opened: frozenset[int] = frozenset()

    @cached_property
    def _known(self) -> tuple[Lineage, list[Unit]]:
        """Everything about the tree: two queries."""
        return lineage_of(Unit.objects.all())

    @cached_property
    def present(self) -> dict[int, Standing]:
        return {pk: one.standing for pk, one in self._known[0].present.items()}

    def tree(self, *, before: bool = False, peopled: Iterable[int] = ()) -> dict[int, Standing]:
        """Where units stood on the cut-off day, or on the day before the period; `peopled` had members then."""
        return self._known[0].on(self.days.since if before else self.days.on, peopled=peopled)

    @cached_property
    def places(self) -> dict[int, int]:
        """The row of each unit on the cut-off day, by key; units that were gone by then stand where they last stood."""
        return self._rows({**self.present, **self.tree(before=True), **self.tree()})

    @cached_property
    def places_before(self) -> dict[int, int]:
        """The same on the day before the period."""
        return self._rows({**self.present, **self.tree(), **self.tree(before=True)})

    @cached_property
    def is_everything(self) -> bool:
        """Whether no unit stands outside, so that nobody has to be left out."""
        return all(len(places) == len(self.present) for places in (self.places, self.places_before))

    @cached_property
    def units(self) -> dict[int, Unit]:
        """In the order of today's tree."""
        return {unit.pk: unit for unit in self._known[1]}

    @property
    def around(self) -> list[tuple[Unit, int]]:
        """Units above that may be opened, the unit, and the next level of today, in tree order; each with its level."""
        chain = [*(one for one in self._openable if self.unit.is_at_or_below(one) and one != self.unit), self.unit]
        below = [one for one in self._openable if one.parent_path == self.unit.path and one.is_open]
        return [*((one, level) for level, one in enumerate(chain)), *((one, len(chain)) for one in below)]

    @property
    def _openable(self) -> list[Unit]:
        return [unit for pk, unit in self.units.items() if pk in self.opened]

    @cached_property
    def lines(self) -> list[Line]:
        """The unit itself, then every unit that is a row on either day, in the order of the tree."""
        rows = set(self.places.values()) | set(self.places_before.values())
        now, before = self.tree(), self.tree(before=True)
        found = [Line(OWN, str(self.unit), self.unit)]
        for pk, unit in self.units.items():
            if pk in rows and pk != self.unit.pk:
                was = now.get(pk) or before.get(pk)
                changed = was is not None and was.name != unit.name
                found.append(Line(str(pk), was.name if was and changed else str(unit), unit))
        return found

    def key_of(self, row: int) -> str:
        return OWN if row == self.unit.pk else str(row)

    def _rows(self, tree: Mapping[int, Standing]) -> dict[int, int]:
        """By unit: the child of ours that it stands under; we ourselves for what stands on us, groups with it."""
        top = self.unit.pk
        found: dict[int, int | None] = {top: top}
        for pk in tree:
            chain: list[int] = []
            at: int | None = pk
            while at is not None and at not in found and at not in chain:
                chain.append(at)
                at = tree[at].parent if at in tree else None
            row = found.get(at) if at is not None else None
            for one in reversed(chain):
                if row == top and not _is_group(tree[one]):
                    row = one
                found[one] = row
        return {pk: row for pk, row in found.items() if row is not None}


def _is_group(standing: Standing) -> bool:
    return standing.type == Unit.Type.GROUP
