"""Whose activities a person may see, and which of them they may change."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from rules import EventKind
from shared.refusals import NotAllowed
from workspace.access.queries import grants_of, may, units_where
from workspace.accounts.models import User
from workspace.activities.models import (
    Activity,
    ActivityQuerySet,
    Obligation,
    ObligationQuerySet,
    Participation,
    Resolution,
)
from workspace.members.models import Member
from workspace.members.queries.structure import prefixes
from workspace.organization.models import Unit


class MayNotOrganise(NotAllowed):
    message = _("你可以查看「{unit}」的组织生活，但没有组织权限；请联系支部书记或单位管理员。")


_FOR_EVERY_MEMBER = (Activity.Audience.MEMBERS, Activity.Audience.BELOW)


def activities_visible_to(user: User) -> ActivityQuerySet:
    """All a person may see: what they organise, what their own unit does for its members, what units above do for
    everybody below, and any activity on whose roll they stand. A heart-to-heart talk is seen only by those who took
    part in it and by the organiser who entered it."""
    on_roll = Exists(Participation.objects.filter(activity=OuterRef("pk"), member__user=user))
    organised = Q(unit__in=units_where(user, "activity.change").order_by())
    own = Q(unit__in=units_where(user, "activity.view").order_by(), audience__in=_FOR_EVERY_MEMBER)
    above = Q(unit__path__in=_paths_above(user), audience=Activity.Audience.BELOW)
    talk = Q(kinds__contains=[EventKind.HEART_TO_HEART.value])
    return Activity.objects.filter(
        Q(on_roll) | ((organised | own | above) & ~talk) | (organised & talk & Q(created_by=user))
    )


def get_activity(pk: int, *, visible_to: User) -> Activity:
    """The activity with its unit; 404 for what this person may not see, which looks like what does not exist."""
    found = activities_visible_to(visible_to).select_related("unit").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def get_activity_to_change(pk: int, *, by: User) -> Activity:
    """The same, for its organisers; raises NotAllowed for others who see it."""
    activity = get_activity(pk, visible_to=by)
    if not may(by, "activity.change", activity.unit):
        raise MayNotOrganise(unit=activity.unit)
    return activity


def get_unit(pk: int, *, user: User, verb: str = "activity.view") -> Unit:
    """A unit on which this person may do the verb, else 404 (NotAllowed when they may at least see its activities)."""
    unit = units_where(user, "activity.view").filter(pk=pk).first()
    if unit is None:
        raise Http404
    if verb != "activity.view" and not may(user, verb, unit):
        raise MayNotOrganise(unit=unit)
    return unit


def get_obligation(pk: int, *, visible_to: User) -> Obligation:
    """An obligation of a unit whose activities this person may see, else 404."""
    found = obligations_visible_to(visible_to).select_related("unit").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def obligations_visible_to(user: User) -> ObligationQuerySet:
    return Obligation.objects.filter(unit__in=units_where(user, "activity.view").order_by())


def resolutions_visible_to(user: User) -> "QuerySet[Resolution]":
    """Those of activities this person may see, and their own."""
    seen = activities_visible_to(user).standing().values("pk")
    return Resolution.objects.filter(
        Q(activity__in=seen) | Q(owner__user=user, activity__cancelled_at__isnull=True)
    ).select_related("activity__unit", "owner")


def get_resolution(pk: int, *, visible_to: User) -> Resolution:
    found = resolutions_visible_to(visible_to).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def member_of(user: User) -> Member | None:
    """The register entry of the person who is signed in, if they are (still) a member here."""
    return Member.objects.present().filter(user=user).select_related("unit").first()


def own_unit(user: User) -> Unit | None:
    """Where a person's pages start: the unit they belong to, else the highest one they organise."""
    member = member_of(user)
    if member is not None:
        return member.unit
    return units_where(user, "activity.view").order_by("depth", "path").first()


def _paths_above(user: User) -> list[str]:
    paths = grants_of(user, "activity.view").values_list("unit__path", flat=True)
    return sorted({prefix for path in paths for prefix in prefixes(path)})
