"""May this person do that, there? Every record reaches a view through one of these."""

from django.db.models import Q, QuerySet

from shared.clock import today
from workspace.access.models import Grant, Role
from workspace.access.models.grant import GrantQuerySet
from workspace.accounts.models import User
from workspace.organization.models import Unit, UnitQuerySet

# verb → the roles that may do it on their unit and below. Reading is wider than writing; members see their own branch.
VERBS: dict[str, frozenset[str]] = {
    "unit.view": frozenset({Role.ADMIN, Role.SECRETARY, Role.COMMITTEE, Role.MEMBER}),
    "unit.change": frozenset({Role.ADMIN}),
    "unit.dashboard": frozenset({Role.ADMIN, Role.SECRETARY, Role.COMMITTEE}),
    "access.grant": frozenset({Role.ADMIN}),
    "access.invite": frozenset({Role.ADMIN, Role.SECRETARY}),
    "member.view": frozenset({Role.ADMIN, Role.SECRETARY, Role.COMMITTEE}),
    "member.change": frozenset({Role.ADMIN, Role.SECRETARY}),
    "member.import": frozenset({Role.ADMIN, Role.SECRETARY}),
    "member.export": frozenset({Role.ADMIN, Role.SECRETARY}),
    "activity.view": frozenset({Role.ADMIN, Role.SECRETARY, Role.COMMITTEE, Role.MEMBER}),
    "activity.change": frozenset({Role.ADMIN, Role.SECRETARY, Role.COMMITTEE}),
    "dues.view": frozenset({Role.ADMIN, Role.SECRETARY, Role.COMMITTEE}),
    "dues.change": frozenset({Role.ADMIN, Role.SECRETARY, Role.COMMITTEE}),
    "learning.view": frozenset({Role.ADMIN, Role.SECRETARY, Role.COMMITTEE, Role.MEMBER}),
    "learning.change": frozenset({Role.ADMIN, Role.SECRETARY, Role.COMMITTEE}),
    "voice.answer": frozenset({Role.ADMIN, Role.SECRETARY, Role.COMMITTEE}),
    "settings.change": frozenset({Role.ADMIN}),
    "workspace.export": frozenset({Role.ADMIN}),
}


def grants_of(user: User, verb: str) -> GrantQuerySet:
    """The grants in force that let this person do the verb. An unknown verb raises KeyError: a typo opens no door."""
    roles = VERBS[verb]
    return Grant.objects.in_force(today()).filter(user=user, role__in=roles)


def units_where(user: User, verb: str) -> UnitQuerySet:
    """All units, closed ones too, on which this person may do the verb."""
    paths = list(grants_of(user, verb).values_list("unit__path", flat=True))
    if not paths:
        return Unit.objects.none()
    reach = Q()
    for path in paths:
        reach |= Q(path__startswith=path)
    return Unit.objects.filter(reach)


def may(user: User, verb: str, unit: Unit | None = None) -> bool:
    """Whether this person may do the verb on the unit, or anywhere at all when no unit is named."""
    paths = grants_of(user, verb).values_list("unit__path", flat=True)
    return bool(paths) if unit is None else any(unit.path.startswith(path) for path in paths)


def administers(user: User) -> bool:
    """Whether this person holds the administrator's role anywhere."""
    return grants_of(user, "access.grant").exists()


def verbs_of(user: User) -> frozenset[str]:
    """Every verb this person may do somewhere, for menus: one query for all of them."""
    roles = set(Grant.objects.in_force(today()).filter(user=user).values_list("role", flat=True).distinct())
    return frozenset(verb for verb, allowed in VERBS.items() if allowed & roles)


def people_who(verb: str, unit: Unit) -> "QuerySet[User]":
    """Everybody with an open account who may do the verb on the unit: those to be told or asked."""
    step = Unit.steplen
    above = [unit.path[:end] for end in range(step, len(unit.path) + 1, step)]
    held = Grant.objects.in_force(today()).filter(role__in=VERBS[verb], unit__path__in=above)
    return User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("pk")
