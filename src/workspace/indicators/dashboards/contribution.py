"""4 业务贡献度: projects that tie party work to business. An association, not a cause."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workspace.indicators.dashboards import building
from workspace.indicators.inputs import projects
from workspace.indicators.inputs.projects import Project
from workspace.indicators.reach import Reach
from workspace.indicators.values import Brief, Card, Explanation, Kind, Missing, Number

TARGET = 1.0


def brief(reach: Reach) -> Brief:
    return brief_of(projects.projects(reach))


def brief_of(found: Sequence[Project] | Missing) -> Brief:
    """The sentence and the number of some projects."""
    label = _("业务贡献度")
    if isinstance(found, Missing) or not found:
        missing = found if isinstance(found, Missing) else None
        main = Number(key="contribution", label=label, value=None, target=TARGET, missing=missing)
        return Brief(_("还没有登记党建与业务融合的项目，所以没有数字。"), "", main)
    confirmed = sum(project.confirmed for project in found)
    basis = _("{count} 个项目，{confirmed} 个经业务负责人确认").format(count=len(found), confirmed=confirmed)
    value = projects.contribution(found)
    main = Number(key="contribution", label=label, value=value, target=TARGET, basis=basis)
    text = _("{count} 个融合项目，{confirmed} 个的结果经业务负责人确认。").format(count=len(found), confirmed=confirmed)
    return Brief(text, "good" if confirmed == len(found) else "", main)


def fill(reach: Reach, brief: Brief) -> dict[str, Any]:
    found, survey = projects.projects(reach), projects.survey(reach)
    return {
        "numbers": [
            Number(key="survey", label=_("年度问卷"), value=None, missing=survey)
            if isinstance(survey, Missing)
            else Number(key="survey", label=_("年度问卷"), value=survey)
        ],
        "cards": [] if isinstance(found, Missing) else [card(project) for project in found],
        "missing": building.missing(found, survey),
    }


def card(project: Project) -> Card:
    """A project in words."""
    measured = _("待测量") if project.result is None else str(project.result)
    return Card(
        title=project.title,
        facts=[
            (_("基线"), str(project.baseline)),
            (_("目标"), str(project.target)),
            (_("结果"), measured),
            (_("完成度"), f"{round(projects.attainment(project) * 100)}%"),
            (_("业务负责人"), _("已确认") if project.confirmed else _("待确认")),
        ],
        share=projects.attainment(project),
    )


EXPLANATIONS = (
    Explanation(
        label=gettext_lazy("完成度"),
        words=gettext_lazy("（结果 − 基线）÷（目标 − 基线），最低 0，最高 1.2。"),
    ),
    Explanation(
        label=gettext_lazy("业务贡献度"),
        words=gettext_lazy(
            "Σ 权重 × 完成度 × 是否经业务负责人确认 ÷ Σ 权重。这里说明党建与业务结果同时发生，不证明因果。"
        ),
        codes=("education.roles",),
        outside=gettext_lazy("没有经业务负责人确认的结果按 0 计。"),
    ),
    Explanation(
        label=gettext_lazy("年度问卷"),
        words=gettext_lazy("党员和群众的看法放在旁边看，不合进上面的数字。"),
    ),
)

KIND = Kind(
    name="contribution",
    title=gettext_lazy("业务贡献度"),
    question=gettext_lazy("党建和业务拧成一股绳了吗？"),
    icon="target-arrow",
    brief=brief,
    fill=fill,
    explanations=EXPLANATIONS,
    reads=frozenset(),  # projects bring theirs
)
