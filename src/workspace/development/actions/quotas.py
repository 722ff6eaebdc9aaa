"""Set how many a unit may admit in a year."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shared.refusals import NotAllowed, Refusal
from workspace.access.queries import may
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.development.models import Quota
from workspace.development.queries.visibility import PLAN
from workspace.organization.models import Unit
from workspace.organization.queries.places import parent_of


class MayNotPlan(NotAllowed):
    message = _("{unit}的发展计划由上级下达。")


class MoreThanAbove(Refusal):
    message = _("超出上级计划：{parent}共 {limit} 名，已分给其他下级 {given} 名，最多还能给 {left} 名。")
    status = 400


def may_set(user: User, unit: Unit) -> bool:
    """The level above sets it; the highest unit here enters what it was given from outside."""
    setter = parent_of(unit) or unit
    return may(user, PLAN, setter)


@transaction.atomic
def set_quota(unit: Unit, year: int, *, admissions: int | None, basis: str, by: User) -> Quota | None:
    """None as a number takes the plan back. Raises MayNotPlan, MoreThanAbove."""
    if not may_set(by, unit):
        raise MayNotPlan(unit=unit)
    if admissions is None:
        gone, _models = Quota.objects.filter(unit=unit, year=year).delete()
        if gone:
            audit.record("development.quota_taken_back", of=unit, by=by, details={"year": year})
        return None
    _refuse_more(unit, year, admissions)
    quota, _made = Quota.objects.update_or_create(
        unit=unit, year=year, defaults={"admissions": admissions, "basis": basis.strip(), "by": by}
    )
    told = {"year": year, "admissions": admissions, "basis": basis.strip()}
    audit.record("development.quota_set", of=unit, by=by, details=told)
    return quota


def _refuse_more(unit: Unit, year: int, admissions: int) -> None:
    parent = parent_of(unit)
    above = Quota.objects.select_for_update().filter(unit=parent, year=year).first() if parent else None
    if parent is None or above is None:
        return
    others = Quota.objects.filter(unit__in=Unit.objects.all().children_of(parent), year=year).exclude(unit=unit)
    given = sum(others.values_list("admissions", flat=True))
    if given + admissions > above.admissions:
        raise MoreThanAbove(parent=parent, limit=above.admissions, given=given, left=max(above.admissions - given, 0))
