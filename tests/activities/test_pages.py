"""The pages of meetings and activities, as people use them."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tenants import context
from tests.support.activities import at, branch_of, member, on_record, planned
from tests.support.cast import Cast
from workspace.activities.actions import check_in, planning, record
from workspace.activities.actions.obligations import renew_obligations
from workspace.activities.models import Activity, Obligation, Resolution
from workspace.inbox.models import Message
from workspace.members.models import Member
from workspace.organization.models import Unit

START = at("2026-09-15", 14)
RULES_PAGES = ("", "all/", "calendar/", "calendar/address/", "obligations/", "resolutions/")

pytestmark = pytest.mark.usefixtures("_september")


@pytest.fixture
def _september():
    with time_machine.travel(START + timedelta(minutes=5), tick=False):
        yield


@pytest.fixture
def activity(cast: Cast) -> Activity:
    with context.inside(cast.jia):
        return planned(branch_of(6), start=START, kinds=["party_day", "lecture"], agenda="学习")


def plan_data(**changes: object) -> dict[str, object]:
    return {
        "title": "九月党员大会",
        "kinds": ["general_meeting", "lecture"],
        "starts_at": "2026-09-20T14:00",
        "ends_at": "2026-09-20T16:00",
        "audience": "members",
        **changes,
    }


@pytest.mark.parametrize("path", RULES_PAGES)
@pytest.mark.parametrize("username", ["owner", "secretary", "member"])
def test_everybody_may_open_the_lists(cast: Cast, activity: Activity, path: str, username: str) -> None:
    assert cast.signed_in(username).get(f"/activities/{path}").status_code == 200


@pytest.mark.parametrize(
    "path", ["", "edit/", "notice/", "cancellation/", "roll/", "guests/", "check-in/", "screen/", "screen/live/",
             "minutes/", "votes/new/", "resolutions/new/", "closing/", "reopening/", "sheet/"]
)  # fmt: skip
def test_a_stranger_finds_none_of_an_activitys_pages(cast: Cast, activity: Activity, path: str) -> None:
    url = f"/activities/{activity.pk}/{path}"
    assert cast.signed_in("secretary").get(url).status_code == 200
    assert cast.signed_in("stranger").get(url).status_code == 404
    assert cast.signed_in("secretary", at="yan").get(url).status_code == 404


@pytest.mark.parametrize("path", ["edit/", "notice/", "cancellation/", "roll/", "screen/", "minutes/", "closing/"])
def test_a_member_is_told_that_organising_is_not_theirs(cast: Cast, activity: Activity, path: str) -> None:
    answer = cast.signed_in("member").get(f"/activities/{activity.pk}/{path}")
    assert answer.status_code == 403
    assert "没有组织权限" in answer.content.decode()


def test_nobody_gets_in_without_signing_in(cast: Cast, client, activity: Activity) -> None:
    client.defaults["SERVER_NAME"] = "jia.localhost"
    answer = client.get(f"/activities/{activity.pk}/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")


def test_the_year_shows_rules_articles_and_a_way_to_arrange(cast: Cast) -> None:
    with context.inside(cast.jia):
        unit = branch_of(6)
    page = cast.signed_in("secretary").get("/activities/obligations/").content.decode()
    assert "2026年9月 主题党日" in page
    assert "《中国共产党支部工作条例（试行）》第十六条" in page
    assert "支委会" not in page.split("<main")[1].split("要求由组织结构")[0]
    with context.inside(cast.jia):
        row = Obligation.objects.get(unit=unit, rule_code="branch.general_meeting", period="2026-Q3")
    assert f"/activities/new/?unit={unit.pk}&amp;aim={row.pk}" in page


def test_a_member_sees_the_year_without_buttons(cast: Cast) -> None:
    page = cast.signed_in("member").get("/activities/obligations/").content.decode()
    assert "2026年9月 主题党日" in page
    assert "/activities/new/" not in page.split("<main")[1]


def test_arranging_fills_the_plan_and_says_what_it_will_count_for(cast: Cast) -> None:
    with context.inside(cast.jia):
        unit = branch_of(6)
        renew_obligations(unit, year=2026, on=START.date())
        row = Obligation.objects.get(unit=unit, rule_code="branch.general_meeting", period="2026-Q3")
    secretary = cast.signed_in("secretary")
    page = secretary.get(f"/activities/new/?unit={unit.pk}&aim={row.pk}").content.decode()
    assert 'value="2026年第三季度 党员大会"' in page
    assert 'value="2026-09-18T14:30"' in page
    answer = secretary.post(f"/activities/new/?unit={unit.pk}&aim={row.pk}", plan_data(), follow=True)
    assert "归档后可计入：2026年第三季度 党员大会、2026年 党课" in answer.content.decode()


def test_a_plan_that_ends_before_it_starts_is_drawn_again(cast: Cast) -> None:
    answer = cast.signed_in("secretary").post("/activities/new/", plan_data(ends_at="2026-09-20T13:00"))
    assert answer.status_code == 422
    assert "结束时间应晚于开始时间" in answer.content.decode()


def test_a_unit_of_others_takes_no_plan(cast: Cast) -> None:
    with context.inside(cast.jia):
        other = Unit.objects.get(name="第二党支部").pk
    assert cast.signed_in("secretary").post(f"/activities/new/?unit={other}", plan_data()).status_code == 404
    with context.inside(cast.jia):
        assert not Activity.objects.exists()


def test_a_members_branch_takes_no_plan_from_a_member(cast: Cast) -> None:
    assert cast.signed_in("member").post("/activities/new/", plan_data()).status_code == 403


def test_the_whole_way_from_notice_to_record(cast: Cast, activity: Activity) -> None:
    secretary, person = cast.signed_in("secretary"), cast.signed_in("member")
    url = f"/activities/{activity.pk}/"
    secretary.post(f"{url}notice/")
    with context.inside(cast.jia):
        renew_obligations(Unit.objects.get(pk=activity.unit_id), year=2026, on=START.date())
        told = Message.objects.get(to=cast.user("member"))
        assert told.link == url
        assert "九月主题党日" in told.body
        here = member("member").pk
    person.post(f"{url}answer/", {"answer": "coming"})
    refused = secretary.post(
        f"{url}closing/", {"report": ""}, follow=True, headers={"referer": f"http://jia.localhost{url}"}
    )
    assert "还没有登记到会人员" in refused.content.decode()
    secretary.post(f"{url}roll/", {"present": [here], "note": "现场点名"})
    secretary.post(f"{url}minutes/", {"text": "学习了文件"})
    voted = secretary.post(
        f"{url}votes/new/",
        {"motion": "通过计划", "kind": "ordinary", "entitled": 20, "present": 10, "yes": 10, "no": 0, "abstain": 0},
        follow=True,
    )
    assert "赞成 10 票，未超过应到会有表决权 20 人的半数（须 11 票）" in voted.content.decode()
    secretary.post(f"{url}resolutions/new/", {"text": "走访老党员", "owner": here, "due": "2026-10-01"})
    closed = secretary.post(f"{url}closing/", {"report": "很好"}, follow=True).content.decode()
    assert "完成：2026年9月 主题党日、2026年 党课" in closed
    sheet = person.get(f"{url}sheet/").content.decode()
    for word in ("王党员", "学习了文件", "通过计划", "未通过", "走访老党员", "主持人签字"):
        assert word in sheet
    person.post(f"{url}remark/", {"text": "很有收获"})
    assert "很有收获" in person.get(url).content.decode()


def test_a_vote_that_cannot_be_is_drawn_again(cast: Cast, activity: Activity) -> None:
    votes = {"motion": "x", "kind": "ordinary", "entitled": 5, "present": 6, "yes": 1, "no": 0, "abstain": 0}
    answer = cast.signed_in("secretary").post(f"/activities/{activity.pk}/votes/new/", votes)
    assert answer.status_code == 422
    assert "票数有误" in answer.content.decode()


def test_cancelling_tells_those_who_were_told(cast: Cast, activity: Activity) -> None:
    secretary = cast.signed_in("secretary")
    secretary.post(f"/activities/{activity.pk}/notice/")
    secretary.post(f"/activities/{activity.pk}/cancellation/", {"reason": "台风"})
    with context.inside(cast.jia):
        assert Message.objects.filter(to=cast.user("member"), title__startswith="活动已取消", body="台风").exists()
    assert "活动已取消：台风" in cast.signed_in("member").get(f"/activities/{activity.pk}/").content.decode()


def test_a_new_time_is_told_and_a_new_word_is_not(cast: Cast, activity: Activity) -> None:
    secretary = cast.signed_in("secretary")
    secretary.post(f"/activities/{activity.pk}/notice/")
    same_time = plan_data(starts_at="2026-09-15T14:00", ends_at="2026-09-15T16:00", place="会议室")
    secretary.post(f"/activities/{activity.pk}/edit/", same_time)
    with context.inside(cast.jia):
        assert not Message.objects.filter(title__startswith="活动有调整").exists()
    secretary.post(f"/activities/{activity.pk}/edit/", {**same_time, "place": "礼堂"})
    with context.inside(cast.jia):
        assert Message.objects.filter(to=cast.user("member"), title__startswith="活动有调整").count() == 1
        assert Activity.objects.get().revision == 2


def test_a_resolution_is_finished_by_its_owner_and_by_no_other_member(cast: Cast, activity: Activity) -> None:
    with context.inside(cast.jia):
        made = record.resolve(
            activity, text="走访", owner=member("member"), due=at("2026-09-10").date(), by=cast.user("secretary")
        )
        other = record.resolve(activity, text="别人的", owner=None, due=None, by=cast.user("secretary"))
    person = cast.signed_in("member")
    page = person.get("/activities/resolutions/?show=mine").content.decode()
    assert "走访" in page
    assert "别人的" not in page
    assert person.post(f"/activities/resolutions/{other.pk}/", {"note": "完成"}).status_code in (302, 403)
    assert cast.signed_in("stranger").get(f"/activities/resolutions/{made.pk}/").status_code == 404
    person.post(f"/activities/resolutions/{made.pk}/", {"note": "走访了三户"})
    with context.inside(cast.jia):
        assert Resolution.objects.get(pk=made.pk).done_note == "走访了三户"
        assert not Resolution.objects.get(pk=other.pk).is_done


def test_only_those_above_excuse_an_obligation(cast: Cast) -> None:
    with context.inside(cast.jia):
        unit = branch_of(6)
        renew_obligations(unit, year=2026, on=START.date())
        row = Obligation.objects.get(unit=unit, rule_code="branch.party_day", period="2026-09")
    url = f"/activities/obligations/{row.pk}/exemption/"
    assert cast.signed_in("secretary").get(url).status_code == 403
    assert cast.signed_in("stranger").get(url).status_code == 404
    cast.signed_in("owner").post(url, {"reason": "抗洪抢险"})
    assert "抗洪抢险" in cast.signed_in("member").get("/activities/obligations/").content.decode()
    cast.signed_in("owner").post(url, {"withdraw": "1"})
    with context.inside(cast.jia):
        assert Obligation.objects.get(pk=row.pk).state == "open"


def test_reaching_back_draws_up_the_months_that_are_over(cast: Cast) -> None:
    secretary = cast.signed_in("secretary")
    page = secretary.get("/activities/obligations/").content.decode()
    assert "补上年初以来" in page
    assert "逾期未完成" not in page.split("row-list")[1]
    with context.inside(cast.jia):
        unit = Unit.objects.get(name="第一党支部").pk
    answer = secretary.post("/activities/obligations/reach-back/", {"unit": unit}, follow=True).content.decode()
    assert "2026年1月 主题党日" in answer
    assert cast.signed_in("member").post("/activities/obligations/reach-back/", {"unit": unit}).status_code in (
        302,
        403,
    )


def test_the_calendar_costs_the_same_with_more_activities(cast: Cast) -> None:
    secretary = cast.signed_in("secretary")

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            secretary.get("/activities/calendar/?month=2026-09")
        return len(asked)

    with context.inside(cast.jia):
        unit = branch_of(6)
        on_record(unit, START.date(), "party_day")
    few = cost()
    with context.inside(cast.jia):
        for _number in range(20):
            on_record(unit, START.date(), "party_day")
    assert cost() == few
    assert few <= 18


def test_the_obligations_page_costs_the_same_with_more_activities_and_units(cast: Cast) -> None:
    owner = cast.signed_in("owner")
    with context.inside(cast.jia):
        unit = branch_of(6)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert owner.get(f"/activities/obligations/?unit={unit.pk}").status_code == 200
        return len(asked)

    owner.get(f"/activities/obligations/?unit={unit.pk}")
    few = cost()
    with context.inside(cast.jia):
        root = Unit.objects.get(depth=1)
        for number in range(10):
            Unit.objects.add_child(
                Unit.objects.get(pk=root.pk), instance=Unit(name=f"支部{number}", type=Unit.Type.BRANCH)
            )
            planned(unit, start=START + timedelta(days=number), by=cast.user("owner"))
            Member.objects.create(unit=unit, name=f"新人{number}")
    assert cost() == few
    assert few <= 30


def test_the_activity_page_costs_the_same_with_more_people(cast: Cast, activity: Activity) -> None:
    secretary = cast.signed_in("secretary")

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            secretary.get(f"/activities/{activity.pk}/")
        return len(asked)

    few = cost()
    with context.inside(cast.jia):
        for number in range(15):
            person = Member.objects.create(unit_id=activity.unit_id, name=f"新人{number}")
            check_in.mark_present(activity, person, by=cast.user("secretary"), at=START, reason="点名")
    assert cost() == few


def test_what_was_cancelled_cannot_be_announced(cast: Cast, activity: Activity) -> None:
    with context.inside(cast.jia):
        planning.cancel(activity, by=cast.user("secretary"), reason="台风", at=START)
    answer = cast.signed_in("secretary").post(f"/activities/{activity.pk}/notice/")
    assert answer.status_code == 409


def test_a_units_page_tells_how_its_year_stands(cast: Cast) -> None:
    with context.inside(cast.jia):
        unit = branch_of(6)
        renew_obligations(unit, year=2026, on=START.date())
        planned(unit, start=START + timedelta(days=3), title="下周党课", kinds=["lecture"])
    page = (
        cast.signed_in("secretary")
        .get(reverse("organization:unit", args=[unit.pk], urlconf="config.urls_workspace"))
        .content.decode()
    )
    assert "今年已完成 0 项" in page
    assert "下周党课" in page


@pytest.mark.parametrize("month", ["9999-12", "0001-01", "0000-00", "2026-13"])
def test_a_month_at_the_ends_of_time_is_no_month(cast: Cast, month: str) -> None:
    """Its neighbours would be no days at all."""
    client = cast.signed_in("secretary")
    for path in ("/activities/all/", "/activities/calendar/", "/api/v1/activities/"):
        assert client.get(path, {"month": month}).status_code == 200, path
