"""A development case walked step by step through the product's own actions."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import time_machine

from rules import Outcome
from tests.support.cast import Cast
from workspace.development.actions import opening, recording
from workspace.development.actions.balloting import counted
from workspace.development.models import Case, Step
from workspace.development.models.details import Details, Named
from workspace.development.queries.plans import Plan, plan_of
from workspace.members.models import Member
from workspace.organization.models import Unit

# Day by day under the text of 2026; the days of the story keep every clock.
STORY: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("talk", "2026-06-20", {"people": (Named("李书记"),)}),
    ("recommend", "2026-07-10", {}),
    ("file_activist", "2026-07-15", {}),
    ("contacts", "2026-07-15", {"people": (Named("李书记", 1),)}),
    ("examine", "2026-12-30", {"note": "积极要求进步"}),
    ("examine", "2027-07-08", {"note": "表现稳定"}),
    ("public_notice", "2027-07-12", {"place": "公告栏", "phone": "0571-1"}),
    ("decide_object", "2027-07-26", {}),
    ("file_object", "2027-07-30", {}),
    ("introducers", "2027-08-01", {"people": (Named("李书记", 1), Named("王党员", 2))}),
    ("political_review", "2027-08-20", {}),
    ("training", "2027-09-05", {"days": 3}),
    ("committee_review", "2027-09-10", {}),
    ("prereview", "2027-09-20", {}),
    ("application_form", "2027-09-25", {}),
    ("general_meeting", "2027-10-12", {"ballot": counted(entitled=2, present=2, yes=2)}),
    ("talk_above", "2027-11-01", {"people": (Named("上级"),)}),
    ("approval", "2027-11-20", {}),
    ("file_approval", "2027-11-25", {}),
    ("join_group", "2027-11-25", {}),
    ("oath", "2027-12-10", {}),
    ("apply_conversion", "2028-10-01", {}),
    ("conversion_meeting", "2028-10-13", {"ballot": counted(entitled=2, present=2, yes=2)}),
    ("conversion_approval", "2028-11-10", {}),
    ("archive", "2028-11-20", {"place": "党委组织部"}),
)
SHANGHAI = ZoneInfo("Asia/Shanghai")
APPLIED = date(2026, 6, 1)
ABOVE = {"file_object", "prereview", "approval", "conversion_approval"}


def applicant(name: str = "赵申请", *, branch: str = "第一党支部", **values: Any) -> Member:
    unit = Unit.objects.get(name=branch)
    known = {"category": Member.Category.APPLICANT, "birth_date": date(1998, 5, 4), **values}
    return Member.objects.create(unit=unit, name=name, **known)


def opened(member: Member | None = None, *, on: date = APPLIED) -> Case:
    """A case of the cast's branch, opened by its secretary."""
    return opening.open_case(member or applicant(), applied_on=on, by=Cast.user("secretary"), today=max(on, APPLIED))


def record(case: Case, code: str, on: str | date, *, by: str = "", today: date | None = None, **said: Any) -> Step:
    """One step on its day: what the level above decides by the administrator, the rest by the secretary."""
    day = date.fromisoformat(on) if isinstance(on, str) else on
    now = today or day
    who = by or ("owner" if code in ABOVE else "secretary")
    outcome, basis = said.pop("outcome", Outcome.PASSED), said.pop("basis", "会议记录")
    with time_machine.travel(datetime(now.year, now.month, now.day, 12, tzinfo=SHANGHAI), tick=False):
        return _recorded(case, code, day, who, outcome, basis, said, now)


def _recorded(case: Case, code: str, day: date, who: str, outcome: Outcome, basis: str, said: Any, now: date) -> Step:
    return recording.record_step(
        case, code, on=day, outcome=outcome, basis=basis, details=Details(**said), by=Cast.user(who), today=now
    )


def walk(case: Case, *, until: str) -> Case:
    """Every step of the story up to and including `until`."""
    for code, on, said in STORY:
        record(case, code, on, **said)
        if code == until:
            break
    case.refresh_from_db()
    return case


def plan(case: Case, on: str | date) -> Plan:
    return plan_of(Case.objects.get(pk=case.pk), on=date.fromisoformat(on) if isinstance(on, str) else on)


def node(case: Case, key: str, on: str) -> Any:
    return next(one for one in plan(case, on).nodes if one.key == key)
