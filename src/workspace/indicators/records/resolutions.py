"""Resolutions due in the span."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shared.components import Column
from shared.components.badges import badge
from workspace.accounts.models import User
from workspace.activities.models import Resolution
from workspace.activities.queries import figures, visibility
from workspace.indicators import links
from workspace.indicators.reach import Reach
from workspace.indicators.records.listing import Listing
from workspace.indicators.values import Text
from workspace.members.models import Appointment


def due(reach: Reach, user: User) -> Listing:
    """Those due in the span."""
    rows = figures.resolutions_behind(under=reach.unit, first=reach.first, last=reach.last)
    return _listing(_("决议落实"), rows, reach, user)


def by_secretaries(reach: Reach, user: User) -> Listing:
    """Those in a secretary's own name, done in the span."""
    secretaries = Appointment.objects.current(reach.until).filter(
        post=Appointment.Post.SECRETARY, unit__path__startswith=reach.unit.path
    )
    rows = Resolution.objects.filter(
        owner__in=secretaries.values("member").order_by(),
        done_at__date__gte=reach.first,
        done_at__date__lte=reach.until,
    )
    return _listing(_("亲自督办"), rows, reach, user)


def _listing(title: Text, rows: "QuerySet[Resolution]", reach: Reach, user: User) -> Listing:
    """Of these, what the reader may open, by due day."""
    seen = visibility.resolutions_visible_to(user).values("pk").order_by()
    return Listing(
        title=title,
        rows=rows.filter(pk__in=seen).select_related("activity__unit", "owner").order_by("due", "pk"),
        columns=[
            Column(name="text", label=_("决议"), link=lambda row: links.resolution(row.pk)),
            Column(
                name="unit", label=_("党组织"), value=lambda row: str(row.activity.unit), sort="activity__unit__path"
            ),
            Column(name="owner", label=_("责任人"), value=lambda row: str(row.owner) if row.owner else ""),
            Column(name="due", label=_("期限"), sort="due", kind="date"),
            Column(name="state", label=_("状态"), value=lambda row: _state(row, reach.on), kind="html"),
        ],
        sort="due",
    )


def _state(row: Any, on: date) -> str:
    if row.is_done:
        in_time = row.due is None or timezone.localdate(row.done_at) <= row.due
        return badge(_("按期完成"), "good") if in_time else badge(_("逾期完成"), "gold")
    return badge(_("逾期"), "late") if row.is_overdue(on=on) else badge(_("未到期"), "info")
