"""Projects that tie party work to business, and the survey shown beside them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from workspace.indicators.reach import Reach
from workspace.indicators.values import Missing

_FROM = _("融合项目模块（尚未启用）：攻关项目、示范岗、责任区的基线、目标、结果，以及业务负责人的确认")
MOST_ATTAINED = 1.2


@dataclass(frozen=True, kw_only=True)
class Project:
    """One project. `result` is None while nobody has measured it; `confirmed` says that the business owner agrees."""

    title: str
    path: str
    baseline: float
    target: float
    result: float | None
    weight: float = 1
    confirmed: bool = False


def projects(reach: Reach) -> Sequence[Project] | Missing:
    """Of the unit and below, that end in the span."""
    return Missing(what=_("项目卡片：基线、目标、结果、业务负责人确认"), filled_by=_FROM)


def survey(reach: Reach) -> float | Missing:
    """What members and others say in the yearly survey; shown beside the figure, never blended in."""
    return Missing(what=_("党员和群众年度问卷"), filled_by=_("意见建议模块：年度问卷"))


def attainment(project: Project) -> float:
    """clamp((result − baseline) / (target − baseline), 0, 1.2); 0 while unmeasured. A target that equals its baseline
    is held (1) or not (0)."""
    if project.result is None:
        return 0
    way = project.target - project.baseline
    if way == 0:
        return 1 if project.result == project.target else 0
    return min(max((project.result - project.baseline) / way, 0), MOST_ATTAINED)


def contribution(projects: Sequence[Project]) -> float | None:
    """Σ weight·attainment·confirmed / Σ weight; None without projects."""
    weights = sum(project.weight for project in projects)
    if not weights:
        return None
    return sum(project.weight * attainment(project) * project.confirmed for project in projects) / weights
