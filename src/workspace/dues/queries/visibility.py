"""Whose dues a person may see, and whose they may change. Their own they always see."""

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from shared.refusals import NotAllowed
from workspace.access.queries import may, units_where
from workspace.accounts.models import User
from workspace.dues.models import Payment
from workspace.dues.queries.places import places_since
from workspace.members.models import Member
from workspace.organization.models import Unit, UnitQuerySet
from workspace.organization.visibility import unit_for


class MayNotSeeDues(NotAllowed):
    message = _("「{unit}」的党费只有书记、委员和管理员可以查看。您自己的党费在“我的党费”。")


class MayNotChangeDues(NotAllowed):
    message = _("您可以查看「{unit}」的党费，但没有登记的权限；请联系支部书记。")


def branches_seen_by(user: User, verb: str = "dues.view") -> UnitQuerySet:
    """Open branches on which this person may do the verb, in tree order."""
    return units_where(user, verb).branches().open()


def unit_seen_by(user: User, pk: int, *, to: str = "dues.view") -> Unit:
    """A unit on which this person may do the verb; Http404 for one they do not see, NotAllowed otherwise."""
    unit = unit_for(user, pk)
    if not may(user, "dues.view", unit):
        raise MayNotSeeDues(unit=unit)
    if not may(user, to, unit):
        raise MayNotChangeDues(unit=unit)
    return unit


def member_seen_by(user: User, pk: int, *, to: str = "dues.view") -> Member:
    """A member whose dues this person may see (or change), else Http404. Everybody sees their own."""
    member = Member.objects.select_related("unit").filter(pk=pk).first()
    if member is None:
        raise Http404
    if may(user, to, member.unit) or (to == "dues.view" and member.user_id == user.pk):
        return member
    if may(user, "dues.view", member.unit) or member.user_id == user.pk:
        raise MayNotChangeDues(unit=member.unit)
    raise Http404


def payment_to_change(user: User, pk: int) -> Payment:
    """A payment of a month of a branch whose dues this person may change, else Http404. Whoever moved since left
    their months behind."""
    found = Payment.objects.select_related("member__unit").filter(pk=pk).first()
    if found is None:
        raise Http404
    place = Unit.objects.filter(pk=places_since(found.month).unit_in(found.month, found.member)).first()
    if place is None or not may(user, "dues.change", place):
        member_seen_by(user, found.member_id, to="dues.change")
    return found


def own(user: User) -> Member | None:
    """The register entry of the person who is signed in, if they are (still) a member here."""
    return Member.objects.present().filter(user=user).select_related("unit").first()
