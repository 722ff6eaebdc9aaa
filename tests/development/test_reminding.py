"""People hear of what is near and what is late, once each, and see it among their to-do."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from tenants import context
from tests.support.cast import Cast
from tests.support.development import APPLIED, applicant, opened, walk
from workspace.access.models import Grant, Role
from workspace.development.actions.reminding import remind_all
from workspace.development.models import Case
from workspace.development.queries.waiting import waiting_for
from workspace.inbox.models import Message
from workspace.organization.models import Unit


@pytest.fixture
def jia(cast: Cast):
    with context.inside(cast.jia):
        yield cast


def told(who: str) -> list[str]:
    return list(Message.objects.filter(to=Cast.user(who)).order_by("pk").values_list("body", flat=True))


def test_near_and_late_are_said_once_each_to_those_of_the_branch(jia):
    opened()
    assert remind_all(on=date(2026, 6, 10)) == 0
    assert remind_all(on=date(2026, 6, 18)) == 1
    assert remind_all(on=date(2026, 6, 19)) == 0
    assert remind_all(on=date(2026, 7, 2)) == 1
    near, late = told("secretary")
    assert "2026-07-01 到期" in near and "2026-07-01 已逾期" in late
    assert told("owner") == []


def test_where_the_branch_has_nobody_those_above_hear(jia):
    Grant.objects.filter(role=Role.SECRETARY).delete()
    from workspace.development.models import Step

    member = applicant()
    case = Case.objects.create(member=member, opened_on=APPLIED)
    Step.objects.create(case=case, code="apply", on=APPLIED)
    remind_all(on=date(2026, 7, 2))
    assert len(told("owner")) == 1


def test_the_morning_brings_what_time_alone_has_changed(jia):
    case = walk(opened(), until="public_notice")
    assert case.next_step != "decide_object"
    remind_all(on=date(2027, 7, 20))
    case.refresh_from_db()
    assert case.next_step == "decide_object"


def test_the_to_do_shows_the_branch_its_steps_and_the_level_above_its_decisions(jia):
    case = opened()
    line = waiting_for(Cast.user("secretary"), on=date(2026, 6, 20), most=12)[0]
    assert (line.case, line.node.step.code) == (case, "talk")
    assert waiting_for(Cast.user("secretary"), on=date(2026, 6, 2), most=12) == []
    walk(case, until="committee_review")
    asked = waiting_for(Cast.user("owner"), on=date(2027, 9, 11), most=12)
    assert [one.node.step.code for one in asked] == ["prereview"]
    assert waiting_for(Cast.user("secretary"), on=date(2027, 9, 11), most=12) == []
    assert waiting_for(Cast.user("member"), on=date(2027, 9, 11), most=12) == []


def test_the_sample_branch_asks_nobody(jia):
    Unit.objects.filter(name="第一党支部").update(is_sample=True)
    opened()
    assert remind_all(on=date(2026, 7, 2)) == 0
    assert waiting_for(Cast.user("secretary"), on=date(2026, 7, 2), most=12) == []


def test_the_first_page_leads_to_the_case(cast: Cast):
    with context.inside(cast.jia):
        case = opened()
    at = datetime(2026, 7, 5, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
    with time_machine.travel(at, tick=False):
        page = cast.signed_in("secretary").get("/").content.decode()
    assert "赵申请" in page and f"/development/cases/{case.pk}/" in page
