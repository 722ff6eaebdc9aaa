"""Whose statistics a person may look at, and which rows open to people for them."""

from django.http import Http404

from workspace.access.queries import units_where
from workspace.accounts.models import User
from workspace.organization.models import Unit, UnitQuerySet

VERB = "statistics.view"
PEOPLE = "member.view"


def units_seen(user: User) -> UnitQuerySet:
    """Units, closed ones too: they were there on some day. Party groups have no statistics of their own."""
    return units_where(user, VERB).exclude(type=Unit.Type.GROUP)


def keys_seen(user: User) -> list[int]:
    """Keys of the units whose own statistics this person may open, the highest first."""
    return list(units_seen(user).order_by("depth", "path").values_list("pk", flat=True))


def get_unit(pk: int | None, *, among: list[int]) -> Unit:
    """The unit with that key, or the first of them without a key; 404 for one that is not among them."""
    key = pk if pk is not None else next(iter(among), None)
    if key is None or key not in among:
        raise Http404
    return Unit.objects.get(pk=key)


def units_with_open_people(user: User) -> frozenset[int]:
    """Units whose members this person may see by name: elsewhere a figure is a figure."""
    return frozenset(units_where(user, PEOPLE).order_by().values_list("pk", flat=True))
