"""Problems found by inspection (巡察、督查) and their closing."""

from django.utils.translation import gettext_lazy as _

from workspace.indicators.reach import Reach
from workspace.indicators.shares import Shares
from workspace.indicators.values import Missing


def closed(reach: Reach) -> Shares | Missing:
    """Problems whose closing fell due in the span, by unit path."""
    return Missing(
        what=_("检查发现问题整改"), filled_by=_("部门任务模块（尚未启用）：检查发现的问题作为任务下达、办结、销号")
    )
