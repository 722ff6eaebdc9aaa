"""Obligations, met and not: what a rate counted."""

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext_lazy as _

from shared.components import Column
from shared.components.badges import badge
from workspace.accounts.models import User
from workspace.activities.models import Obligation
from workspace.activities.queries import figures
from workspace.indicators import links
from workspace.indicators.reach import Reach
from workspace.indicators.records.listing import Listing, Source
from workspace.indicators.values import Text
from workspace.organization.visibility import units_where

_LEVELS = {"met": "good", "late": "gold", "exempt": ""}


def source(title: Text, codes: Collection[str] = ()) -> Source:
    """The obligations of some rules (of all without codes) that fall due in the span, as the tally counts them."""

    def listing(reach: Reach, user: User) -> Listing:
        rows = figures.obligations_behind(
            under=reach.unit, first=reach.first, last=reach.last, codes=codes, past=reach.past
        )
        if reach.past.segments:  # what went elsewhere is opened by those who see it there
            rows = rows.filter(unit__in=units_where(user, "unit.dashboard").order_by().values("pk"))
        return Listing(
            title=title,
            rows=rows.select_related("unit", "met_by").order_by("due", "unit__path", "pk"),
            columns=_columns(reach),
            sort="due",
        )

    return listing


def _columns(reach: Reach) -> list[Column]:
    return [
        Column(name="label", label=_("事项"), link=lambda row: links.obligations(row.unit, row.period_start.year)),
        Column(name="unit", label=_("党组织"), value=lambda row: reach.past.name_of(row.unit), sort="unit__path"),
        Column(name="due", label=_("应于"), sort="due", kind="date"),
        Column(name="state", label=_("状态"), value=lambda row: _state(row, reach.on), sort="state", kind="html"),
        Column(
            name="met_by",
            label=_("凭据"),
            value=lambda row: row.met_by.title if row.met_by and not row.met_by.is_private else _proof(row),
            link=lambda row: links.activity(row.met_by_id),
        ),
    ]


def _proof(row: Obligation) -> str:
    """A heart-to-heart talk is named, its title is not told."""
    return str(_("谈心谈话")) if row.met_by else row.exempt_reason


def _state(row: Obligation, on: date) -> str:
    if row.is_overdue(on=on):
        return badge(_("逾期"), "late")
    return badge(row.get_state_display() if row.state != "open" else _("未到期"), _LEVELS.get(row.state, "info"))
