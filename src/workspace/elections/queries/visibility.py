"""The one door to elections: asked who wants to see them, to work on them, or to answer them from above."""

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from shared.refusals import NotAllowed
from workspace.access.queries import may, units_where
from workspace.accounts.models import User
from workspace.elections.models import Election, ElectionQuerySet
from workspace.elections.models.papers import About
from workspace.elections.queries.above import DECIDING, committee_above
from workspace.members.models import Member
from workspace.organization.models import Unit, UnitQuerySet

VIEW, HANDLE, APPROVE = "election.view", "election.handle", "election.approve"


class MayNotHandle(NotAllowed):
    message = _("您可以查看{unit}的换届，但没有办理权限。请联系党支部书记或组织委员。")


class MayNotApprove(NotAllowed):
    message = _("这件事由{above}批复，请等待上级办理。")


class OwnElection(NotAllowed):
    message = _("您本人是候选人或当选人，请由上级党组织的其他同志批复。")


def elections_seen_by(user: User) -> ElectionQuerySet:
    units = units_where(user, VIEW).order_by().values("pk")
    return Election.objects.filter(unit__in=units).select_related("unit")


def election_for(user: User, pk: int) -> Election:
    """Http404 for one that this person may not see."""
    found = elections_seen_by(user).select_related("opened_by").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def election_to_handle(user: User, pk: int) -> Election:
    """Http404, or MayNotHandle when they may only look."""
    found = election_for(user, pk)
    if not may(user, HANDLE, found.unit):
        raise MayNotHandle(unit=found.unit)
    return found


def election_to_decide(user: User, pk: int) -> Election:
    """Http404, or what `refuse_unless_decides` raises."""
    found = election_for(user, pk)
    refuse_unless_decides(user, found)
    return found


def may_decide(user: User, election: Election) -> bool:
    """Whether this person answers for the level above, or writes its answer down where it lies outside."""
    above = committee_above(election.unit)
    if above is None:
        return may(user, HANDLE, election.unit)
    return may(user, APPROVE, above) and not _is_own(user, election)


def refuse_unless_decides(user: User, election: Election) -> None:
    above = committee_above(election.unit)
    if above is None:
        if not may(user, HANDLE, election.unit):
            raise MayNotHandle(unit=election.unit)
    elif not may(user, APPROVE, above):
        raise MayNotApprove(above=above)
    elif _is_own(user, election):
        raise OwnElection


def answers_for_committees(user: User) -> bool:
    """Whether anything may be asked of this person: they may approve on a party committee."""
    return units_where(user, APPROVE).filter(type__in=DECIDING).exists()


def units_handled_by(user: User) -> UnitQuerySet:
    """Open units whose elections this person works on, in tree order."""
    return units_where(user, HANDLE).open().exclude(type=Unit.Type.GROUP)


def unit_to_handle(user: User, pk: int) -> Unit:
    """Http404 for a unit that this person may not see, MayNotHandle where they may only look."""
    found = units_where(user, VIEW).exclude(type=Unit.Type.GROUP).filter(pk=pk).first()
    if found is None:
        raise Http404
    if not may(user, HANDLE, found):
        raise MayNotHandle(unit=found)
    return found


def _is_own(user: User, election: Election) -> bool:
    """Whether the person is among those whom the open paper is about."""
    if election.asks not in {About.CANDIDATES, About.RESULT}:
        return False
    keys = {row.member for row in election.people} | {seat.member for seat in election.outcome}
    return Member.objects.filter(user=user, pk__in=keys).exists()
