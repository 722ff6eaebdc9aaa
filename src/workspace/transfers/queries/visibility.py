"""Whose transfers and absences a person may see, and who acts on them. Their own they always see."""

from collections.abc import Collection

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from shared.refusals import NotAllowed
from workspace.access.queries import may, units_where
from workspace.accounts.models import User
from workspace.members.models import Member
from workspace.members.models.member import MemberQuerySet
from workspace.organization.models import Unit, UnitQuerySet
from workspace.transfers.models import Absence, Transfer
from workspace.transfers.models.absence import AbsenceQuerySet
from workspace.transfers.models.transfer import TransferQuerySet

VIEW, ISSUE, ACCEPT = "transfer.view", "transfer.issue", "transfer.accept"


class MayNotIssue(NotAllowed):
    message = _("这件事由转出的党组织办理，您没有办理的权限。请联系支部书记或单位管理员。")


class MayNotAccept(NotAllowed):
    message = _("这件事由接收的党组织办理，您没有办理的权限。请联系接收支部的书记。")


class MayNotLookAfter(NotAllowed):
    message = _("您可以查看{member}的情况，但没有登记的权限。请联系支部书记。")


def transfers_seen_by(user: User) -> TransferQuerySet:
    """From or to the units that this person looks after, and their own."""
    here = units_where(user, VIEW).order_by().values("pk")
    return Transfer.objects.filter(Q(origin__in=here) | Q(destination__in=here) | Q(member__user=user))


def transfer_for(user: User, pk: int) -> Transfer:
    """The transfer with its units and its person. Http404 for one that this person may not see."""
    related = ("origin", "destination", "member__unit", "issued_by", "closed_by")
    found = transfers_seen_by(user).select_related(*related).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def receives(user: User, transfer: Transfer) -> bool:
    """Whether this person records that it was accepted or turned down: the branch that receives; of a letter to the
    outside the branch that issued, which gets the receipt back."""
    if transfer.kind == Transfer.Kind.OUT:
        return _may(user, ISSUE, transfer.origin)
    return _may(user, ACCEPT, transfer.destination)


def issues(user: User, transfer: Transfer) -> bool:
    """Whether this person may correct or revoke it: the branch that issued, or that entered one from outside."""
    if transfer.kind == Transfer.Kind.IN:
        return _may(user, ACCEPT, transfer.destination)
    return _may(user, ISSUE, transfer.origin)


def transfer_to_receive(user: User, pk: int) -> Transfer:
    """Http404, or MayNotAccept when they may only look."""
    found = transfer_for(user, pk)
    if not receives(user, found):
        raise MayNotAccept
    return found


def transfer_to_change(user: User, pk: int) -> Transfer:
    """Http404, or MayNotIssue when they may only look."""
    found = transfer_for(user, pk)
    if not issues(user, found):
        raise MayNotIssue
    return found


def members_to_issue(user: User) -> MemberQuerySet:
    """Present people of the branches that this person issues letters for."""
    here = units_where(user, ISSUE).order_by().values("pk")
    return Member.objects.present().filter(unit__in=here).select_related("unit")


def branches_to_issue(user: User) -> UnitQuerySet:
    """Open branches that this person issues letters for, in tree order."""
    return units_where(user, ISSUE).branches().open()


def branches_to_accept(user: User) -> UnitQuerySet:
    """Open branches for which this person takes people in."""
    return units_where(user, ACCEPT).branches().open()


def branches_to_send_to() -> UnitQuerySet:
    """Every open branch of the workspace by name: where to is asked of people who see no more of it than that."""
    return Unit.objects.all().branches().open().filter(is_sample=False)


def absences_seen_by(user: User) -> AbsenceQuerySet:
    """Of members of the units that this person looks after, and their own."""
    here = units_where(user, VIEW).order_by().values("pk")
    return Absence.objects.filter(Q(member__unit__in=here) | Q(member__user=user))


def absence_for(user: User, pk: int, *, to: str = VIEW) -> Absence:
    """Http404 for one that this person may not see; MayNotLookAfter when they may only look."""
    found = absences_seen_by(user).select_related("member__unit").filter(pk=pk).first()
    if found is None:
        raise Http404
    if to != VIEW and not may(user, to, found.member.unit):
        raise MayNotLookAfter(member=found.member)
    return found


def _may(user: User, verb: str, unit: Unit | None) -> bool:
    """A unit that is gone is answered for by those who look after the whole."""
    return may(user, verb, unit or Unit.objects.get(depth=1))


def transfers_to_change(user: User, keys: Collection[int]) -> TransferQuerySet:
    """Letters of ours among these keys that this person issues for, in the order of their numbers."""
    here = units_where(user, ISSUE).order_by().values("pk")
    found = Transfer.objects.filter(pk__in=keys, origin__in=here).exclude(kind=Transfer.Kind.IN)
    return found.select_related("origin", "destination", "member").order_by("year", "serial")
