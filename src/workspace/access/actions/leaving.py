"""Who leaves a unit loses what they could do there, at their next request."""

from django.db import transaction

from workspace.access.actions.taking import take_away
from workspace.access.models import OFFICES, Grant, Role
from workspace.accounts.models import User
from workspace.organization.models import Unit

# Held by appointment of the whole, not by belonging to a unit: taken back on the page of the person.
BY_APPOINTMENT = (Role.ADMIN, Role.MANAGER, *OFFICES)


@transaction.atomic
def end_access(user: User, *, by: User | None, why: str, unit: Unit | None = None) -> list[Grant]:
    """Take away the roles that rest on the unit left, or on any when somebody leaves the organisation altogether, and
    what was lent of them and to them. Administrators' roles stay. Gives back those that were taken."""
    held = Grant.objects.filter(user=user).exclude(role__in=BY_APPOINTMENT).select_related("user", "unit")
    if unit is not None:
        held = held.filter(unit=unit)
    ended = list(held)
    for one in ended:
        take_away(one, by=by, why=why)
    return ended
