"""The pages: a guide that says what is due and why, forms that refuse in words, sheets to print, lists to take away."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from rules.workdays import OfficialCalendar
from tenants import context
from tests.support.cast import Cast, Client
from tests.support.development import applicant, opened, record, walk
from workspace.audit.models import Entry
from workspace.development.actions.quotas import set_quota
from workspace.development.models import Case, Quota, Step
from workspace.members.models import Member
from workspace.organization.models import Unit


@pytest.fixture(autouse=True)
def _in_july() -> Iterator[None]:
    with time_machine.travel("2026-07-20T02:00:00+00:00", tick=False):
        yield


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def at_work(day: str) -> time_machine.travel:
    return time_machine.travel(f"{day}T02:00:00+00:00", tick=False)


def begun(cast: Cast, *, until: str = "") -> Case:
    with context.inside(cast.jia):
        case = opened()
        return walk(case, until=until) if until else case


# the guide


def test_the_page_says_what_is_due_by_when_and_by_which_article(cast):
    with context.inside(cast.jia):
        case = opened(on=date(2026, 1, 31))
    page = text(cast.signed_in("secretary"), f"/development/cases/{case.pk}/")
    # a month from the end of January; the text of 2014, whose articles are still to be verified
    assert "2026-02-28 前" in page and "已超 142 天" in page
    assert "第七条" in page and "待核实" in page and "适用 2014 年细则" in page
    assert "登记：党组织派人谈话" in page


def test_half_years_and_the_year_as_activist_are_counted_from_the_day_of_the_decision(cast):
    with context.inside(cast.jia):
        case = opened(on=date(2025, 5, 1))
        record(case, "talk", "2025-05-20")
        record(case, "recommend", "2025-06-30")
    page = text(cast.signed_in("secretary"), f"/development/cases/{case.pk}/")
    assert "2025-12-30 前" in page and "2026-06-30 前" in page and "2026-06-30 起" in page


def test_a_month_from_the_pre_review_to_the_meeting(cast):
    case = begun(cast, until="prereview")
    with context.inside(cast.jia):
        Step.objects.filter(code="prereview").update(on=date(2026, 6, 30))
    assert "2026-07-30 前" in text(cast.signed_in("secretary"), f"/development/cases/{case.pk}/")


def test_approval_probation_and_extension_count_from_the_meeting(cast):
    case = begun(cast, until="general_meeting")
    with context.inside(cast.jia):
        Step.objects.filter(code="general_meeting").update(on=date(2026, 3, 10))
        Step.objects.create(case=case, code="approval", on=date(2026, 4, 1))
        Step.objects.create(case=case, code="oath", on=date(2026, 4, 20))
    page = text(cast.signed_in("secretary"), f"/development/cases/{case.pk}/")
    # 支部大会讨论 on conversion opens when probation ends, whatever the day of the oath
    assert "2027-03-10 起" in page
    with context.inside(cast.jia):
        Step.objects.filter(code="approval").delete()
    assert "2026-06-10 前" in text(cast.signed_in("secretary"), f"/development/cases/{case.pk}/")


def test_a_notice_is_provisional_while_the_holidays_are_not_known(cast, monkeypatch):
    monkeypatch.setattr(OfficialCalendar, "is_working_day", lambda self, day: None)
    case = begun(cast, until="public_notice")
    with context.inside(cast.jia):
        Step.objects.filter(code="public_notice").update(on=date(2026, 9, 24))
    with at_work("2026-09-25"):
        secretary = cast.signed_in("secretary")
        page = text(secretary, f"/development/cases/{case.pk}/")
        assert "公示期到 2026-09-30 为止" in page and "暂定" in page
        assert "暂定" in text(secretary, f"/development/cases/{case.pk}/notice/")
        # Mid-Autumn in 2026 is 25 September: once that is loaded the notice runs on
        holiday = {date(2026, 9, 25): False}
        monkeypatch.setattr(
            OfficialCalendar, "is_working_day", lambda self, day: holiday.get(day, day.isoweekday() <= 5)
        )
        page = text(secretary, f"/development/cases/{case.pk}/")
        assert "公示期到 2026-10-01 为止" in page and "暂定" not in page


def test_the_notice_sheet_names_the_person_the_days_and_the_phone(cast):
    case = begun(cast, until="public_notice")
    with at_work("2027-07-13"):
        page = text(cast.signed_in("secretary"), f"/development/cases/{case.pk}/notice/")
    assert "关于拟确定发展对象的公示" in page and "赵申请" in page and "0571-1" in page
    assert "2027-07-12 至 2027-07-16" in page


def test_a_notice_to_come_is_worked_out_for_the_day_asked(cast):
    case = begun(cast, until="contacts")
    page = text(cast.signed_in("secretary"), f"/development/cases/{case.pk}/notice/?from=2026-08-03")
    assert "2026-08-03 至 2026-08-07" in page
    assert text(cast.signed_in("secretary"), f"/development/cases/{case.pk}/notice/?from=nonsense")


# forms


def test_a_newcomer_is_registered_and_gets_a_case(cast):
    secretary = cast.signed_in("secretary")
    with context.inside(cast.jia):
        unit = Unit.objects.get(name="第一党支部").pk
    sent = {"name": "孙新人", "citizen_number": "11010119900307109X", "unit": unit, "applied_on": "2026-07-01"}
    assert secretary.post("/development/cases/new/newcomer/", sent | {"citizen_number": "1"}).status_code == 422
    answer = secretary.post("/development/cases/new/newcomer/", sent)
    assert answer.status_code == 302, answer.content.decode()
    with context.inside(cast.jia):
        case = Case.objects.select_related("member").get()
        assert (case.member.name, case.member.category, case.opened_on) == ("孙新人", "applicant", date(2026, 7, 1))
    assert "孙新人" in text(secretary, answer.headers["Location"])


def test_a_case_is_opened_for_somebody_on_the_register(cast):
    with context.inside(cast.jia):
        who = applicant().pk
        other = applicant("李二支", branch="第二党支部").pk
    secretary = cast.signed_in("secretary")
    page = text(secretary, "/development/cases/new/")
    assert "赵申请" in page and "李二支" not in page
    assert secretary.post("/development/cases/new/", {"member": other, "applied_on": "2026-07-01"}).status_code == 422
    assert secretary.post("/development/cases/new/", {"member": who, "applied_on": "2026-07-01"}).status_code == 302
    assert secretary.get(f"/development/members/{who}/").status_code == 302


def test_the_ballot_form_fills_in_who_is_entitled_and_refuses_in_words(cast):
    case = begun(cast, until="application_form")
    address = f"/development/cases/{case.pk}/steps/general_meeting/"
    with at_work("2027-10-12"), context.inside(cast.jia):
        for place in range(18):
            applicant(f"正式{place}", category="full")
    with at_work("2027-10-12"):
        secretary = cast.signed_in("secretary")
        assert 'value="20"' in text(secretary, address)
        sent = {"on": "2027-10-12", "basis": "支部大会", "entitled": 20, "present": 10, "yes": 10, "secret": "on"}
        for change, words in (
            ({}, "至少到会 11 人，实到 10 人"),
            ({"present": 11, "yes": 12}, "赞成、反对、弃权共 12 票"),
            ({"present": 21, "yes": 12}, "超过应到会有表决权的 20 人"),
            ({"present": 12, "yes": 12, "secret": ""}, "必须采取无记名投票"),
            ({"on": "2027-10-13"}, "日期在今天之后"),
        ):
            answer = secretary.post(address, sent | change)
            assert answer.status_code == 422 and words in answer.content.decode(), words
        assert secretary.post(address, sent | {"present": 11, "yes": 10}).status_code == 302
        page = text(secretary, f"/development/cases/{case.pk}/")
        assert "没有通过，须重新办理" in page and "应到 20 人，实到 11 人" in page
        assert secretary.post(address, sent | {"present": 12, "yes": 11}).status_code == 302


def test_contacts_are_chosen_among_full_members_of_the_branch(cast):
    case = begun(cast, until="recommend")
    with context.inside(cast.jia):
        secretary = Member.objects.get(name="李书记")
        stranger = Member.objects.get(name="赵外人")
    client = cast.signed_in("secretary")
    address = f"/development/cases/{case.pk}/steps/contacts/"
    sent = {"on": "2026-07-15", "people": [secretary.pk]}
    assert client.post(address, sent | {"people": [stranger.pk]}).status_code == 422
    assert client.post(address, sent).status_code == 302
    assert "李书记" in text(client, f"/development/cases/{case.pk}/")
    me = cast.signed_in("secretary").get("/dashboards/development/me/").content.decode()
    assert "培养联系他人" in me


def test_the_level_above_decides_and_the_branch_waits(cast):
    case = begun(cast, until="committee_review")
    with at_work("2027-09-20"):
        secretary, owner = cast.signed_in("secretary"), cast.signed_in("owner")
        page = text(secretary, f"/development/cases/{case.pk}/")
        assert "等待" in page and "登记：上级党委预审" not in page
        address = f"/development/cases/{case.pk}/steps/prereview/"
        assert secretary.get(address).status_code == 403
        assert f"/development/cases/{case.pk}/" in text(owner, "/")
        assert owner.post(address, {"on": "2027-09-20", "outcome": "failed", "basis": ""}).status_code == 422
        assert owner.post(address, {"on": "2027-09-20", "outcome": "passed", "basis": "预审意见1号"}).status_code == 302
    with context.inside(cast.jia):
        assert Step.objects.get(code="prereview").basis == "预审意见1号"


def test_the_last_step_is_taken_back_with_a_reason(cast):
    case = begun(cast, until="recommend")
    secretary = cast.signed_in("secretary")
    address = f"/development/cases/{case.pk}/undo/"
    assert "推荐和确定入党积极分子" in text(secretary, address)
    assert secretary.post(address, {"reason": ""}).status_code == 422
    assert secretary.post(address, {"reason": "录错人"}).status_code == 302
    with context.inside(cast.jia):
        assert Member.objects.get(pk=case.member_id).category == "applicant"


def test_a_case_is_stopped_and_taken_up_again_from_its_page(cast):
    case = begun(cast, until="talk")
    secretary = cast.signed_in("secretary")
    sent = {"on": "2026-07-20", "reason": "本人撤回"}
    assert secretary.post(f"/development/cases/{case.pk}/stopping/", sent).status_code == 302
    page = text(secretary, f"/development/cases/{case.pk}/")
    assert "本人撤回" in page and "现在要办" not in page
    assert secretary.post(f"/development/cases/{case.pk}/reopening/", {"reason": "继续"}).status_code == 302
    assert "现在要办" in text(secretary, f"/development/cases/{case.pk}/")


def test_papers_are_ticked_and_the_whole_file_is_printed_and_taken_away(cast):
    case = begun(cast, until="contacts")
    secretary = cast.signed_in("secretary")
    address = f"/development/cases/{case.pk}/materials/"
    assert secretary.post(address, {"paper": ["application_letter"], "place": "党建柜"}).status_code == 302
    assert "党建柜" in text(secretary, address)
    sheet = text(secretary, f"/development/cases/{case.pk}/file/")
    assert "入党申请书" in sheet and "党建柜" in sheet and "2026-07-10" in sheet
    taken = secretary.get(f"/development/cases/{case.pk}/file/?form=json").json()
    assert taken["member"]["name"] == "赵申请"
    assert [row["code"] for row in taken["records"]][:2] == ["apply", "talk"]
    assert next(step for step in taken["steps"] if step["code"] == "talk")["rule"] == "admission.talk@2026-05-11"
    with context.inside(cast.jia):
        assert Entry.objects.filter(verb="development.file_exported").exists()


# lists


def test_the_list_is_narrowed_by_stage_standing_and_branch_and_taken_away(cast):
    with context.inside(cast.jia):
        opened(applicant("吴逾期"))
        opened(applicant("郑正常"), on=date(2026, 7, 15))
    owner = cast.signed_in("owner")
    page = text(owner, "/development/")
    assert "吴逾期" in page and "郑正常" in page and "有 1 份档案存在逾期的步骤" in page
    only = text(owner, "/development/?standing=overdue")
    assert "吴逾期" in only and "郑正常" not in only
    assert "吴逾期" not in text(owner, "/development/?stage=conversion")
    assert "郑正常" in text(owner, "/development/?q=zheng")
    assert owner.get("/development/?form=xlsx").content[:2] == b"PK"
    board = text(owner, "/development/overdue/")
    assert "吴逾期" in board and "2026-07-01" in board and "19" in board and "郑正常" not in board
    assert "吴逾期" in owner.get("/development/overdue/?form=csv").content.decode()


def test_who_sees_nothing_of_a_case_gets_a_404_and_the_person_sees_the_own_way(cast):
    case = begun(cast, until="contacts")
    for who in ("member", "stranger"):
        assert cast.signed_in(who).get(f"/development/cases/{case.pk}/").status_code == 404
    assert cast.signed_in("stranger").get("/development/").status_code == 403
    assert "没有您的发展档案" in text(cast.signed_in("stranger"), "/development/me/")
    with context.inside(cast.jia):
        Member.objects.filter(user=cast.user("stranger")).update(user=None)
        Member.objects.filter(pk=case.member_id).update(user=cast.user("stranger"))
    stranger = cast.signed_in("stranger")
    assert stranger.get("/development/").headers["Location"] == "/development/me/"
    own = text(stranger, "/development/me/")
    assert "入党积极分子" in own and "2026-07-10" in own
    assert cast.signed_in("owner", at="yan").get(f"/development/cases/{case.pk}/").status_code == 404


def test_a_case_travels_with_the_person(cast):
    case = begun(cast, until="contacts")
    with context.inside(cast.jia):
        second = Unit.objects.get(name="第二党支部")
        Member.objects.filter(pk=case.member_id).update(unit=second)
    assert cast.signed_in("secretary").get(f"/development/cases/{case.pk}/").status_code == 404
    assert "第二党支部" in text(cast.signed_in("owner"), f"/development/cases/{case.pk}/")


# the yearly plan


def test_the_plan_of_a_year_stands_against_what_was_done(cast):
    begun(cast, until="approval")
    with context.inside(cast.jia):
        root, unit = Unit.objects.get(depth=1), Unit.objects.get(name="第一党支部")
    with at_work("2027-12-01"):
        owner, secretary = cast.signed_in("owner"), cast.signed_in("secretary")
        sent = {"admissions": 3, "basis": "组〔2027〕1号"}
        assert owner.post(f"/development/plans/{root.pk}/?year=2027", sent).status_code == 302
        assert owner.post(f"/development/plans/{unit.pk}/?year=2027", sent | {"admissions": 4}).status_code == 422
        assert owner.post(f"/development/plans/{unit.pk}/?year=2027", sent | {"admissions": 2}).status_code == 302
        assert secretary.get(f"/development/plans/{unit.pk}/").status_code == 403
        page = text(secretary, "/development/plans/?year=2027")
        assert "组〔2027〕1号" in page and "下达" not in page
        rows = owner.get("/development/plans/?year=2027&form=csv").content.decode()
        assert "第一党支部,2,1,0,1" in rows
        board = text(owner, f"/dashboards/development/?unit={root.pk}&period=2027")
        assert "3" in board
    with context.inside(cast.jia):
        assert set_quota(unit, 2027, admissions=None, basis="", by=cast.user("owner")) is None
        assert Quota.objects.filter(unit=unit).count() == 0


# programs


def test_the_api_does_the_same_under_the_same_rules(cast):
    with context.inside(cast.jia):
        who = applicant().pk
    address, kind = "/api/v1/development-cases/", "application/json"
    secretary = cast.signed_in("secretary")
    assert cast.signed_in("member").post(address, {"member": who, "applied_on": "2026-07-01"}, kind).status_code == 404
    made = secretary.post(address, {"member": who, "applied_on": "2026-07-01"}, content_type=kind)
    assert (made.status_code, made.json()["next_step"]) == (201, "talk")
    case = f"{address}{made.json()['id']}/"
    early = secretary.post(f"{case}steps/", {"code": "recommend", "on": "2026-07-10"}, content_type=kind)
    assert (early.status_code, early.json()["code"]) == (409, "not_yet")
    for outcome in ("cancelled", "extended", "failed"):
        sent = {"code": "talk", "on": "2026-07-10", "outcome": outcome, "basis": "支部会议"}
        wrong = secretary.post(f"{case}steps/", sent, content_type=kind)
        assert (wrong.status_code, wrong.json()["code"]) == (400, "outcome_impossible"), outcome
    done = secretary.post(f"{case}steps/", {"code": "talk", "on": "2026-07-10"}, content_type=kind)
    assert (done.status_code, done.json()["next_step"]) == (201, "recommend")
    plan = secretary.get(case).json()
    assert {step["code"]: step["state"] for step in plan["steps"]}["talk"] == "done"
    assert secretary.post(f"{case}undo/", {"reason": "错"}, content_type=kind).json()["next_step"] == "talk"
    assert secretary.post(f"{case}stopping/", {"reason": "停"}, content_type=kind).json()["state"] == "stopped"
    assert secretary.post(f"{case}reopening/", {"reason": "续"}, content_type=kind).json()["state"] == "open"
    sent = {"received": ["talk_record"], "place": "柜"}
    assert secretary.post(f"{case}papers/", sent, content_type=kind).status_code == 200
    assert secretary.get(f"{address}?standing=overdue").json()["count"] == 0
    assert cast.signed_in("stranger").get(case).status_code == 404
    plans = cast.signed_in("owner").get("/api/v1/development-plans/?year=2026").json()
    assert {"第一党支部", "第二党支部"} <= {line["name"] for line in plans}
    for year in ("0000", "0001", "9999", "x"):
        assert cast.signed_in("owner").get(f"/api/v1/development-plans/?year={year}").status_code == 200, year
