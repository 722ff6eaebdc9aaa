"""Door 3: a workspace counts itself and says nothing else."""

from dataclasses import asdict, fields
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tenants import context
from tests.support.cast import Cast
from workspace import rhythm, usage
from workspace.activities.models import Activity, CheckIn, Participation, Resolution
from workspace.audit.models import Entry
from workspace.home.checklist import TICKS
from workspace.members.models import Appointment, Batch, Member
from workspace.organization.models import Unit

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 12, tzinfo=SHANGHAI)


@pytest.fixture
def inside(cast: Cast):
    with context.inside(cast.jia):
        yield cast


def branch() -> Unit:
    return Unit.objects.get(name="第一党支部")


def meeting(starts: datetime, *, unit: Unit | None = None, recorded_after: timedelta | None = None, **more) -> Activity:
    ends = starts + timedelta(hours=1)
    recorded = ends + recorded_after if recorded_after is not None else None
    return Activity.objects.create(
        unit=unit or branch(),
        title="支部党员大会",
        kinds=["general_meeting"],
        starts_at=starts,
        ends_at=ends,
        recorded_at=recorded,
        closed_at=recorded,
        **more,
    )


def check_in(activity: Activity, member: Member, method: str = "qr") -> None:
    CheckIn.objects.create(activity=activity, member=member, method=method, at=activity.starts_at)


def test_units_members_and_accounts_are_counted(inside: Cast) -> None:
    Member.objects.filter(name="赵外人").update(category="probationary")
    Appointment.objects.create(
        unit=branch(), member=Member.objects.get(name="李书记"), post="secretary", since=date(2025, 1, 1)
    )
    inside.user("secretary").__class__.objects.filter(username="secretary").update(last_login=NOW - timedelta(days=10))
    found = usage.measure(at=NOW)
    own = Unit.objects.filter(is_sample=False)
    assert (found.units, found.branches, found.branches_led) == (own.count(), own.branches().count(), 1)
    assert (found.members, found.full, found.probationary) == (3, 2, 1)
    assert (found.accounts, found.activated, found.active_week, found.active_month) == (4, 1, 0, 1)
    assert found.last_active_on == date(2026, 11, 13)


def test_the_sample_branch_counts_for_nothing(inside: Cast) -> None:
    Unit.objects.filter(name="第一党支部").update(is_sample=True)
    check_in(meeting(NOW - timedelta(days=1), recorded_after=timedelta(0)), Member.objects.get(name="王党员"))
    found = usage.measure(at=NOW)
    assert (found.members, found.activities, found.check_ins) == (1, 0, 0)
    assert found.branches == Unit.objects.filter(is_sample=False).branches().count()
    assert found.ticks == ("tree", "members")


def test_a_check_in_is_counted_when_the_member_made_it_and_not_when_the_organiser_marked_it(inside: Cast) -> None:
    held = meeting(NOW - timedelta(days=1), recorded_after=timedelta(hours=1))
    check_in(held, Member.objects.get(name="李书记"), "manual")
    assert usage.measure(at=NOW).check_ins == 0
    check_in(held, Member.objects.get(name="王党员"), "code")
    found = usage.measure(at=NOW)
    assert found.check_ins == 1
    assert found.active_week == 2
    assert found.first_meeting_on == date(2026, 11, 22)
    assert found.ticks == ("tree", "members", "meeting", "check_in")


def test_a_tree_as_the_template_grew_it_is_not_yet_theirs(inside: Cast) -> None:
    Member.objects.all().delete()
    assert "tree" not in usage.measure(at=NOW).ticks
    Entry.objects.create(
        verb="unit.renamed", kind="organization.unit", thing="1", label="机关", by=inside.user("owner")
    )
    assert "tree" in usage.measure(at=NOW).ticks


def test_an_import_counts_once_it_is_done_and_not_when_it_was_undone(inside: Cast) -> None:
    for state in ("review", "done", "undone"):
        Batch.objects.create(file_name="名册.xlsx", by_name="李书记", state=state)
    assert usage.measure(at=NOW).imports == 1


def test_what_was_cancelled_or_lies_ahead_was_not_held(inside: Cast) -> None:
    meeting(NOW + timedelta(days=1))
    meeting(NOW - timedelta(days=1), cancelled_at=NOW)
    assert usage.measure(at=NOW).activities == 0


def test_months_are_steady_while_records_are_prompt_and_half_of_the_members_come(inside: Cast) -> None:
    people = list(Member.objects.order_by("pk"))
    for month in (8, 9, 10):
        held = meeting(datetime(2026, month, 5, 15, tzinfo=SHANGHAI), recorded_after=timedelta(days=2))
        for member in people[:2]:
            check_in(held, member)
    assert rhythm.steady_months(on=date(2026, 11, 23), members=3) == 3
    assert rhythm.steady_months(on=date(2026, 11, 23), members=5) == 0
    Activity.objects.filter(starts_at__month=9).update(recorded_at=datetime(2026, 9, 20, tzinfo=SHANGHAI))
    assert rhythm.steady_months(on=date(2026, 11, 23), members=3) == 1


def test_quarters_are_strong_when_both_rates_stand_above_their_own_median(inside: Cast) -> None:
    member = Member.objects.get(name="王党员")
    for month, good in ((2, False), (5, True), (8, True)):
        held = meeting(
            datetime(2026, month, 5, 15, tzinfo=SHANGHAI),
            preparation="读第三章" if good else "",
            recorded_after=timedelta(0),
        )
        Participation.objects.create(activity=held, member=member, remarked_at=held.ends_at if good else None)
        due = date(2026, month, 20)
        Resolution.objects.create(
            activity=held, text="修订制度", due=due, done_at=datetime(2026, month, 18 if good else 25, tzinfo=SHANGHAI)
        )
    assert rhythm.strong_quarters(on=date(2026, 7, 1)) == 1
    # The third quarter equals the best of before, 1.0 against a median of 0.5: two in a row.
    assert rhythm.strong_quarters(on=date(2026, 11, 23)) == 2
    Resolution.objects.filter(due=date(2026, 8, 20)).update(done_at=None)
    assert rhythm.strong_quarters(on=date(2026, 11, 23)) == 0


def test_counting_takes_at_most_twelve_queries(inside: Cast) -> None:
    with CaptureQueriesContext(
        connection,
    ) as ran:
        usage.measure(at=NOW)
    assert len(ran) <= 12


def test_nothing_but_counts_days_and_ticks_comes_out(inside: Cast) -> None:
    meeting(NOW - timedelta(days=1))
    for name, value in asdict(usage.measure(at=NOW)).items():
        assert isinstance(value, int | date | None) or set(value) <= set(TICKS), name
    assert not any(field.type is str for field in fields(usage.Usage))
