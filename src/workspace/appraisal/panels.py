"""What this app adds to a unit's page, and what stands in the way of closing one."""

from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from workspace.access.queries import may
from workspace.accounts.models import User
from workspace.appraisal.models import Appraisal
from workspace.appraisal.queries.visibility import HANDLE, VIEW
from workspace.organization import counters, panels
from workspace.organization.models import Unit, UnitQuerySet


def register() -> None:
    """Called once, when the process starts."""
    panels.register("appraisal", "appraisal/unit_panel.html", unit_panel, order=26)
    counters.register(
        counters.Counter(
            name="appraisals",
            label=_("正在进行的民主评议"),
            count=_running_by_path,
            advice=_("请先完成或取消。"),
            shown=False,
        )
    )


def unit_panel(unit: Unit, user: User) -> dict[str, Any] | None:
    """The appraisals of the last years, and the way to a new one."""
    if not unit.is_branch or unit.is_temporary or not may(user, VIEW, unit):
        return None
    rows = list(Appraisal.objects.filter(unit=unit).standing().without_texts().order_by("-year", "-pk")[:4])
    may_open = unit.is_open and may(user, HANDLE, unit) and not any(row.is_running for row in rows)
    return {"unit": unit, "rows": rows, "may_open": may_open} if rows or may_open else None


def _running_by_path(units: UnitQuerySet) -> dict[str, int]:
    here = Appraisal.objects.running().filter(unit__in=units.order_by().values("pk")).order_by()
    return dict(here.values_list("unit__path").annotate(appraisals=Count("pk")))
