"""May this person do that, there? Every record reaches a view through one of these."""

from django.db.models import OuterRef, Q, QuerySet, Subquery

from shared.clock import today
from shared.permissions import group_of, permission, verbs_of_role
from workspace.access.acting import note
from workspace.access.models import OFFICES, Grant, OwnRole, Role
from workspace.access.models.grant import GrantQuerySet
from workspace.access.models.own_role import CODE
from workspace.accounts.models import User
from workspace.organization.models import Unit, UnitQuerySet

# Whose sign-in is held to the stricter rules.
ADMINISTRATORS = (Role.ADMIN, Role.MANAGER, *OFFICES)


def holding(verb: str) -> Q:
    """The grants whose role holds the verb, as far as they are lent. An unknown verb raises KeyError: a typo opens
    no door."""
    built_in = permission(verb).holders
    own = OwnRole.objects.annotate(role_code=CODE).filter(verbs__contains=[verb]).values("role_code")
    group = group_of(verb)
    lent = Q(only="") | Q(only__contains=f" {group.app} ") if group else Q(only="")
    return (Q(role__in=built_in) | Q(role__in=own)) & lent


def grants_of(user: User, verb: str) -> GrantQuerySet:
    """The grants in force that let this person do the verb."""
    return Grant.objects.in_force(today()).filter(holding(verb), user=user)


def units_where(user: User, verb: str) -> UnitQuerySet:
    """All units, closed ones too, on which this person may do the verb."""
    reaching = _reaching(user, verb)
    note(lent for _path, lent in reaching)
    if not reaching:
        return Unit.objects.none()
    reach = Q()
    for path, _lent in reaching:
        reach |= Q(path__startswith=path)
    return Unit.objects.filter(reach)


def known_roles(user: User) -> frozenset[str]:
    """In which roles this person was found allowed something since they were read; asks the database nothing."""
    return frozenset(getattr(user, "known_roles", ()))


def may(user: User, verb: str, unit: Unit | None = None) -> bool:
    """Whether this person may do the verb on the unit, or anywhere at all when no unit is named."""
    reaching = _reaching(user, verb)
    if unit is not None:
        reaching = [(path, lent) for path, lent in reaching if unit.path.startswith(path)]
    note(lent for _path, lent in reaching)
    return bool(reaching)


def administers(user: User) -> bool:
    """Whether this person holds a role of administration anywhere."""
    return Grant.objects.in_force(today()).filter(user=user, role__in=ADMINISTRATORS).exists()


def verbs_of(user: User, *, on: Unit | None = None) -> frozenset[str]:
    """Every verb this person may do somewhere, or on one unit, for menus: one query for all of them."""
    held = Grant.objects.in_force(today()).filter(user=user)
    if on is not None:
        held = held.filter(unit__path__in=above(on))
    return frozenset().union(*(verbs_held(role, own, only) for role, own, only in with_verbs(held)))


def verbs_held(role: str, own: list[str] | None, only: str) -> frozenset[str]:
    """What one grant lets do: of a built-in role, or what the workspace's own role says, as far as it is lent."""
    verbs = frozenset(own) if own is not None else verbs_of_role(role)
    lent = frozenset(only.split())
    return frozenset(verb for verb in verbs if _is_in(verb, lent)) if lent else verbs


def with_verbs(grants: GrantQuerySet) -> "QuerySet[Grant, tuple[str, list[str] | None, str]]":
    """(role, verbs of a role of the workspace's own or None, groups) of each."""
    own = OwnRole.objects.annotate(role_code=CODE).filter(role_code=OuterRef("role")).values("verbs")[:1]
    return grants.annotate(own_verbs=Subquery(own)).values_list("role", "own_verbs", "only")


def people_who(verb: str, unit: Unit) -> "QuerySet[User]":
    """Everybody with an open account who may do the verb on the unit: those to be told or asked."""
    held = Grant.objects.in_force(today()).filter(holding(verb), unit__path__in=above(unit))
    return User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("pk")


def above(unit: Unit) -> list[str]:
    """The paths of the unit and of those it stands under: a grant on one of them reaches it."""
    return [unit.path[:end] for end in range(Unit.steplen, len(unit.path) + 1, Unit.steplen)]


def _reaching(user: User, verb: str) -> list[tuple[str, int | None]]:
    """Path, and the grant's key where it is lent. In which roles is noted on the person, for the record."""
    rows = list(grants_of(user, verb).values_list("unit__path", "delegated_from", "pk", "role"))
    user.known_roles = known_roles(user) | {role for _path, _lent, _pk, role in rows}  # type: ignore[attr-defined]
    return [(path, pk if lent else None) for path, lent, pk, _role in rows]


def _is_in(verb: str, groups: frozenset[str]) -> bool:
    group = group_of(verb)
    return group is not None and group.app in groups
