"""What this app adds to a unit's page."""

from typing import Any

from shared.clock import today
from workspace.access.queries import may
from workspace.accounts.models import User
from workspace.development.models import Case
from workspace.development.queries.pipeline import by_stage
from workspace.development.queries.visibility import VIEW
from workspace.development.wording import said
from workspace.organization import panels
from workspace.organization.models import Unit


def register() -> None:
    """Called once, when the process starts."""
    panels.register("development", "development/unit_panel.html", unit_panel, order=35)


def unit_panel(unit: Unit, user: User) -> dict[str, Any] | None:
    """How many cases are in which stage; nothing where there is none."""
    if unit.type == Unit.Type.GROUP or not may(user, VIEW, unit):
        return None
    stages = [(said(stage), count) for stage, count in by_stage(Case.objects.open().below(unit)) if count]
    if not stages:
        return None
    return {"unit": unit, "stages": stages, "late": Case.objects.overdue(today()).below(unit).count()}
