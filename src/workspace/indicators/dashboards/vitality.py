"""5 组织活力度: six parts from 0 to 1. There is no total: six different things are not one number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared import charts
from workspace.activities.queries import figures
from workspace.indicators.columns import columns
from workspace.indicators.dashboards import building
from workspace.indicators.dashboards.advice import advice
from workspace.indicators.figures import elections, obligations, participation, renewal, voices
from workspace.indicators.inputs import voice
from workspace.indicators.reach import REACH_READS, Reach
from workspace.indicators.records import activities as activity_records
from workspace.indicators.records import obligations as obligation_records
from workspace.indicators.records import people as people_records
from workspace.indicators.records import resolutions as resolution_records
from workspace.indicators.shares import Share, Shares, mean
from workspace.indicators.values import Brief, Explanation, Kind, Missing, Number, Text

TARGET = 1.0


@dataclass(frozen=True)
class Part:
    """One of the six. Its value is the mean of the rates of its known ingredients, each by unit path."""

    key: str
    label: Text
    ingredients: Sequence[Shares | Missing]

    @property
    def known(self) -> list[Shares]:
        return [found for found in self.ingredients if not isinstance(found, Missing)]

    def rate(self, reach: Reach) -> float | None:
        return mean(reach.whole(found).rate for found in self.known)

    def basis(self, reach: Reach) -> str:
        return "；".join(building.basis(reach.whole(found)) for found in self.known)


def brief(reach: Reach) -> Brief:
    parts = _parts(reach)
    before = obligations.by_path(reach, span=reach.span.before)
    main = building.share(
        reach,
        "regularity",
        _("规范性"),
        parts[0].known[0],
        records="regularity",
        target=TARGET,
        before=obligations.shares(before),
    )
    verdict, level = _verdict([(part.rate(reach), part.label) for part in parts])
    return Brief(verdict, level, main)


def fill(reach: Reach, brief: Brief) -> dict[str, Any]:
    parts = _parts(reach)
    rates = {part.key: part.rate(reach) for part in parts}
    return {
        "numbers": [
            Number(key=part.key, label=part.label, value=rates[part.key], basis=part.basis(reach), records=part.key)
            for part in parts[1:]
        ],
        "band": obligations.band(reach.unit, span=reach.span, on=reach.on),
        "trend": building.trend(
            _("近十二个月规范性和参与面"),
            {_("规范性"): obligations.monthly(reach), _("参与面"): _monthly(reach)},
        ),
        "charts": [charts.radar([(part.label, rates[part.key]) for part in parts], title=_("活力六面"))],
        "attention": building.overdue(obligations.overdue(reach, most=building.MOST_ATTENTION)),
        "suggestions": advice(reach, rates),
        "breakdown": building.breakdown_of_rates(reach, [(part.label, part.known) for part in parts]),
        "missing": building.missing(*(found for part in parts for found in part.ingredients)),
    }


def _parts(reach: Reach) -> list[Part]:
    return reach.once("vitality", lambda: _read_parts(reach))


def _took_part(reach: Reach) -> dict[str, dict[date, Share]]:
    return reach.once("took_part", lambda: participation.by_path_and_month(reach))


def _read_parts(reach: Reach) -> list[Part]:
    regular = obligations.shares(obligations.by_path(reach))
    months = reach.span.months(reach.on)
    broad = {path: sum((by[m] for m in months if m in by), start=Share()) for path, by in _took_part(reach).items()}
    followed = figures.follow_through(under=reach.unit, first=reach.first, last=reach.last, on=reach.on)
    linked = figures.online_offline(under=reach.unit, first=reach.first, last=reach.until)
    return [
        Part("regularity", _("规范性"), [regular]),
        Part("breadth", _("参与面"), [broad]),
        Part(
            "interaction",
            _("互动性"),
            [voices.remarked(reach), voice.answered(reach), voice.talked_over(reach), voice.taken_up(reach)],
        ),
        Part(
            "follow_through",
            _("落实力"),
            [{path: Share(f.in_time, f.in_time + f.late + f.overdue) for path, f in followed.items()}],
        ),
        Part("link", _("线上线下"), [{path: Share(one.both, one.attended) for path, one in linked.items()}]),
        Part(
            "renewal",
            _("成长性"),
            [
                renewal.moving(reach),
                elections.shares(elections.standings(reach), on=reach.until),
                renewal.new_posts(reach),
            ],
        ),
    ]


def _monthly(reach: Reach) -> dict[date, Share]:
    months = reach.span.trend(reach.on)
    return {month: sum((by[month] for by in _took_part(reach).values()), start=Share()) for month in months}


def _verdict(rates: list[tuple[float | None, Text]]) -> tuple[str, str]:
    known = [(rate, label) for rate, label in rates if rate is not None]
    if not known:
        return _("这一时期的记录还不够，看不出活力如何。先把开过的会和活动登记归档。"), ""
    high = max(known, key=lambda pair: pair[0])
    low = min(known, key=lambda pair: pair[0])
    if len(known) == 1 or high[0] == low[0]:
        return _("目前有数据的方面：{label} {rate}%。").format(label=high[1], rate=_percent(high[0])), ""
    text = _("{high}最好（{high_rate}%），{low}最需要加强（{low_rate}%）。").format(
        high=high[1], high_rate=_percent(high[0]), low=low[1], low_rate=_percent(low[0])
    )
    return text, "good" if low[0] >= GOOD else ""


GOOD = 0.8


def _percent(rate: float) -> int:
    return min(round(rate * 100), 99) if rate < 1 else 100


EXPLANATIONS = (
    Explanation(
        label=gettext_lazy("规范性"),
        words=gettext_lazy(
            "（按期完成 + 0.5 × 逾期完成）÷（按期完成 + 逾期完成 + 逾期未完成）。"
            "应办事项按组织结构生成：没有支委会的支部不欠支委会会议。"
        ),
        codes=(
            "branch.general_meeting",
            "branch.committee_meeting",
            "branch.group_meeting",
            "branch.lecture",
            "branch.party_day",
            "branch.organisation_life_meeting",
            "branch.appraisal",
            "branch.heart_to_heart",
        ),
        outside=gettext_lazy("已免除的和还没有到期的事项不计入。"),
    ),
    Explanation(
        label=gettext_lazy("参与面"),
        words=gettext_lazy("每个月至少参加一次活动的党员 ÷ 应参加的党员，各月人次相加。只看参没参加，不看次数。"),
        codes=("education.organisation_life", "education.infirm"),
        outside=gettext_lazy("年老体弱等党员和失联党员不计入；按现在的名册计算。"),
    ),
    Explanation(
        label=gettext_lazy("互动性"),
        words=gettext_lazy(
            "几项的平均：会后有两人以上留言的活动、得到答复的问题、有两人以上讨论的话题、被采用的党员建议，各占多大比例。没有记录的不参加平均。"
        ),
    ),
    Explanation(
        label=gettext_lazy("落实力"),
        words=gettext_lazy("按期完成的决议 ÷（按期完成 + 逾期完成 + 逾期未完成）。"),
        outside=gettext_lazy("没有期限的和还没有到期的决议不计入。"),
    ),
    Explanation(
        label=gettext_lazy("线上线下"),
        words=gettext_lazy(
            "既在线上作了准备或答复、又到了现场、会后还留了言的人次 ÷ 到场人次。只计有地点、也有会前准备材料的活动。"
        ),
        codes=("education.online_and_offline",),
    ),
    Explanation(
        label=gettext_lazy("成长性"),
        words=gettext_lazy(
            "三项的平均：有发展对象的组织里有人入党或转正的比例、任期内的组织的比例、有人新任职务的支部的比例。"
        ),
    ),
)

KIND = Kind(
    name="vitality",
    title=gettext_lazy("组织活力度"),
    question=gettext_lazy("组织生活正常吗，党员愿意来、愿意说吗？"),
    icon="chart-radar",
    brief=brief,
    fill=fill,
    explanations=EXPLANATIONS,
    records={
        "regularity": obligation_records.source(gettext_lazy("应办事项")),
        "breadth": activity_records.source(gettext_lazy("已归档的活动")),
        "interaction": activity_records.source(gettext_lazy("有会后留言的活动"), activity_records.with_remarks),
        "follow_through": resolution_records.due,
        "link": activity_records.source(gettext_lazy("有会前准备的线下活动"), activity_records.with_two_halves),
        "renewal": people_records.on_the_way,
    },
    reads=REACH_READS
    | building.OVERDUE_READS
    | columns(
        {
            "activities_activity": "cancelled_at closed_at id place preparation starts_at unit_id",
            "activities_checkin": "activity_id member_id method",
            "activities_participation": "activity_id answered_at id member_id remarked_at",
            "activities_resolution": "activity_id done_at due id",
            "members_appointment": "since unit_id",
            "members_member": "category converted_on id is_exempt is_lost_contact joined_on left_on probation_extension"
            " unit_id",
            "voice_reply": "by_id topic_id",
            "voice_topic": "adopted_at answered_at asked_at declined_at due id kind unit_id",
        }
    ),
)
