"""Questions and ideas behind a figure; what was asked in private stays with those who see it anyway."""

from django.utils.translation import gettext_lazy as _

from shared.components import Column
from workspace.accounts.models import User
from workspace.indicators import links
from workspace.indicators.reach import Reach
from workspace.indicators.records.listing import Listing
from workspace.organization.models import Unit
from workspace.voice.queries import figures


def asked(reach: Reach, user: User) -> Listing:
    """All topics of the span that are not private."""
    return _listing(reach, above_branches=False)


def support(reach: Reach, user: User) -> Listing:
    """Those put to committees and general branches."""
    return _listing(reach, above_branches=True)


def _listing(reach: Reach, *, above_branches: bool) -> Listing:
    rows = figures.topics_behind(under=reach.unit, first=reach.first, last=reach.until).filter(is_private=False)
    if above_branches:
        rows = rows.exclude(unit__type__in=(*Unit.BRANCHES, Unit.Type.GROUP))
    return Listing(
        title=_("提问与建议"),
        rows=rows.select_related("unit").order_by("-asked_at", "-pk"),
        columns=[
            Column(name="title", label=_("题目"), link=lambda row: links.topic(row.pk)),
            Column(name="unit", label=_("答复单位"), value=lambda row: str(row.unit), sort="unit__path"),
            Column(name="asked_at", label=_("提出日期"), sort="asked_at", kind="date"),
            Column(name="answered_at", label=_("答复日期"), sort="answered_at", kind="date"),
        ],
        sort="-asked_at",
    )
