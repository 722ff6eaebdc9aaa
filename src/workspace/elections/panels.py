"""What this app adds to a unit's page, and what stands in the way of closing one."""

from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from shared.clock import today
from workspace.access.queries import may
from workspace.accounts.models import User
from workspace.elections.models import Election
from workspace.elections.queries.lists import of_unit
from workspace.elections.queries.terms import stage_of
from workspace.elections.queries.visibility import HANDLE, VIEW
from workspace.organization import counters, panels
from workspace.organization.models import Unit, UnitQuerySet
from workspace.organization.terms import term_of


def register() -> None:
    """Called once, when the process starts."""
    panels.register("elections", "elections/unit_panel.html", unit_panel, order=25)
    counters.register(
        counters.Counter(
            name="elections",
            label=_("正在办理的换届"),
            count=_running_by_path,
            advice=_("请先办结或取消。"),
            shown=False,
        )
    )


def unit_panel(unit: Unit, user: User) -> dict[str, Any] | None:
    """The election that runs, the ones before, and the way to a new one."""
    if unit.type == Unit.Type.GROUP or not may(user, VIEW, unit):
        return None
    rows = list(of_unit(unit)[:4])
    running = next((row for row in rows if row.is_running), None)
    may_open = running is None and unit.is_open and may(user, HANDLE, unit)
    if not rows and not may_open:
        return None
    return {
        "unit": unit,
        "running": running,
        "former": [row for row in rows if not row.is_running],
        "may_open": may_open,
        "stage": stage_of(term_of(unit), today()),
    }


def _running_by_path(units: UnitQuerySet) -> dict[str, int]:
    here = Election.objects.running().filter(unit__in=units.order_by().values("pk")).order_by()
    return dict(here.values_list("unit__path").annotate(elections=Count("pk")))
