"""The one door to members: asked who wants to see them, or to do what to them."""

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from shared.refusals import NotAllowed
from workspace.access.queries import units_where
from workspace.accounts.models import User
from workspace.members.models import Member
from workspace.members.models.member import MemberQuerySet


class MayNotTouch(NotAllowed):
    message = _("您可以查看{member}，但没有办理这件事的权限。请联系单位管理员。")


def members_where(user: User, verb: str) -> MemberQuerySet:
    """Members, those who left too, of the units on which this person may do the verb."""
    return Member.objects.filter(unit__in=units_where(user, verb).order_by().values("pk"))


def member_for(user: User, pk: int, *, to: str = "member.view") -> Member:
    """The member with this key. Http404 for one that the person may not see; MayNotTouch when they may only look."""
    seen = members_where(user, "member.view").select_related("unit").filter(pk=pk).first()
    if seen is None:
        raise Http404
    if to != "member.view" and not units_where(user, to).filter(pk=seen.unit_id).exists():
        raise MayNotTouch(member=seen)
    return seen
