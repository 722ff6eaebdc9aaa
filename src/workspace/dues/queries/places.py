"""In which branch a month is paid: where the relation was on its first day (党费规定第九条). So the month of a transfer
stays with the old branch, as the letter says (党费交至), and the next one is the new branch's."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from workspace.members.models import Event, Member
from workspace.organization.models import Unit

_LEAVES = (Event.Kind.MOVED, Event.Kind.TRANSFERRED_OUT)


@dataclass(frozen=True)
class Places:
    """Who left which branch since a day: of these the register's column does not speak for every month."""

    # member → (day, key of the branch that was left), the earliest first
    left: dict[int, list[tuple[date, int]]] = field(default_factory=dict)
    paths: dict[int, str] = field(default_factory=dict)  # of those branches

    def unit_in(self, month: date, member: Member) -> int:
        """The key of the branch in which the member's month is paid."""
        return next((unit for day, unit in self.left.get(member.pk, ()) if day > month), member.unit_id)

    def path_in(self, month: date, member: Member) -> str:
        """Its place in the tree. Needs `member.unit`."""
        unit = self.unit_in(month, member)
        return self.paths.get(unit, "") if unit != member.unit_id else str(member.unit.path)

    def moved(self, month: date) -> list[int]:
        """Keys of those whose month is (perhaps) not paid where they stand now."""
        return [key for key, days in self.left.items() if days[-1][0] > month]

    def paid_below(self, unit: Unit, month: date) -> list[int]:
        """Of those, the ones whose month is paid in the unit or below it."""
        here = {key for key, path in self.paths.items() if path.startswith(unit.path)}
        firsts = {key: next((u for day, u in self.left[key] if day > month), None) for key in self.moved(month)}
        return [key for key, place in firsts.items() if place in here]


def places_since(month: date) -> Places:
    """For this month and all after it. Two queries, and one more where somebody moved."""
    rows = (
        Event.objects.standing()
        .filter(kind__in=_LEAVES, on__gt=month)
        .order_by("on", "at", "pk")
        .values_list("member_id", "on", "unit_id", "kind", "details")
    )
    left: dict[int, list[tuple[date, int]]] = defaultdict(list)
    for member, on, unit, kind, details in rows:
        origin = details.get("from") if kind == Event.Kind.MOVED else unit
        if origin:
            left[member].append((on, int(origin)))
    keys = {unit for days in left.values() for _day, unit in days}
    paths = dict(Unit.objects.filter(pk__in=keys).order_by().values_list("pk", "path")) if keys else {}
    return Places(dict(left), paths)
