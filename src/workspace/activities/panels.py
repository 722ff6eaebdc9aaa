"""What this app adds to a unit's page, and how it empties a sample."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from shared.clock import now, today
from workspace.access.queries import may
from workspace.accounts.models import User
from workspace.activities.actions.sample import clear_activities
from workspace.activities.models import Obligation
from workspace.activities.queries import figures
from workspace.activities.queries.visibility import activities_visible_to
from workspace.organization import clearing, panels
from workspace.organization.models import Unit

_COMING = 3


def register() -> None:
    """Called once, when the process starts."""
    panels.register("activities", "activities/unit_panel.html", unit_panel, order=40)
    clearing.register("activities", clear_activities, order=30)


def unit_panel(unit: Unit, user: User) -> dict[str, Any] | None:
    """How the year's obligations of the unit stand, and what comes next. Nothing for a party group or an outsider."""
    if unit.type == Unit.Type.GROUP or not may(user, "activity.view", unit):
        return None
    day = today()
    rows = Obligation.objects.of_year(day.year).filter(unit=unit)
    coming = activities_visible_to(user).standing().filter(unit=unit, starts_at__gte=now()).order_by("starts_at")
    return {
        "title": _("组织生活"),
        "unit": unit,
        "tally": figures.tally_of(rows, on=day),
        "coming": list(coming[:_COMING]),
        "organises": may(user, "activity.change", unit) and unit.closed_on is None,
    }
