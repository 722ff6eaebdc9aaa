"""What first responsible persons did themselves: counts with their records, never a score."""

from collections import Counter
from dataclasses import dataclass

from rules import EventKind
from workspace.activities.models import Activity, CheckIn, Resolution
from workspace.indicators.reach import Reach
from workspace.indicators.shares import Share
from workspace.members.models import Appointment

DEPLOYING = (
    EventKind.RESPONSIBILITY_STUDY,
    EventKind.YEARLY_PLAN,
    EventKind.PARTY_COMMITTEE_MEETING,
    EventKind.COMMITTEE_MEETING,
    EventKind.GENERAL_MEETING,
)
COORDINATING = (EventKind.JOINT_ACTIVITY, EventKind.VISIT)


@dataclass(frozen=True)
class Leader:
    """A secretary: of which unit, and where they belong as a member."""

    path: str
    member: int
    user: int | None
    name: str
    home: str
    is_exempt: bool


def leaders(reach: Reach) -> list[Leader]:
    """The secretaries at the end of the span, in tree order. One query."""
    rows = (
        Appointment.objects.current(reach.until)
        .filter(post=Appointment.Post.SECRETARY, unit__path__startswith=reach.unit.path)
        .values_list("unit__path", "member", "member__user", "member__name", "member__unit__path", "member__is_exempt")
        .order_by("unit__path")
    )
    return [Leader(*row) for row in rows]


def chaired(reach: Reach, found: list[Leader], *several: tuple[EventKind, ...]) -> list[Counter[str]]:
    """For each group of kinds, by unit path: activities of these kinds on record that name the secretary as host.
    One query."""
    names = {(leader.path, leader.name) for leader in found}
    asked = [{kind.value for kind in kinds} for kinds in several]
    rows = (
        Activity.objects.closed()
        .below(reach.unit)
        .between(reach.first, reach.until)
        .filter(kinds__overlap=sorted(set().union(*asked)))
        .exclude(host="")
        .values_list("unit__path", "host", "kinds")
        .order_by()
    )
    held = [(path, kinds) for path, host, kinds in rows if (path, host) in names]
    return [Counter(path for path, kinds in held if not group.isdisjoint(kinds)) for group in asked]


def seen_to(reach: Reach, found: list[Leader]) -> Counter[str]:
    """By unit path: resolutions in a secretary's own name that were done in the span. One query."""
    where = {leader.member: leader.path for leader in found}
    rows = Resolution.objects.filter(
        owner__in=where, done_at__date__gte=reach.first, done_at__date__lte=reach.until
    ).values_list("owner", flat=True)
    return Counter(where[owner] for owner in rows.order_by())


def double_life(reach: Reach, found: list[Leader]) -> dict[str, Share]:
    """By unit path: secretaries who were at an organisation life meeting of the branch they belong to, of those who are
    not exempt. Yes or no, once. One query."""
    bound = [leader for leader in found if not leader.is_exempt]
    held = Activity.objects.closed().between(reach.first, reach.until)
    there = set(
        CheckIn.objects.filter(
            member__in=[leader.member for leader in bound],
            activity__in=held.filter(kinds__contains=[EventKind.ORGANISATION_LIFE_MEETING.value]),
        )
        .values_list("member", "activity__unit__path")
        .order_by()
    )
    shares: dict[str, Share] = {}
    for leader in bound:
        came = (leader.member, leader.home) in there
        shares[leader.path] = shares.get(leader.path, Share()) + Share(1 if came else 0, 1)
    return shares
