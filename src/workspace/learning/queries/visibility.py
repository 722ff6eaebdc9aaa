"""Whose study hours a person may see, and whose they may certify. Their own they always see.

Members may read of their branch that it learns (`learning.view`), but a colleague's hours are for those who keep them.
"""

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from shared.refusals import NotAllowed
from workspace.access.queries import may, units_where
from workspace.accounts.models import User
from workspace.activities.models import Activity
from workspace.activities.queries.visibility import activities_visible_to
from workspace.learning.models import StudyRecord
from workspace.members.models import Member
from workspace.organization.models import Unit, UnitQuerySet
from workspace.organization.visibility import unit_for

KEEP = "learning.change"


class MayNotKeepHours(NotAllowed):
    message = _("「{unit}」的学时由书记和委员认定。您自己的学时在“我的学习”。")


def branches_kept_by(user: User) -> UnitQuerySet:
    """Open branches whose hours this person keeps, in tree order."""
    return units_where(user, KEEP).branches().open()


def highest_kept_by(user: User) -> Unit | None:
    """Where the list of all activities to certify begins for this person."""
    return units_where(user, KEEP).open().order_by("depth", "path").first()


def unit_kept_by(user: User, pk: int) -> Unit:
    """The unit, for those who keep its hours; Http404 when not seen at all."""
    unit = unit_for(user, pk)
    if not may(user, KEEP, unit):
        raise MayNotKeepHours(unit=unit)
    return unit


def member_seen_by(user: User, pk: int) -> Member:
    """A member whose hours this person keeps, or themselves; Http404 otherwise."""
    member = Member.objects.select_related("unit").filter(pk=pk).first()
    if member is None or not (member.user_id == user.pk or may(user, KEEP, member.unit)):
        raise Http404
    return member


def record_kept_by(user: User, pk: int) -> StudyRecord:
    """A record of a member whose hours this person keeps; Http404 otherwise."""
    found = StudyRecord.objects.select_related("member__unit", "activity").filter(pk=pk).first()
    if found is None or not may(user, KEEP, found.member.unit):
        raise Http404
    return found


def activity_kept_by(user: User, pk: int) -> Activity:
    """An activity of a unit whose hours this person keeps; Http404 otherwise."""
    # Through the door of activities: a heart-to-heart talk is not even named to others.
    found = activities_visible_to(user).select_related("unit").filter(pk=pk).first()
    if found is None or not may(user, KEEP, found.unit):
        raise Http404
    return found


def own(user: User) -> Member | None:
    """The register entry of the person who is signed in, if they are (still) a member here."""
    return Member.objects.present().filter(user=user).select_related("unit").first()
