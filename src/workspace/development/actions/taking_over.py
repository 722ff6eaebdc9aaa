"""Take over a case that was begun on paper, with the days of its steps."""

from datetime import date

from django.db import transaction

from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.development.actions.consequences import changes
from workspace.development.actions.opening import AlreadyMember, AlreadyOpen, NotOnRegister
from workspace.development.actions.refreshing import refresh
from workspace.development.actions.standing import stand
from workspace.development.importing.drafts import Draft
from workspace.development.models import Case, Step
from workspace.development.queries.plans import plan_of
from workspace.development.queries.visibility import refuse_unless_handles
from workspace.members.actions.records import register_member
from workspace.members.models import Member
from workspace.organization.models import Unit

_BASIS = "导入在办档案"
_ORDER = ("applied", "activist", "development_object", "admitted")
_RANKS = {
    Member.Category.APPLICANT: 0,
    Member.Category.ACTIVIST: 1,
    Member.Category.DEVELOPMENT_OBJECT: 2,
    Member.Category.PROBATIONARY: 3,
}


@transaction.atomic
def take_over(draft: Draft, *, by: User, today: date) -> Case:
    """The person goes on the register where they are new; the case keeps the text of its day of application.

    Raises AlreadyOpen, AlreadyMember, NotOnRegister, and what refuses registering or the person who asks.
    """
    member = _member(draft, by=by)
    case = Case(member=member, opened_on=draft.opened_on, opened_by=by)
    refuse_unless_handles(case, by)
    if member.category == Member.Category.FULL:
        raise AlreadyMember(member=member)
    if member.left_on:
        raise NotOnRegister(member=member)
    if Case.objects.filter(member=member, state=Case.State.OPEN).exists():
        raise AlreadyOpen(member=member)
    case.save()
    Step.objects.bulk_create(
        Step(case=case, code=event.code, on=event.day, basis=_BASIS, details=event.details, by=by)
        for event in draft.events
    )
    told = {"on": draft.opened_on.isoformat(), "member": member.pk, "steps": len(draft.events), "row": draft.number}
    audit.record("development.taken_over", of=case, by=by, details=told)
    _bring_forward(case, by=by, today=today)
    refresh(case, on=today)
    return case


def _member(draft: Draft, *, by: User) -> Member:
    if draft.member:
        return Member.objects.select_for_update(of=("self",)).select_related("unit").get(pk=draft.member)
    values = dict(draft.person)
    if values.get("birth_date"):
        values["birth_date"] = date.fromisoformat(values["birth_date"])
    unit = Unit.objects.get(pk=draft.unit)
    return register_member(unit, {**values, "category": Member.Category.APPLICANT}, by=by)


def _bring_forward(case: Case, *, by: User, today: date) -> None:
    """The register catches up with the case, and is never set back by it."""
    rank = _RANKS[Member.Category(case.member.category)]
    new = [
        change
        for change in changes(plan_of(case, on=today))
        if change.kind in _ORDER and _ORDER.index(change.kind) > rank
    ]
    for place, change in enumerate(new):
        # a day nobody wrote down: by the next one it must have been so
        day = next((later.on for later in new[place:] if later.on), today)
        stand(case, change.kind, on=day, basis=_BASIS, by=by, months=change.months)
