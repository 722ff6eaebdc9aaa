"""May this person do that, there? Every record reaches a view through one of these."""

from django.db.models import Q, QuerySet

from shared.clock import today
from shared.permissions import group_of, permission
from workspace.access.acting import note
from workspace.access.models import OFFICES, Grant, OwnRole, Role
from workspace.access.models.grant import GrantQuerySet
from workspace.access.models.own_role import CODE
from workspace.access.queries.held import held_by
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
    """Every verb this person may do somewhere, or on one unit, for menus."""
    held = [one for one in held_by(user) if on is None or on.path.startswith(one.path)]
    return frozenset().union(*(one.verbs for one in held))


def people_who(verb: str, unit: Unit) -> "QuerySet[User]":
    """Everybody with an open account who may do the verb on the unit: those to be told or asked."""
    held = Grant.objects.in_force(today()).filter(holding(verb), unit__path__in=above(unit))
    return User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("pk")


def above(unit: Unit) -> list[str]:
    """The paths of the unit and of those it stands under: a grant on one of them reaches it."""
    return [unit.path[:end] for end in range(Unit.steplen, len(unit.path) + 1, Unit.steplen)]


def _reaching(user: User, verb: str) -> list[tuple[str, int | None]]:
    """Path, and the grant's key where it is lent. In which roles is noted on the person, for the record. An unknown
    verb raises KeyError: a typo opens no door."""
    permission(verb)
    rows = [one for one in held_by(user) if verb in one.verbs]
    user.known_roles = known_roles(user) | {one.role for one in rows}  # type: ignore[attr-defined]
    return [(one.path, one.pk if one.is_lent else None) for one in rows]
