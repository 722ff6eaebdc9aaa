"""The sample branch's activities go with it."""

from workspace.activities.models import Activity
from workspace.organization.models import UnitQuerySet


def clear_activities(units: UnitQuerySet) -> None:
    """Delete every activity of these units with all that hangs on it."""
    Activity.objects.filter(unit__in=units.order_by()).delete()
