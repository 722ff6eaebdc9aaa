"""Whom to turn to: those who may do a verb on a unit and stand nearest to it. An administrator of thousands is not told
of everything that a branch sees to itself."""

from collections import defaultdict

from django.db.models import QuerySet

from shared.clock import today
from workspace.access.models import Grant
from workspace.access.queries import above, holding
from workspace.accounts.models import User
from workspace.organization.models import Unit


def keys_near(verb: str, unit: Unit, *, besides: int | None = None) -> list[int]:
    """Keys of those who may do the verb by a role on this very unit; where there are none, of those with one on the
    nearest unit above. `besides` is not among them. One query."""
    held = Grant.objects.in_force(today()).filter(holding(verb), unit__path__in=above(unit), user__is_active=True)
    by_path: dict[str, set[int]] = defaultdict(set)
    for path, key in held.exclude(user=besides).values_list("unit__path", "user_id"):
        by_path[path].add(key)
    return sorted(by_path[max(by_path, key=len)]) if by_path else []


def people_near(verb: str, unit: Unit) -> "QuerySet[User]":
    return User.objects.filter(pk__in=keys_near(verb, unit)).order_by("pk")
