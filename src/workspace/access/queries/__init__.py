"""May this person do that, there? Every record reaches a view through one of these."""

from django.db.models import Q, QuerySet

from shared.clock import today
from shared.permissions import permission, verbs_of_role
from workspace.access.models import Grant
from workspace.access.models.grant import GrantQuerySet
from workspace.accounts.models import User
from workspace.organization.models import Unit, UnitQuerySet


def holding(verb: str) -> Q:
    """The grants whose role holds the verb. An unknown verb raises KeyError: a typo opens no door."""
    return Q(role__in=permission(verb).holders)


def grants_of(user: User, verb: str) -> GrantQuerySet:
    """The grants in force that let this person do the verb."""
    return Grant.objects.in_force(today()).filter(holding(verb), user=user)


def units_where(user: User, verb: str) -> UnitQuerySet:
    """All units, closed ones too, on which this person may do the verb."""
    paths = _paths(user, verb)
    if not paths:
        return Unit.objects.none()
    reach = Q()
    for path in paths:
        reach |= Q(path__startswith=path)
    return Unit.objects.filter(reach)


def _paths(user: User, verb: str) -> list[str]:
    """Where this person may do the verb. In which roles is noted on the person, for the record."""
    rows = list(grants_of(user, verb).values_list("unit__path", "role"))
    user.known_roles = known_roles(user) | {role for _path, role in rows}  # type: ignore[attr-defined]
    return [path for path, _role in rows]


def known_roles(user: User) -> frozenset[str]:
    """In which roles this person was found allowed something since they were read; asks the database nothing."""
    return frozenset(getattr(user, "known_roles", ()))


def may(user: User, verb: str, unit: Unit | None = None) -> bool:
    """Whether this person may do the verb on the unit, or anywhere at all when no unit is named."""
    paths = _paths(user, verb)
    return bool(paths) if unit is None else any(unit.path.startswith(path) for path in paths)


def administers(user: User) -> bool:
    """Whether this person holds the administrator's role anywhere."""
    return grants_of(user, "access.grant").exists()


def verbs_of(user: User) -> frozenset[str]:
    """Every verb this person may do somewhere, for menus: one query for all of them."""
    roles = set(Grant.objects.in_force(today()).filter(user=user).values_list("role", flat=True).distinct())
    return frozenset().union(*(verbs_of_role(role) for role in roles))


def people_who(verb: str, unit: Unit) -> "QuerySet[User]":
    """Everybody with an open account who may do the verb on the unit: those to be told or asked."""
    step = Unit.steplen
    above = [unit.path[:end] for end in range(step, len(unit.path) + 1, step)]
    held = Grant.objects.in_force(today()).filter(holding(verb), unit__path__in=above)
    return User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("pk")
