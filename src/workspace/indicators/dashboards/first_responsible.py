"""2 第一责任人: what the first responsible persons did themselves. Counts with their records; no total score."""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import rules
from workspace.indicators.columns import columns
from workspace.indicators.dashboards import building
from workspace.indicators.figures import leaders, obligations
from workspace.indicators.inputs import tasks, voice
from workspace.indicators.reach import REACH_READS, Reach
from workspace.indicators.records import activities as activity_records
from workspace.indicators.records import obligations as obligation_records
from workspace.indicators.records import people as people_records
from workspace.indicators.records import resolutions as resolution_records
from workspace.indicators.shares import Shares
from workspace.indicators.values import Brief, Explanation, Kind, Missing, Number, Text

LECTURE = ("committee.secretary_lecture",)
TARGET = 1.0
_TIMES = gettext_lazy("次")


@dataclass(frozen=True)
class _Done:
    """The four of 四个亲自, by unit path."""

    deployed: Mapping[str, int]
    asked: Mapping[str, int]
    coordinated: Mapping[str, int]
    supervised: Mapping[str, int]

    @property
    def four(self) -> list[tuple[str, Text, Mapping[str, int]]]:
        return [
            ("deployed", _("亲自部署"), self.deployed),
            ("asked", _("亲自过问"), self.asked),
            ("coordinated", _("亲自协调"), self.coordinated),
            ("supervised", _("亲自督办"), self.supervised),
        ]


def brief(reach: Reach) -> Brief:
    found, done, tallies = _leaders(reach), _done(reach), _lectures(reach)
    main = building.share(
        reach, "lecture", _("书记讲党课"), obligations.shares(tallies), records="lecture", target=TARGET
    )
    if not found:
        return Brief(_("还没有登记书记。在组织页面登记任职后，这里会显示各位第一责任人做了什么。"), "", main)
    lectures = obligations.added(tallies.values())
    deployed, asked, coordinated, supervised = (sum(by_path.values()) for _key, _label, by_path in done.four)
    text = _(
        "{people} 位第一责任人部署 {deployed} 次、过问 {asked} 次、协调 {coordinated} 次、督办 {supervised} 次；"
        "逾期未讲党课 {open} 位。"
    ).format(
        people=len(found),
        deployed=deployed,
        asked=asked,
        coordinated=coordinated,
        supervised=supervised,
        open=lectures.open,
    )
    return Brief(text, "late" if lectures.open else "", main)


def fill(reach: Reach, brief: Brief) -> dict[str, Any]:
    found, done = _leaders(reach), _done(reach)
    life = leaders.double_life(reach, found)
    days, visits = voice.days_to_answer(reach), tasks.visits(reach)
    counts = [
        Number(key=key, label=label, value=sum(by_path.values()), unit=_TIMES, records=key)
        for key, label, by_path in done.four
    ]
    lectures = obligations.shares(_lectures(reach))
    return {
        "numbers": [
            *counts,
            building.share(reach, "life", _("参加双重组织生活"), life, records="secretaries", target=TARGET),
            _median(days),
            building.share(reach, "visits", _("联系点调研"), visits),
        ],
        "trend": building.trend(
            _("近十二个月书记讲党课（滚动）"), {_("完成率"): obligations.rolling(reach, LECTURE)}, target=100
        ),
        "attention": building.overdue(obligations.overdue(reach, LECTURE, most=building.MOST_ATTENTION)),
        "breakdown": building.mixed_breakdown(
            reach, counts=[(label, _TIMES, by_path) for _key, label, by_path in done.four], rates=_rates(lectures, life)
        ),
        "missing": building.missing(days, visits),
    }


def _rates(lectures: Shares, life: Shares) -> list[tuple[Text, Shares]]:
    return [(_("书记讲党课"), lectures), (_("双重组织生活"), life)]


def _median(days: list[float] | Missing) -> Number:
    label = _("答复天数（中位数）")
    if isinstance(days, Missing):
        return Number(key="days", label=label, value=None, missing=days)
    basis = _("{count} 件").format(count=len(days))
    return Number(key="days", label=label, value=median(days), unit=_("天"), basis=basis)


def _leaders(reach: Reach) -> list[leaders.Leader]:
    return reach.once("leaders", lambda: leaders.leaders(reach))


def _lectures(reach: Reach) -> dict[str, rules.Tally]:
    return reach.once("lectures", lambda: obligations.by_path(reach, LECTURE))


def _done(reach: Reach) -> _Done:
    return reach.once("done", lambda: _read(reach, _leaders(reach)))


def _read(reach: Reach, found: list[leaders.Leader]) -> _Done:
    users = [leader.user for leader in found if leader.user]
    deployed, coordinated = leaders.chaired(reach, found, leaders.DEPLOYING, leaders.COORDINATING)
    return _Done(deployed, voice.answered_by(reach, users), coordinated, leaders.seen_to(reach, found))


EXPLANATIONS = (
    Explanation(
        label=gettext_lazy("四个亲自"),
        words=gettext_lazy(
            "部署：书记主持的专题研究、年度计划、党委会、支委会、党员大会；过问：书记答复的提问和建议；"
            "协调：书记主持的共建活动和走访；督办：书记本人负责并已完成的决议。只计次数，附记录，不合成总分。"
        ),
        codes=("committee.work_report",),
    ),
    Explanation(
        label=gettext_lazy("书记讲党课"),
        words=gettext_lazy("（按期完成 + 0.5 × 逾期完成）÷ 到期应讲的。"),
        codes=LECTURE,
        outside=gettext_lazy("不满 3 位的不算比例，只看记录。"),
    ),
    Explanation(
        label=gettext_lazy("参加双重组织生活"),
        words=gettext_lazy("这一时期参加过所在支部组织生活会的书记 ÷ 书记人数。只看参没参加。"),
        codes=("branch.organisation_life_meeting",),
        outside=gettext_lazy("年老体弱等免除的不计入。"),
    ),
    Explanation(
        label=gettext_lazy("答复天数"),
        words=gettext_lazy("从提出到第一次答复的天数，取中位数。"),
    ),
)

KIND = Kind(
    name="first-responsible",
    title=gettext_lazy("第一责任人"),
    question=gettext_lazy("书记亲自部署、过问、协调、督办了什么？"),
    icon="user-check",
    brief=brief,
    fill=fill,
    explanations=EXPLANATIONS,
    records={
        "lecture": obligation_records.source(gettext_lazy("书记讲党课"), LECTURE),
        "deployed": activity_records.source(gettext_lazy("亲自部署"), activity_records.hosted(leaders.DEPLOYING)),
        "coordinated": activity_records.source(gettext_lazy("亲自协调"), activity_records.hosted(leaders.COORDINATING)),
        "supervised": resolution_records.by_secretaries,
        "asked": people_records.secretaries,
        "secretaries": people_records.secretaries,
    },
    reads=REACH_READS
    | building.OVERDUE_READS
    | columns(
        {
            "activities_activity": "cancelled_at closed_at host id kinds starts_at unit_id",
            "activities_checkin": "activity_id member_id",
            "activities_resolution": "done_at owner_id",
            "members_appointment": "member_id post since unit_id until",
            "members_member": "id is_exempt name unit_id user_id",
            "voice_reply": "by_id is_answer topic_id",
            "voice_topic": "answered_at asked_at id unit_id",
        }
    ),
)
