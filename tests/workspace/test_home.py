"""The first page after sign-in: what waits, what is next, the first steps."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import set_urlconf

from shared.clock import now, today
from tenants import context
from tests.support.cast import Cast
from workspace.activities.actions.obligations import renew_many
from workspace.activities.models import Activity, Obligation, Participation, Resolution
from workspace.appraisal.actions import opening
from workspace.appraisal.models import Appraisal
from workspace.home import checklist, todo
from workspace.members.models import Member
from workspace.organization.models import Unit

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture(autouse=True)
def _at_a_workspace() -> Iterator[None]:
    """Links are reversed as in a request to a workspace's host."""
    set_urlconf("config.urls_workspace")
    yield
    set_urlconf(None)


def page(cast: Cast, username: str) -> str:
    return cast.signed_in(username).get("/").content.decode()


def test_a_fresh_workspace_shows_its_five_steps_to_the_administrator_alone(cast: Cast) -> None:
    assert "开始使用" in page(cast, "owner")
    assert "开始使用" not in page(cast, "member")


def test_the_steps_can_be_put_away_and_brought_back(cast: Cast) -> None:
    client = cast.signed_in("owner")
    client.post("/checklist/hidden/")
    assert "显示起步清单" in client.get("/").content.decode()
    client.post("/checklist/hidden/")
    assert "开始使用" in client.get("/").content.decode()


def test_a_step_is_ticked_when_it_is_done(cast: Cast) -> None:
    with context.inside(cast.jia):
        assert "meeting" not in checklist.reached()
        ended = now() - timedelta(days=1)
        Activity.objects.create(
            unit=Unit.objects.get(name="第一党支部"),
            title="党员大会",
            kinds=["general_meeting"],
            starts_at=ended - timedelta(hours=1),
            ends_at=ended,
            recorded_at=ended,
            closed_at=ended,
        )
        assert "meeting" in checklist.reached()


def test_a_secretary_sees_what_the_branch_owes_and_the_rest_as_one_line(cast: Cast) -> None:
    day = date(2026, 11, 23)
    with context.inside(cast.jia):
        branch = Unit.objects.get(name="第一党支部")
        Obligation.objects.all().delete()
        renew_many([branch], year=2026, on=day, since=date(2026, 1, 1))
        waiting = todo.of(cast.user("secretary"), at=datetime(2026, 11, 23, 9, tzinfo=SHANGHAI))
    singles = [item for item in waiting if item.title.startswith("安排")]
    rest = [item for item in waiting if item.title.startswith("还有")]
    assert len(singles) == todo.FEW and len(rest) == 1
    assert all(item.where == "第一党支部" for item in singles)


def test_a_member_sees_own_resolutions_and_not_the_branch_duties(cast: Cast) -> None:
    with context.inside(cast.jia):
        member = Member.objects.get(name="王党员")
        held = now() - timedelta(days=2)
        activity = Activity.objects.create(
            unit=member.unit, title="会", kinds=["general_meeting"], starts_at=held, ends_at=held + timedelta(hours=1)
        )
        Participation.objects.create(activity=activity, member=member)
        Resolution.objects.create(activity=activity, text="走访困难党员", owner=member, due=date(2020, 1, 1))
        waiting = todo.of(cast.user("member"), at=now())
    assert [item.title for item in waiting] == ["落实「走访困难党员」"]
    assert waiting[0].late


def test_home_asks_a_fixed_number_of_questions(cast: Cast) -> None:
    client = cast.signed_in("owner")
    client.get("/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/")
    assert len(few) <= 36


@pytest.mark.parametrize("typed", ["第一", "王", "wang"])
def test_the_palette_finds_only_what_its_person_may_see(cast: Cast, typed: str) -> None:
    found = cast.signed_in("secretary").get("/find/", {"q": typed}).json()["items"]
    assert found
    for item in cast.signed_in("stranger").get("/find/", {"q": typed}).json()["items"]:
        assert "王党员" not in item["label"] and "第一党支部" not in item["label"]


def test_messages_are_read_by_their_own_person_only(cast: Cast) -> None:
    from workspace.inbox.models import Message

    with context.inside(cast.jia):
        message = Message.objects.create(to=cast.user("member"), title="明天开会", body="下午两点半")
    assert cast.signed_in("stranger").get(f"/inbox/{message.pk}/").status_code == 404
    assert "下午两点半" in cast.signed_in("member").get(f"/inbox/{message.pk}/").content.decode()
    with context.inside(cast.jia):
        message.refresh_from_db()
    assert message.read_at is not None


def test_an_obligation_is_arranged_by_its_own_link(cast: Cast) -> None:
    with context.inside(cast.jia):
        branch, day = Unit.objects.get(name="第一党支部"), date(2026, 11, 23)
        Obligation.objects.all().delete()
        renew_many([branch], year=2026, on=day, since=date(2026, 1, 1))
        waiting = todo.of(cast.user("secretary"), at=datetime(2026, 11, 23, 9, tzinfo=SHANGHAI))
        first = next(item for item in waiting if item.title.startswith("安排"))
        row = Obligation.objects.get(pk=int(first.url.rsplit("=", 1)[1]))
    plan = cast.signed_in("secretary").get(first.url)
    assert [aim.pk for aim in plan.context["aims"]] == [row.pk]


def test_an_appraisal_asks_its_members_to_write_and_its_committee_for_the_next_step(cast: Cast) -> None:
    with context.inside(cast.jia):
        branch, day = Unit.objects.get(name="第一党支部"), today()
        Obligation.objects.all().delete()
        Member.objects.filter(unit=branch).update(joined_on=date(2010, 7, 1), converted_on=date(2011, 7, 1))
        plan = opening.Plan(cutoff_on=day, planned_on=day)
        opening.open_appraisal(branch, day.year, plan, by=cast.user("secretary"), on=day)
        titles = {who: [item.title for item in todo.of(cast.user(who), at=now())] for who in ("secretary", "member")}
    assert "民主评议：个人自评" in titles["secretary"]
    assert titles["member"] == ["写民主评议自评"]
    assert "写民主评议自评" in page(cast, "member")


def test_many_appraisals_are_one_line_that_counts_all_of_them(cast: Cast) -> None:
    with context.inside(cast.jia):
        root, day = Unit.objects.get(depth=1), today()
        for number in range(14):
            unit = Unit.objects.add_child(root, instance=Unit(name=f"第{number}号党支部", type="631"))
            Appraisal.objects.create(unit=unit, year=day.year, cutoff_on=day, planned_on=day, rule_key="x")
            root.refresh_from_db()
        titles = [item.title for item in todo.of(cast.user("owner"), at=now())]
    assert "14 个党支部的民主评议等待办理" in titles
