"""Tasks of functional departments, support they owe to branches, and forms they ask for."""

from django.utils.translation import gettext_lazy as _

from workspace.indicators.reach import Reach
from workspace.indicators.shares import Shares
from workspace.indicators.values import Missing

_TASKS = _("部门任务模块（尚未启用）：任务的下达、退回和办结")


def in_time(reach: Reach) -> Shares | Missing:
    """Tasks of departments closed by their day, by unit path."""
    return Missing(what=_("部门任务按时办结、退回"), filled_by=_TASKS)


def forms(reach: Reach) -> Shares | Missing:
    """Forms and materials asked of branches; fields asked twice."""
    return Missing(
        what=_("要求支部填报的表格和材料、重复填报的比例"),
        filled_by=_("部门任务模块（尚未启用）：每张表说明依据和字段"),
    )


def visits(reach: Reach) -> Shares | Missing:
    """Visits of the first responsible person to the branches they keep contact with, against their plan."""
    return Missing(what=_("联系点调研"), filled_by=_("部门任务模块（尚未启用）：联系点和年度调研计划"))
