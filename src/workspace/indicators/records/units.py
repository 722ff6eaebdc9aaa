"""Units, with when each was elected and when its term ends."""

from django.utils.translation import gettext_lazy as _

from shared.components import Column
from shared.components.badges import badge
from workspace.accounts.models import User
from workspace.indicators import links
from workspace.indicators.figures import elections
from workspace.indicators.reach import Reach
from workspace.indicators.records.listing import Listing


def terms(reach: Reach, user: User) -> Listing:
    """In tree order."""
    return Listing(
        title=_("换届情况"),
        rows=elections.standings(reach),
        columns=[
            Column(
                name="unit",
                label=_("党组织"),
                value=lambda row: str(row.unit),
                link=lambda row: links.unit(row.unit.pk),
            ),
            Column(name="unit.elected_on", label=_("本届选举日期"), kind="date"),
            Column(
                name="ends", label=_("任期届满"), value=lambda row: row.term.ends if row.term else None, kind="date"
            ),
            Column(name="state", label=_("状态"), value=lambda row: _state(row, reach), kind="html"),
        ],
    )


def _state(row: elections.Standing, reach: Reach) -> str:
    if row.term is None:
        return badge(_("未填写"), "")
    return badge(_("已届满"), "late") if row.is_over(reach.on) else badge(_("任期内"), "good")
