"""What each role holds, and who holds it: the matrix of roles and permissions."""

from collections import Counter
from dataclasses import dataclass

from django.http import Http404

from shared.clock import today
from shared.permissions import Duty, Group, groups, permission, verbs_of_role
from workspace.access.models import Grant, OwnRole, Role
from workspace.access.models.grant import GrantQuerySet
from workspace.access.queries import may, units_where
from workspace.accounts.models import User


@dataclass(frozen=True)
class Shape:
    """A role as a set of permissions; `people` hold it where the reader may look."""

    code: str
    name: str
    verbs: frozenset[str]
    is_own: bool
    people: int
    pk: int | None = None  # of the workspace's own

    @property
    def is_of_party_work(self) -> bool:
        """Whether a role of the workspace's own can begin as a copy of it."""
        return any(permission(verb).duty is Duty.BUSINESS for verb in self.verbs)


def shapes(*, visible_to: User) -> list[Shape]:
    """The built-in roles, then the workspace's own. Http404 for who may not look into roles. Four queries."""
    if not may(visible_to, "access.review"):
        raise Http404
    held = holders(visible_to=visible_to).values_list("role", "user").distinct()
    count = Counter(role for role, _user in held)
    built_in = [Shape(r.value, str(r.label), verbs_of_role(r.value), False, count[r.value]) for r in Role]
    own = [
        Shape(r.code, r.name, frozenset(r.verbs), True, count[r.code], r.pk) for r in OwnRole.objects.order_by("name")
    ]
    return [*built_in, *own]


def matrix(found: list[Shape]) -> list[tuple[Group, list[tuple[object, list[bool]]]]]:
    """Group by group: each permission with a mark for each of the roles."""
    return [(g, [(one, [one.verb in shape.verbs for shape in found]) for one in g.permissions]) for g in groups()]


def own_role(pk: int, *, visible_to: User) -> OwnRole:
    """One of the workspace's own. Http404 for who may not look into roles."""
    found = OwnRole.objects.filter(pk=pk).first() if may(visible_to, "access.review") else None
    if found is None:
        raise Http404
    return found


def holders(*, visible_to: User, role: str = "") -> GrantQuerySet:
    """Grants not over yet where the reader may look, of all roles or one."""
    rows = Grant.objects.not_over(today()).filter(unit__in=units_where(visible_to, "access.review").order_by())
    return rows.filter(role=role) if role else rows
