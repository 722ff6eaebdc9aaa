"""Development cases (发展党员): recorded on paper until the case module keeps them."""

from django.utils.translation import gettext_lazy as _

from workspace.indicators.reach import Reach
from workspace.indicators.shares import Shares
from workspace.indicators.values import Missing

_FROM = _("发展党员模块（尚未启用）：每一步的日期和依据在那里登记")


def approvals(reach: Reach) -> Shares | Missing:
    """Admissions approved within three months of the branch meeting, by unit path."""
    return Missing(what=_("三个月内审批"), filled_by=_FROM)


def overdue_nodes(reach: Reach) -> Shares | Missing:
    """Steps of running cases whose clock has run out."""
    return Missing(what=_("25 个步骤的进度和超期节点"), filled_by=_FROM)


def quota(reach: Reach) -> float | Missing:
    """How many may be admitted in the span, as the level above set it."""
    return Missing(what=_("年度发展计划指标"), filled_by=_("发展党员模块（尚未启用）：上级下达的计划数在那里登记"))
