"""6 党员发展程度, the unit's view: who is on the way into the Party, and who the members are."""

from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from rules import AdmissionStage
from shared import charts
from shared.charts import Chart
from shared.codes import EDUCATION, SEXES
from workspace.development.wording import said
from workspace.indicators import links
from workspace.indicators.columns import columns
from workspace.indicators.dashboards import building
from workspace.indicators.figures import growth
from workspace.indicators.inputs import development
from workspace.indicators.reach import REACH_READS, Reach
from workspace.indicators.records import people as people_records
from workspace.indicators.spans import month_label
from workspace.indicators.values import Attention, Brief, Explanation, Kind, Missing, Number

_PEOPLE = gettext_lazy("人")


def brief(reach: Reach) -> Brief:
    all_of, on_the_way = _all(reach), sum(development.stages_of(reach).values())
    quota = development.quota(reach)
    main = Number(
        key="admitted",
        label=_("发展党员"),
        value=all_of.admitted,
        unit=_PEOPLE,
        target=None if isinstance(quota, Missing) else quota,
        records="admitted",
    )
    if not on_the_way and not all_of.admitted:
        return Brief(_("还没有在办的发展党员档案。"), "", main)
    text = _(
        "在培养 {on_the_way} 人，本期发展 {admitted} 人、转正 {converted} 人；预备期满未转正 {overdue} 人。"
    ).format(
        on_the_way=on_the_way,
        admitted=all_of.admitted,
        converted=all_of.converted,
        overdue=all_of.overdue,
    )
    return Brief(text, "late" if all_of.overdue else "", main)


def fill(reach: Reach, brief: Brief) -> dict[str, Any]:
    by_path, all_of = growth.by_path(reach), _all(reach)
    nodes, quota = development.overdue_nodes(reach), development.quota(reach)
    stages = development.stages_of(reach)
    return {
        "numbers": [
            Number(key="on_the_way", label=_("在培养"), value=sum(stages.values()), unit=_PEOPLE, records="on_the_way"),
            Number(key="converted", label=_("本期转正"), value=all_of.converted, unit=_PEOPLE, records="converted"),
            Number(key="overdue", label=_("预备期满未转正"), value=all_of.overdue, unit=_PEOPLE, records="overdue"),
            Number(key="members", label=_("党员"), value=all_of.full + all_of.probationary, unit=_PEOPLE),
            building.share(reach, "nodes", _("25 步超期节点"), nodes, records="nodes"),
        ],
        "trend": _trend(reach),
        "charts": [_pipeline(stages), *_structure(reach)],
        "attention": [*_overdue(reach, all_of), *_steps(reach, nodes), *_without_case(reach)],
        "breakdown": building.mixed_breakdown(
            reach,
            counts=[
                (_("在培养"), _PEOPLE, _cases(reach)),
                *(
                    (label, _PEOPLE, {path: getattr(one, name) for path, one in by_path.items()})
                    for label, name in (
                        (_("本期发展"), "admitted"),
                        (_("本期转正"), "converted"),
                        (_("期满未转正"), "overdue"),
                    )
                ),
            ],
        ),
        "missing": building.missing(*(one for one in (nodes, quota) if one is not None)),
    }


def _all(reach: Reach) -> growth.Growth:
    return sum(growth.by_path(reach).values(), start=growth.Growth())


def _trend(reach: Reach) -> Chart:
    by_month = growth.admitted_monthly(reach)
    labels = [month_label(month) for month in by_month]
    return charts.trend(labels, {_("发展党员"): list(by_month.values())}, title=_("近十二个月发展党员"), unit=_PEOPLE)


def _cases(reach: Reach) -> dict[str, float]:
    """Open cases by unit path."""
    return {path: sum(counts.values()) for path, counts in development.stages(reach).items()}


def _pipeline(stages: dict[AdmissionStage, int]) -> Chart:
    rows = [(said(stage), people) for stage, people in stages.items()]
    return charts.bar(rows, title=_("发展党员各阶段人数"), unit=_PEOPLE)


def _structure(reach: Reach) -> list[Chart]:
    """By age, education and sex: who is not on record in a field is left out of its chart."""
    language = get_language() or ""
    ages = [(_age(low, high), people) for (low, high), people in growth.ages(reach)]
    schools: dict[str, int] = {}
    for code, people in growth.by_code(reach, "education").items():
        if code and (group := EDUCATION.get(f"{code[0]}0")):
            schools[group.label(language)] = schools.get(group.label(language), 0) + people
    sexes = [
        (found.label(language), people)
        for code, people in growth.by_code(reach, "sex").items()
        if (found := SEXES.get(code))
    ]
    return [
        charts.bar(ages, title=_("党员年龄结构"), unit=_PEOPLE),
        charts.bar(list(schools.items()), title=_("党员学历结构"), unit=_PEOPLE),
        charts.donut(sexes, title=_("党员性别结构"), unit=_PEOPLE),
    ]


def _age(low: int, high: int) -> str:
    if not low:
        return _("{high} 岁以下").format(high=high)
    return _("{low} 岁以上").format(low=low) if high > 120 else _("{low}–{high} 岁").format(low=low, high=high)


def _overdue(reach: Reach, all_of: growth.Growth) -> list[Attention]:
    if not all_of.overdue:
        return []
    return [
        Attention(
            text=_("{count} 名预备党员的预备期已满，还没有登记转正、延长或取消").format(count=all_of.overdue),
            place=str(reach.unit),
            url=links.records("development", "overdue", reach),
            act=_("看是哪些人"),
        )
    ]


def _steps(reach: Reach, nodes: building.Input) -> list[Attention]:
    late = 0 if isinstance(nodes, Missing) else int(reach.whole(nodes).part)
    if not late:
        return []
    text = _("{count} 份发展党员档案有步骤超过规定时限").format(count=late)
    return [Attention(text=text, place=str(reach.unit), url=links.to("development:overdue"), act=_("看逾期清单"))]


def _without_case(reach: Reach) -> list[Attention]:
    count = development.without_case(reach)
    if not count:
        return []
    text = _("{count} 名申请人、积极分子、发展对象或预备党员还没有发展档案").format(count=count)
    return [Attention(text=text, place=str(reach.unit), url=links.to("development:import"), act=_("导入在办档案"))]


EXPLANATIONS = (
    Explanation(
        label=gettext_lazy("在培养和超期节点"),
        words=gettext_lazy("进行中的发展党员档案，按所处阶段计数；其中有步骤超过规定时限的为超期。"),
        codes=(),
    ),
    Explanation(
        label=gettext_lazy("发展党员和转正"),
        words=gettext_lazy("入党日期、转正日期落在这一时期的人数。"),
        codes=("membership.from_meeting",),
    ),
    Explanation(
        label=gettext_lazy("预备期满未转正"),
        words=gettext_lazy("预备党员从支部大会通过之日起满一年（延长的加上延长的月数），名册上还没有转正日期。"),
        codes=("admission.probation", "admission.extension"),
        outside=gettext_lazy("只提示，由支部大会讨论决定。"),
    ),
    Explanation(
        label=gettext_lazy("年龄、学历、性别结构"),
        words=gettext_lazy("正式党员和预备党员，按名册上的出生日期、学历、性别统计。"),
        outside=gettext_lazy("名册上没有填写的不计入。"),
    ),
)

KIND = Kind(
    name="development",
    title=gettext_lazy("党员发展程度"),
    question=gettext_lazy("队伍在发展吗，谁该转正了？"),
    icon="trending-up",
    brief=brief,
    fill=fill,
    explanations=EXPLANATIONS,
    records={
        "on_the_way": people_records.in_cases,
        "nodes": people_records.in_late_cases,
        "admitted": people_records.in_span(gettext_lazy("本期发展党员"), "joined_on"),
        "converted": people_records.in_span(gettext_lazy("本期转正"), "converted_on"),
        "overdue": people_records.overdue,
    },
    reads=REACH_READS
    | columns(
        {
            "development_case": "id member_id next_due stage state",
            "development_quota": "admissions id unit_id year",
            "members_member": "birth_date category converted_on education id joined_on left_on sex unit_id"
            " probation_extension",
        }
    ),
)
