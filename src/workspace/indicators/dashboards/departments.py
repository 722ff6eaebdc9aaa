"""3 职能部门推动落实: what departments ask of branches, and how soon they answer. Less burden is better."""

from collections.abc import Callable
from math import ceil
from statistics import median
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared import charts
from workspace.indicators import links
from workspace.indicators.columns import columns
from workspace.indicators.dashboards import building
from workspace.indicators.figures import burden
from workspace.indicators.inputs import tasks, voice
from workspace.indicators.reach import REACH_READS, Reach
from workspace.indicators.records import activities as activity_records
from workspace.indicators.records import topics as topic_records
from workspace.indicators.shares import Share
from workspace.indicators.spans import month_label
from workspace.indicators.values import Attention, Brief, Explanation, Kind, Missing, Number

_A_MONTH = gettext_lazy("次/月")
_DAYS = gettext_lazy("天")
NINE_OF_TEN = 0.9


def brief(reach: Reach) -> Brief:
    now = _index(reach)
    before = reach.whole(burden.load(reach, _calls(reach), reach.span.before.months(reach.on))).rate
    main = Number(
        key="burden",
        label=_("支部负担指数"),
        value=now.rate,
        unit=_A_MONTH,
        before=before,
        basis=_("{meetings} 次 / {months} 支部·月，越低越好").format(meetings=int(now.part), months=now.whole),
        records="burden",
    )
    if now.rate is None:
        return Brief(_("支部和月份还太少，看不出负担。"), "", main)
    sentence = _("上级平均每月要求每个支部参加 {value} 次会议活动").format(value=main.shown)
    if before is None:
        return Brief(_("{sentence}。").format(sentence=sentence), "", main)
    change = _("比上期减轻") if now.rate < before else _("比上期加重") if now.rate > before else _("与上期持平")
    return Brief(f"{sentence}，{change}。", "good" if now.rate < before else "", main)


def fill(reach: Reach, brief: Brief) -> dict[str, Any]:
    found, months = _calls(reach), reach.span.months(reach.on)
    load, based = burden.load(reach, found, months), burden.based(found, months)
    days = voice.days_to_answer(reach, above_branches=True)
    in_time, forms = tasks.in_time(reach), tasks.forms(reach)
    rates = {path: share.part / share.whole for path, share in load.items() if share.whole}
    return {
        "numbers": [
            building.share(reach, "based", _("写明依据的比例"), based, records="burden"),
            _days("median", _("答复求助（中位数）"), days, median),
            _days("ninety", _("答复求助（九成以内）"), days, _nine_of_ten),
            building.share(reach, "tasks", _("部门任务按时办结"), in_time),
            building.share(reach, "forms", _("重复填报"), forms),
        ],
        "trend": _trend(reach, found),
        "attention": _waiting(reach),
        "breakdown": building.mean_breakdown(reach, [(_("负担指数"), _A_MONTH, rates)]),
        "missing": building.missing(days, in_time, forms),
    }


def _index(reach: Reach) -> Share:
    return reach.whole(burden.load(reach, _calls(reach), reach.span.months(reach.on)))


def _calls(reach: Reach) -> list[burden.Call]:
    """Of the span, of the one before it, which it is held against, and of the months of the trend."""
    first = min(reach.span.before.first, reach.span.trend(reach.on)[0])
    return reach.once("calls", lambda: burden.calls(reach, first=first, last=reach.until))


def _days(key: str, label: str, days: list[float] | Missing, measure: Callable[[list[float]], float]) -> Number:
    if isinstance(days, Missing):
        return Number(key=key, label=label, value=None, missing=days)
    basis = _("{count} 件").format(count=len(days))
    return Number(key=key, label=label, value=measure(days), unit=_DAYS, basis=basis, records="support")


def _nine_of_ten(days: list[float]) -> float:
    """The days within which nine of ten were answered; `days` are in order."""
    return days[ceil(NINE_OF_TEN * len(days)) - 1]


def _trend(reach: Reach, found: list[burden.Call]) -> charts.Chart:
    months = reach.span.trend(reach.on)
    values = [reach.whole(burden.load(reach, found, [month])) for month in months]
    series = [round(share.part / share.whole, 1) if share.whole else None for share in values]
    labels = [month_label(month) for month in months]
    return charts.trend(labels, {_("次/支部"): series}, title=_("近十二个月每个支部被要求参加的会议活动"))


def _waiting(reach: Reach) -> list[Attention]:
    return [
        Attention(
            text=_("“{title}”应于 {due} 前答复").format(title=topic.title, due=topic.due.isoformat()),
            place=str(topic.unit),
            url=links.topic(topic.pk) or links.records("departments", "support", reach),
            act=_("去答复"),
        )
        for topic in voice.waiting_above(reach, most=building.MOST_ATTENTION)
    ]


EXPLANATIONS = (
    Explanation(
        label=gettext_lazy("支部负担指数"),
        words=gettext_lazy(
            "党委、党总支面向下级全体党员召集的、已归档的会议活动，按每个支部每月平均几次计算。"
            "表格和材料登记以后一并计入。越低越好，与自己上一期比，不与别的单位比。"
        ),
        outside=gettext_lazy("支部自己开的会和党小组的会不计入。"),
    ),
    Explanation(
        label=gettext_lazy("写明依据的比例"),
        words=gettext_lazy("写明是为完成哪项应办事项而召集的会议活动 ÷ 全部召集的会议活动。"),
    ),
    Explanation(
        label=gettext_lazy("答复求助"),
        words=gettext_lazy(
            "支部和党员向党委、党总支提出的问题，从提出到第一次答复的天数：中位数，以及九成在几天以内。"
        ),
    ),
)

KIND = Kind(
    name="departments",
    title=gettext_lazy("职能部门推动落实"),
    question=gettext_lazy("部门给支部添了多少负担，帮了多少忙？"),
    icon="building",
    brief=brief,
    fill=fill,
    explanations=EXPLANATIONS,
    records={
        "burden": activity_records.source(gettext_lazy("上级召集的会议活动"), activity_records.called_from_above),
        "support": topic_records.support,
    },
    reads=REACH_READS
    | columns(
        {
            "activities_activity": "aims audience cancelled_at closed_at id starts_at unit_id",
            "voice_topic": "answered_at asked_at due id is_private title unit_id",
        }
    ),
)
