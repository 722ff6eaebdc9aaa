"""The one door to appraisals: asked who wants to see one, to read what people wrote, to work on it, or takes part."""

from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from shared.refusals import NotAllowed
from workspace.access.queries import may, units_where
from workspace.accounts.models import User
from workspace.appraisal.models import Appraisal, AppraisalQuerySet
from workspace.appraisal.models.people import Person
from workspace.members.models import Member
from workspace.organization.models import Unit, UnitQuerySet

VIEW, READ, HANDLE = "appraisal.view", "appraisal.read", "appraisal.handle"


class MayNotHandle(NotAllowed):
    message = _("您可以查看{unit}的民主评议，但没有办理权限。请联系党支部书记或组织委员。")


class MayNotRead(NotAllowed):
    message = _("自评和互评的原文只有支部委员会能看。")


@dataclass(frozen=True)
class Own:
    """An appraisal as one who stands on its list sees it."""

    appraisal: Appraisal
    person: Person


def appraisals_seen_by(user: User) -> AppraisalQuerySet:
    units = units_where(user, VIEW).order_by().values("pk")
    return Appraisal.objects.filter(unit__in=units).select_related("unit")


def appraisal_for(user: User, pk: int) -> Appraisal:
    """Http404 for one that this person may not see."""
    found = appraisals_seen_by(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def appraisal_to_handle(user: User, pk: int) -> Appraisal:
    """Http404, or MayNotHandle when they may only look."""
    found = appraisal_for(user, pk)
    if not may(user, HANDLE, found.unit):
        raise MayNotHandle(unit=found.unit)
    return found


def appraisal_to_read(user: User, pk: int) -> Appraisal:
    """With what people wrote. Http404, or MayNotRead for those who see the progress alone."""
    found = appraisal_for(user, pk)
    if not may(user, READ, found.unit):
        raise MayNotRead
    return found


def own_appraisals(user: User) -> list[Own]:
    """Those on whose list this person stands, the newest first; given up ones left out. Two queries."""
    key = Member.objects.filter(user=user).values_list("pk", flat=True).first()
    if key is None:
        return []
    rows = Appraisal.objects.standing().with_person(key).select_related("unit").order_by("-year", "-pk")
    return [Own(row, person) for row in rows if (person := row.person(key)) is not None]


def own_appraisal(user: User, pk: int) -> Own:
    """Http404 for one that this person does not take part in."""
    key = Member.objects.filter(user=user).values_list("pk", flat=True).first()
    row = Appraisal.objects.standing().select_related("unit").filter(pk=pk).first()
    person = row.person(key) if row and key else None
    if row is None or person is None:
        raise Http404
    return Own(row, person)


def units_handled_by(user: User) -> UnitQuerySet:
    """Open branches whose appraisals this person works on, in tree order."""
    return appraising(units_where(user, HANDLE).open())


def appraising(units: UnitQuerySet) -> UnitQuerySet:
    """Of these the branches that appraise; a temporary one leaves it to the branch its members belong to."""
    return units.filter(type__in=set(Unit.BRANCHES) - set(Unit.TEMPORARY))


def unit_to_handle(user: User, pk: int) -> Unit:
    """Http404 for a branch that this person may not see, MayNotHandle where they may only look."""
    found = appraising(units_where(user, VIEW)).filter(pk=pk).first()
    if found is None:
        raise Http404
    if not may(user, HANDLE, found):
        raise MayNotHandle(unit=found)
    return found
