"""An appraisal as a guide: its stages, how it stands, what it rests on."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

import rules
from workspace.appraisal.models import Appraisal
from workspace.appraisal.models.ballots import Way
from workspace.appraisal.queries.progress import STEPS, not_voted, step_of, without_review

# Stage → its words and the rule it rests on, in order.
STAGES: dict[str, tuple[Promise, str]] = {
    "review": (_("个人自评"), "education.appraisal_order"),
    "mutual": (_("党员互评"), "education.appraisal_order"),
    "ballot": (_("民主测评"), "education.appraisal_order"),
    "verdict": (_("评定等次"), "appraisal.excellent_cap"),
    "announcement": (_("公布"), "appraisal.no_scores"),
    "closing": (_("归档"), "branch.appraisal"),
    "done": (_("归档"), "branch.appraisal"),
}


@dataclass(frozen=True)
class Guide:
    """`step` is the stage that is on; `advice` one sentence of what to do, `level` how it looks."""

    appraisal: Appraisal
    step: str
    advice: str
    level: str
    rule: rules.Rule

    @property
    def labels(self) -> list[str]:
        return [str(STAGES[code][0]) for code in STEPS if code != "done"]

    @property
    def number(self) -> int:
        """Of the stage that is on, counted from 1; one more than there are when all is done."""
        return STEPS.index(self.step) + 1


def guide(appraisal: Appraisal, *, on: date) -> Guide:
    step = step_of(appraisal)
    advice, level = _said(appraisal, step, on)
    return Guide(appraisal, step, advice, level, rules.rulebook().get(STAGES[step][1]))


def _said(appraisal: Appraisal, step: str, on: date) -> tuple[str, str]:
    if appraisal.state == Appraisal.State.CANCELLED:
        return _now("已取消：{reason}").format(reason=appraisal.remark), ""
    if step == "done":
        day = appraisal.closed_on
        return _now("已完成，等次已于 {day} 写入每名党员的时间线。").format(day=day), "good"
    return _next(appraisal, step, on), ""


def _next(appraisal: Appraisal, step: str, on: date) -> str:
    missing = len(without_review(appraisal))
    if step == "review":
        if appraisal.planned_on > on:
            return _now("请党员在 {day} 的会议前写好自评，还差 {missing} 人。").format(
                day=appraisal.planned_on, missing=missing
            )
        return _now("下一步：召开会议，开始互评。还有 {missing} 人没有交自评，可以会上补。").format(missing=missing)
    if step == "mutual":
        return _now("正在互评。会上已经当面提出的不必再写；互评结束后开始测评。")
    if step == "ballot":
        return _ballot(appraisal)
    return {
        "verdict": _now("下一步：支部委员会（不设委员会的由党员大会）根据测评情况评定等次。"),
        "announcement": _now("下一步：向党员公布评定结果。公布后本人能看到自己的等次和互评意见。"),
        "closing": _now("下一步：归档，把等次写入每名党员的时间线。"),
    }[step]


def _ballot(appraisal: Appraisal) -> str:
    voting = appraisal.voting
    if voting is not None and voting.way == Way.PHONE:
        return _now("手机测评进行中，还有 {missing} 人没有投。投完后结束测评。").format(
            missing=len(not_voted(appraisal))
        )
    return _now("下一步：发放、收回测评表，登记计票结果。")
