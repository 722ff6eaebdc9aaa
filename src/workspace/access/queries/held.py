"""What a person holds (授权): their grants in force with the verbs of each.

While a page is only being read it is asked for once: a page asks for twenty verbs, and all of them lie in few rows.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from shared.clock import today
from shared.permissions import group_of, verbs_of_role
from shared.workspace import workspace_id
from workspace.access.models import Grant, OwnRole
from workspace.access.models.own_role import CODE
from workspace.accounts.models import User


@dataclass(frozen=True, slots=True)
class Held:
    """One grant: the path of its unit, its key, its role, whether somebody lent it, and what it lets do there."""

    path: str
    pk: int
    role: str
    is_lent: bool
    verbs: frozenset[str]


# By workspace and person, while nothing is being changed: people of two workspaces have the same keys.
_known: ContextVar[dict[tuple[str, int], list[Held]] | None] = ContextVar("what_people_hold", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Within this, each person's grants are read once. Only for what changes none of them."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def held_by(user: User) -> list[Held]:
    """One query; none for a person who was asked about before, while they are remembered."""
    known = _known.get()
    if known is None:
        return _read(user)
    key = (workspace_id(), user.pk)
    if key not in known:
        known[key] = _read(user)
    return known[key]


def _read(user: User) -> list[Held]:
    own = OwnRole.objects.annotate(role_code=CODE).filter(role_code=OuterRef("role")).values("verbs")[:1]
    rows = Grant.objects.in_force(today()).filter(user=user).annotate(own_verbs=Subquery(own))
    said = rows.values_list("unit__path", "pk", "role", "delegated_from", "own_verbs", "only")
    return [
        Held(path, pk, role, lent is not None, verbs_held(role, verbs, only))
        for path, pk, role, lent, verbs, only in said
    ]


def verbs_held(role: str, own: list[str] | None, only: str) -> frozenset[str]:
    """What one grant lets do: of a built-in role, or what the workspace's own role says, as far as it is lent."""
    verbs = frozenset(own) if own is not None else verbs_of_role(role)
    lent = frozenset(only.split())
    return frozenset(verb for verb in verbs if _is_in(verb, lent)) if lent else verbs


def _is_in(verb: str, groups: frozenset[str]) -> bool:
    group = group_of(verb)
    return group is not None and group.app in groups
