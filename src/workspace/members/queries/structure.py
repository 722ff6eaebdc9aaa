"""The shape of units as the rules want to know it, for many units in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q

from rules import Structure, UnitType
from workspace.members.models import Appointment, Member
from workspace.organization.models import Unit
from workspace.organization.notes import Notes

_COMMITTEES = (Unit.Type.COMMITTEE, Unit.Type.TEMPORARY_COMMITTEE)
_LEADERS = (Appointment.Post.SECRETARY, Appointment.Post.DEPUTY)
_FEW_UNITS = 20


@dataclass
class _Posts:
    """Who sits where: people, whether one of them is more than secretary or deputy, and the secretary."""

    people: set[int] = field(default_factory=set)
    is_committee: bool = False
    secretary: int | None = None


def structure_of(unit: Unit, *, on: date) -> Structure:
    """The shape of one unit on a day: three queries."""
    return structures([unit], on=on)[unit.pk]


def structures(units: Collection[Unit], *, on: date) -> dict[int, Structure]:
    """By the unit's key. Members and groups of units below count for every unit above them: three queries."""
    reach = _reach(units)
    members = _members_by_path(reach)
    groups = _groups_by_parent(reach)
    posts, committee_secretaries = _posts(on)
    return {unit.pk: _shape(unit, members, groups, posts[unit.pk], committee_secretaries) for unit in units}


def _shape(
    unit: Unit,
    members: dict[tuple[str, str], int],
    groups: dict[str, int],
    posts: _Posts,
    committee_secretaries: set[int],
) -> Structure:
    return Structure(
        unit_type=UnitType(unit.type),
        full_members=members[unit.path, Member.Category.FULL],
        probationary_members=members[unit.path, Member.Category.PROBATIONARY],
        has_committee=posts.is_committee,
        committee_size=len(posts.people) if posts.is_committee else 0,
        group_count=groups[unit.path],
        secretaries=int(posts.secretary is not None),
        joint_units=Notes.read(unit.notes).joint_units,
        secretary_of_committee=posts.secretary in committee_secretaries,
        created_on=unit.established_on,
        disbanded_on=unit.closed_on,
    )


def _reach(units: Collection[Unit]) -> Q:
    """The rows of these units and below; of everything when there are many, which is cheaper than a long list."""
    reach = Q()
    if len(units) <= _FEW_UNITS:
        for unit in units:
            reach |= Q(path__startswith=unit.path)
    return reach


def _members_by_path(reach: Q) -> dict[tuple[str, str], int]:
    """How many of each category stand at or below a path."""
    found: dict[tuple[str, str], int] = defaultdict(int)
    counted = (
        Member.objects.present()
        .filter(category__in=Member.MEMBERS, unit__in=Unit.objects.filter(reach).order_by())
        .values_list("unit__path", "category")
        .annotate(people=Count("pk"))
    )
    for path, category, people in counted:
        for prefix in prefixes(path):
            found[prefix, category] += people
    return found


def _groups_by_parent(reach: Q) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for path in Unit.objects.all().open().filter(reach, type=Unit.Type.GROUP).values_list("path", flat=True):
        found[path[: -Unit.steplen]] += 1
    return found


def _posts(on: date) -> tuple[dict[int, _Posts], set[int]]:
    """Posts by unit, and the members who are secretary of a party committee. Committees may lie above any unit asked
    about, so the posts of all units are read; they are few."""
    by_unit: dict[int, _Posts] = defaultdict(_Posts)
    committee_secretaries: set[int] = set()
    held = Appointment.objects.current(on).values_list("unit_id", "unit__type", "member_id", "post")
    for unit_id, unit_type, member_id, post in held:
        posts = by_unit[unit_id]
        posts.people.add(member_id)
        posts.is_committee = posts.is_committee or post not in _LEADERS
        if post == Appointment.Post.SECRETARY:
            posts.secretary = member_id
            if unit_type in _COMMITTEES:
                committee_secretaries.add(member_id)
    return by_unit, committee_secretaries


def prefixes(path: str) -> list[str]:
    """The path itself and those of all units above it, nearest last."""
    return [path[:end] for end in range(Unit.steplen, len(path) + 1, Unit.steplen)]
