"""Whose dashboards and questions a person may see."""

from django.db.models import Q, QuerySet
from django.http import Http404

from workspace.access.queries import units_where
from workspace.accounts.models import User
from workspace.indicators.models import Contest
from workspace.members.models import Member
from workspace.organization.models import Unit, UnitQuerySet

VERB = "unit.dashboard"
ANSWER = "voice.answer"


def units_seen(user: User) -> UnitQuerySet:
    """Units whose dashboards a person may open; party groups have none of their own."""
    return units_where(user, VERB).open().exclude(type=Unit.Type.GROUP)


def get_unit(pk: int | None, *, user: User) -> Unit:
    """The unit with that key, or the highest one without a key; 404 for what this person may not see."""
    seen = units_seen(user)
    unit = seen.filter(pk=pk).first() if pk is not None else seen.order_by("depth", "path").first()
    if unit is None:
        raise Http404
    return unit


def get_member(pk: int, *, user: User) -> Member:
    """A member as their own person page shows them: to themselves and to the secretary of their unit, else 404."""
    found = (
        Member.objects.present()
        .filter(Q(user=user) | Q(unit__in=units_where(user, "member.change").order_by()))
        .select_related("unit")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404
    return found


def contests_visible_to(user: User) -> "QuerySet[Contest]":
    """Those of units whose dashboards a person may open, and their own, newest first."""
    seen = Q(unit__in=units_where(user, VERB).order_by()) | Q(by=user)
    return Contest.objects.filter(seen).select_related("unit", "by", "answered_by").order_by("-at", "-pk")


def get_contest(pk: int, *, user: User) -> Contest:
    found = contests_visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def may_answer(contest: Contest, user: User) -> bool:
    return not contest.is_answered and units_where(user, ANSWER).filter(pk=contest.unit_id).exists()
