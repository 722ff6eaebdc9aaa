"""The three administrators (三员): whether they are apart here, and what a person may hand on."""

from shared.clock import today
from workspace.access.models import OFFICES, Grant, OwnRole, Role
from workspace.access.queries import above, verbs_of
from workspace.access.queries.held import verbs_held as held_by
from workspace.accounts.models import User
from workspace.organization.models import Unit

ALL_POWERFUL = (Role.ADMIN, Role.MANAGER)


def are_apart() -> bool:
    """Whether the duties are divided among three: exactly when somebody is the security administrator."""
    return Grant.objects.own().filter(role=Role.SECURITY).exists()


def office_of(user: User) -> Grant | None:
    """The office among the three that this person holds, in force or not."""
    return Grant.objects.filter(user=user, role__in=OFFICES).first()


def verbs_of_any(role: str) -> frozenset[str]:
    """What a role holds, built in or of the workspace's own. Raises OwnRole.DoesNotExist for an unknown one."""
    own = None if role in Role.values else OwnRole.objects.of_code(role).get().verbs
    return held_by(role, own, "")


def missing_to_give(by: User, role: str, unit: Unit) -> frozenset[str]:
    """The permissions of a role that this person does not hold on the unit and so cannot give.

    To give what they do not hold is the very office of the security administrator, who has no party work to hand out
    to themselves: nobody grants to self, and one person holds one office.
    """
    held = Grant.objects.in_force(today()).filter(user=by, unit__path__in=above(unit))
    if held.filter(role=Role.SECURITY).exists():
        return frozenset()
    return verbs_of_any(role) - verbs_of(by, on=unit)
