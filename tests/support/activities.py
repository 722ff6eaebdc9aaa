"""Branches and activities for tests, made inside the workspace in force."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.support.cast import Cast
from workspace.activities.actions import planning
from workspace.activities.models import Activity
from workspace.members.models import Member
from workspace.organization.models import Unit

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(day: date | str, hour: int = 9, minute: int = 0) -> datetime:
    """An instant in Asia/Shanghai."""
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI)


def branch_of(full_members: int, *, name: str = "第一党支部") -> Unit:
    """The cast's branch, filled up to so many full members."""
    unit = Unit.objects.get(name=name)
    have = Member.objects.below(unit).full().count()
    for number in range(have, full_members):
        Member.objects.create(unit=unit, name=f"党员{number}")
    return unit


def on_record(unit: Unit, day: date, *kinds: str, recorded: date | None = None, aims: tuple[str, ...] = ()) -> Activity:
    """An activity that was held and closed, without going through its verbs."""
    stamp = at(recorded) if recorded else at(day, 11)
    return Activity.objects.create(
        unit=unit,
        title="活动",
        kinds=list(kinds),
        aims=list(aims),
        starts_at=at(day),
        ends_at=at(day, 11),
        recorded_at=stamp,
        closed_at=stamp,
    )


def planned(unit: Unit, *, start: datetime, **details) -> Activity:
    """A party day of two hours, planned by the branch's secretary."""
    values = {"title": "九月主题党日", "kinds": ["party_day"], "place": "会议室", **details}
    by = values.pop("by", None) or Cast.user("secretary")
    return planning.plan(unit, by=by, starts_at=start, ends_at=start + timedelta(hours=2), **values)


def member(username: str) -> Member:
    """The register entry of one of the cast."""
    return Member.objects.get(user__username=username)
