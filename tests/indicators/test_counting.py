"""What the database is asked in a roundabout way, for speed, is what a plain count over the records gives."""

from datetime import date

from django.utils import timezone

from tenants import context
from tests.indicators.conftest import TODAY, reach_of
from tests.support.cast import Cast
from workspace.activities.models import Activity, CheckIn, Participation
from workspace.activities.queries import figures
from workspace.indicators.figures import participation, voices
from workspace.indicators.shares import Share
from workspace.members.models import Member
from workspace.organization.models import Unit


def _month(activity: Activity) -> date:
    return timezone.localdate(activity.starts_at).replace(day=1)


def _unusual() -> None:
    """Somebody moved to another branch after a year in the first, one is infirm, one came from afar, one meeting was
    cancelled, one reopened."""
    first, second = Unit.objects.filter(type=Unit.Type.BRANCH, name__contains="总支").order_by("path")[:2]
    moved, infirm = Member.objects.filter(unit=first).order_by("pk")[:2]
    Member.objects.filter(pk=moved.pk).update(unit=second)
    Member.objects.filter(pk=infirm.pk).update(is_exempt=True)
    CheckIn.objects.filter(pk__in=CheckIn.objects.order_by("pk").values("pk")[:5]).update(method="remote")
    cancelled, reopened = Activity.objects.filter(unit=second).order_by("pk")[:2]
    Activity.objects.filter(pk=cancelled.pk).update(cancelled_at=cancelled.ends_at)
    Activity.objects.filter(pk=reopened.pk).update(closed_at=None)


def test_who_took_part_in_each_month(lived: Cast) -> None:
    with context.inside(lived.jia):
        _unusual()
        for unit in Unit.objects.filter(name__contains="总支").order_by("path")[:3]:
            for reach in (reach_of(), reach_of(unit), reach_of(unit, "2026-Q2")):
                months = reach.span.trend(reach.on)
                there = {
                    (each.member_id, _month(each.activity))
                    for each in CheckIn.objects.filter(activity__in=Activity.objects.closed()).select_related(
                        "activity"
                    )
                    if timezone.localdate(each.activity.starts_at) <= reach.until
                }
                plain: dict[str, dict[date, Share]] = {}
                for member in participation.expected(reach).select_related("unit"):
                    by_month = plain.setdefault(member.unit.path, {month: Share() for month in months})
                    for month in months:
                        by_month[month] += Share((member.pk, month) in there, 1)
                assert participation.by_path_and_month(reach) == plain


def test_who_was_there_in_both_halves(lived: Cast) -> None:
    with context.inside(lived.jia):
        _unusual()
        reach = reach_of()
        in_person = set(CheckIn.objects.exclude(method="remote").values_list("activity", "member"))
        held = Activity.objects.closed().between(reach.first, TODAY).exclude(preparation="").select_related("unit")
        plain: dict[str, list[int]] = {}
        for activity in held:
            counts = plain.setdefault(activity.unit.path, [0, 0])
            for place in Participation.objects.filter(activity=activity):
                if (activity.pk, place.member_id) in in_person:
                    prepared = place.answered_at is not None and place.answered_at < activity.starts_at
                    counts[0] += 1
                    counts[1] += prepared and place.remarked_at is not None
        found = figures.online_offline(under=reach.unit, first=reach.first, last=TODAY)
        assert {path: [link.attended, link.both] for path, link in found.items()} == plain
        assert sum(both for _attended, both in plain.values()) > 0


def test_activities_that_drew_words_from_two(lived: Cast) -> None:
    with context.inside(lived.jia):
        _unusual()
        reach = reach_of()
        plain: dict[str, Share] = {}
        for activity in Activity.objects.closed().between(reach.first, TODAY).select_related("unit"):
            spoke = activity.roll.filter(remarked_at__isnull=False).count() >= voices.FEWEST_SPEAKERS
            plain[activity.unit.path] = plain.get(activity.unit.path, Share()) + Share(spoke, 1)
        assert voices.remarked(reach) == plain
