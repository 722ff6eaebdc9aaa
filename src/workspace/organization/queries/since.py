"""What has happened to the tree since a day: so that figures of a past period are told of the tree as it was then."""

from dataclasses import dataclass
from datetime import date

from workspace.organization.models import Change, Unit


@dataclass(frozen=True)
class Segment:
    """Before the day `until` (from `first` on, where that is known), the unit stood under `above`, not where it is now.

    `path` is where it is now, with everything below; `then` stands for it under the other one: no unit has that path.
    """

    unit: Unit
    above: Unit
    first: date | None
    until: date
    then: str

    @property
    def path(self) -> str:
        return str(self.unit.path)


@dataclass(frozen=True)
class Since:
    """`names` are what units were called on the last day asked about, where they are called otherwise now."""

    segments: tuple[Segment, ...] = ()
    names: dict[int, str] | None = None

    def name_of(self, unit: Unit) -> str:
        return (self.names or {}).get(unit.pk) or str(unit)


NOTHING = Since()


def happened_since(first: date, until: date) -> Since:
    """What a period from `first` to `until` has to be told with. One query, and one more when something moved.

    A unit above that has moved itself since is taken to stand where it stands now.
    """
    later = Change.objects.filter(on__gt=first, before__isnull=False, after__isnull=False).in_order()
    names: dict[int, str] = {}
    moves: list[_Moved] = []
    for change in later.only("unit_id", "on", "before", "after"):
        was, became = change.was, change.became
        if was is None or became is None:
            continue
        if was.name != became.name and change.on > until:
            names.setdefault(change.unit_id, was.name)
        if was.parent != became.parent and was.parent is not None:
            moves.append(_Moved(change.unit_id, was.parent, change.on))
    return Since(_segments(moves), names)


@dataclass(frozen=True)
class _Moved:
    unit: int
    above: int
    on: date


def _segments(moves: list[_Moved]) -> tuple[Segment, ...]:
    keys = {key for move in moves for key in (move.unit, move.above)}
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=keys)} if keys else {}
    found: list[Segment] = []
    begun: dict[int, date] = {}
    for number, move in enumerate(moves):
        unit, above = units.get(move.unit), units.get(move.above)
        if unit is not None and above is not None and above.path != unit.parent_path:
            # A step that the tree never makes, and that sorts after all others.
            then = f"{above.path}~{number:0{Unit.steplen - 1}d}"
            found.append(Segment(unit, above, begun.get(move.unit), move.on, then))
        begun[move.unit] = move.on
    return tuple(found)
