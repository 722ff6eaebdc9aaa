"""Who stands in for whom."""

from django.db.models import Q, QuerySet
from django.http import Http404

from shared.clock import today
from workspace.access.models import Grant, Role
from workspace.access.models.grant import GrantQuerySet
from workspace.access.queries import above
from workspace.accounts.models import User


def held_by(user: User) -> GrantQuerySet:
    """What a person holds, now or to come, the highest unit first."""
    rows = Grant.objects.not_over(today()).filter(user=user).named()
    return rows.select_related("unit", "delegated_from__user", "granted_by").order_by("unit__path", "role")


def lendable(user: User) -> GrantQuerySet:
    """Of these, what they may lend: their own, and more than being a member."""
    return (
        Grant.objects.in_force(today()).own().filter(user=user).exclude(role=Role.MEMBER).named().select_related("unit")
    )


def delegations_of(user: User) -> GrantQuerySet:
    """Lent by this person or to this person, not over yet."""
    rows = Grant.objects.not_over(today()).filter(delegated_from__isnull=False).named()
    mine = rows.filter(Q(user=user) | Q(delegated_from__user=user))
    return mine.select_related("unit", "user", "delegated_from__user").order_by("since", "pk")


def delegation(pk: int, *, visible_to: User) -> Grant:
    """One of them. Http404 otherwise."""
    found = delegations_of(visible_to).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def colleagues(held: Grant) -> "QuerySet[User]":
    """Who could stand in: people with a role on the unit, below it, or right above it."""
    near = Q(unit__path__startswith=held.unit.path) | Q(unit__path__in=above(held.unit)[-2:])
    rows = Grant.objects.in_force(today()).filter(near)
    return (
        User.objects.filter(is_active=True, pk__in=rows.values("user")).exclude(pk=held.user_id).order_by("name", "pk")
    )
