"""Open a case, which begins with the application."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from rules import Done, Outcome
from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.development.actions.refreshing import refresh
from workspace.development.actions.standing import stand
from workspace.development.models import Case, Step
from workspace.development.queries.plans import Plan
from workspace.development.queries.visibility import refuse_unless_handles
from workspace.development.wording import remark
from workspace.members.actions.records import register_member
from workspace.members.models import Member
from workspace.organization.models import Unit


class AlreadyOpen(Refusal):
    message = _("{member}已有一份进行中的发展档案。")


class AlreadyMember(Refusal):
    message = _("{member}已是正式党员，不需要发展档案。")


class NotOnRegister(Refusal):
    message = _("{member}已不在册，不能建立发展档案。")


class TooYoung(Refusal):
    message = _("不能登记：{why}")
    status = 400


class InTheFuture(Refusal):
    message = _("日期在今天之后，请核对。")
    status = 400


@transaction.atomic
def open_case(member: Member, *, applied_on: date, basis: str = "", by: User, today: date) -> Case:
    """The person handed in the application on that day; the text in force then holds for the whole case.

    Raises AlreadyOpen, AlreadyMember, NotOnRegister, TooYoung, InTheFuture, and what refuses the person who asks.
    """
    now = Member.objects.select_for_update(of=("self",)).select_related("unit").get(pk=member.pk)
    case = Case(member=now, opened_on=applied_on, opened_by=by)
    refuse_unless_handles(case, by)
    _refuse_member(now)
    if applied_on > today:
        raise InTheFuture
    _refuse_young(case, applied_on, today)
    case.save()
    Step.objects.create(case=case, code="apply", on=applied_on, basis=basis.strip(), by=by)
    audit.record("development.opened", of=case, by=by, details={"on": applied_on.isoformat(), "member": now.pk})
    if now.category == Member.Category.APPLICANT:
        stand(case, "applied", on=applied_on, basis=basis.strip(), by=by)
    refresh(case, on=today)
    return case


@transaction.atomic
def open_case_of_newcomer(
    unit: Unit, values: Mapping[str, Any], *, applied_on: date, basis: str = "", by: User, today: date
) -> Case:
    """The same for somebody who is not on the register yet: registered as an applicant first."""
    member = register_member(unit, {**values, "category": Member.Category.APPLICANT}, by=by)
    return open_case(member, applied_on=applied_on, basis=basis, by=by, today=today)


def _refuse_member(member: Member) -> None:
    if member.category == Member.Category.FULL:
        raise AlreadyMember(member=member)
    if member.left_on:
        raise NotOnRegister(member=member)
    if Case.objects.filter(member=member, state=Case.State.OPEN).exists():
        raise AlreadyOpen(member=member)


def _refuse_young(case: Case, applied_on: date, today: date) -> None:
    found = Plan(case, today, [], []).judge(Done(step="apply", on=applied_on, outcome=Outcome.PASSED))
    if found:
        raise TooYoung(why=remark(found[0]))
