"""1 主体责任: does the committee carry its responsibility for party building?"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import rules
from workspace.indicators import links
from workspace.indicators.columns import columns
from workspace.indicators.dashboards import building
from workspace.indicators.figures import elections, obligations
from workspace.indicators.inputs import development, inspection, learning
from workspace.indicators.reach import REACH_READS, Reach
from workspace.indicators.records import obligations as obligation_records
from workspace.indicators.records import units as unit_records
from workspace.indicators.shares import Share, Shares, merged, of_tally
from workspace.indicators.values import Attention, Brief, Explanation, Kind, Number, Text

# What the regulations ask of a committee, one figure each; dues are one figure of two duties.
ASKED: Sequence[tuple[str, Text, tuple[str, ...]]] = (
    ("study", gettext_lazy("专题研究党建"), ("committee.responsibility_study",)),
    ("plan", gettext_lazy("年度计划和任务清单"), ("committee.yearly_plan",)),
    ("dues", gettext_lazy("党费检查和公布"), ("dues.check", "dues.publication")),
    ("report", gettext_lazy("述职评议"), ("committee.work_report",)),
)
CODES = tuple(code for _key, _label, codes in ASKED for code in codes)
TARGET = 1.0


def brief(reach: Reach) -> Brief:
    tallies, terms = _tallies(reach), elections.standings(reach)
    main = building.share(
        reach, "rate", _("责任事项完成率"), _done(reach), records="all", target=TARGET, before=_before(reach, terms)
    )
    verdict, level = _verdict(obligations.added(tallies.values()), terms, _over(reach))
    return Brief(verdict, level, main)


def fill(reach: Reach, brief: Brief) -> dict[str, Any]:
    terms = elections.standings(reach)
    in_term = elections.shares(terms, on=reach.until)
    approvals, training, problems = development.approvals(reach), learning.covered(reach), inspection.closed(reach)
    return {
        "numbers": [
            *_of_rules(obligations.by_rule(reach, CODES)),
            building.share(reach, "elections", _("按期换届"), in_term, records="elections", target=TARGET),
            building.share(reach, "approvals", _("三个月内审批"), approvals),
            building.share(reach, "training", _("年度轮训覆盖"), training, target=TARGET),
            building.share(reach, "problems", _("检查问题整改"), problems),
        ],
        "trend": building.trend(
            _("近十二个月责任事项完成率（滚动）"), {_("完成率"): obligations.rolling(reach, CODES)}, target=100
        ),
        "attention": [
            *building.overdue(obligations.overdue(reach, CODES, most=building.MOST_ATTENTION)),
            *_elections(_over(reach)),
            *_unknown_terms(reach, terms),
        ],
        "breakdown": building.breakdown(reach, [(_("责任事项"), _done(reach)), (_("按期换届"), in_term)]),
        "missing": building.missing(approvals, training, problems),
    }


def _tallies(reach: Reach) -> dict[str, rules.Tally]:
    return reach.once("responsibility", lambda: obligations.by_path(reach, CODES))


def _done(reach: Reach) -> Shares:
    """Duties met and terms that run, by unit path."""
    in_term = elections.shares(elections.standings(reach), on=reach.until)
    return merged(obligations.shares(_tallies(reach)), in_term)


def _over(reach: Reach) -> list[elections.Standing]:
    return [one for one in elections.standings(reach) if one.is_over(reach.until)]


def _before(reach: Reach, terms: list[elections.Standing]) -> Shares:
    """The same figure for the span before, with the terms as they stood at its end."""
    span = reach.span.before
    sat = [one for one in terms if one.unit.elected_on and one.unit.elected_on <= span.last]
    return merged(obligations.shares(obligations.by_path(reach, CODES, span=span)), elections.shares(sat, on=span.last))


def _of_rules(by_rule: Mapping[str, rules.Tally]) -> list[Number]:
    found = []
    for key, label, codes in ASKED:
        share = sum((of_tally(by_rule[code]) for code in codes if code in by_rule), start=Share())
        value = share.rate
        found.append(Number(key=key, label=label, value=value, target=TARGET, basis=building.basis(share), records=key))
    return found


def _verdict(tally: rules.Tally, terms: list[elections.Standing], over: list[elections.Standing]) -> tuple[str, str]:
    if not tally.counted and not any(one.term for one in terms):
        return _("这一时期还没有到期的责任事项。核对组织类别、书记和选举日期后，应办事项会自动生成。"), ""
    if not tally.open and not over:
        return _("到期的 {count} 项责任事项全部完成，任期都在有效期内。").format(count=tally.counted), "good"
    return (
        _("到期 {count} 项责任事项，完成 {done} 项，逾期未完成 {open} 项；{over} 个组织任期已届满。").format(
            count=tally.counted, done=tally.met + tally.late, open=tally.open, over=len(over)
        ),
        "late",
    )


def _elections(over: list[elections.Standing]) -> list[Attention]:
    return [
        Attention(
            text=_("任期已于 {day} 届满").format(day=one.term.ends.isoformat()),
            place=str(one.unit),
            url=links.unit_edit(one.unit.pk),
            act=_("登记换届结果"),
        )
        for one in over[: building.MOST_ATTENTION]
        if one.term
    ]


def _unknown_terms(reach: Reach, terms: list[elections.Standing]) -> list[Attention]:
    unknown = [one for one in terms if one.term is None]
    if not unknown:
        return []
    text = _("{count} 个组织没有填写本届选举日期，不计入按期换届").format(count=len(unknown))
    url = links.records("responsibility", "elections", reach)
    return [Attention(text=text, place=str(reach.unit), url=url, act=_("看是哪些"), late=False)]


EXPLANATIONS = (
    Explanation(
        label=gettext_lazy("责任事项完成率"),
        words=gettext_lazy(
            "（按期完成 + 0.5 × 逾期完成 + 任期内的组织）÷（按期完成 + 逾期完成 + 逾期未完成 + 填写了选举日期的组织）。"
            "只计已到期的事项，不足 3 项不算比例。"
        ),
        codes=CODES,
        outside=gettext_lazy("已免除的事项和还没有到期的事项不计入。这些事项只要求党委，支部的事项在“组织活力度”里。"),
    ),
    Explanation(
        label=gettext_lazy("按期换届"),
        words=gettext_lazy("截至期末任期没有届满的组织 ÷ 填写了本届选举日期的组织。任期按规定年限从选举日期起算。"),
        codes=("committee.term", "branch.term", "branch.term_village_or_community", "election.postponement"),
        outside=gettext_lazy("临时组织、党小组和没有填写选举日期的组织不计入。"),
    ),
    Explanation(
        label=gettext_lazy("三个月内审批"),
        words=gettext_lazy("支部大会后三个月内完成审批的 ÷ 应当审批的。"),
        codes=("admission.approval",),
    ),
    Explanation(
        label=gettext_lazy("年度轮训覆盖"),
        words=gettext_lazy("认定学时达到全年 32 学时应有进度的党员 ÷ 应参加学习的党员。进度按已过去的月份折算。"),
        codes=("education.study_hours", "education.infirm"),
        outside=gettext_lazy("年老体弱等党员不作硬性要求，不计入。"),
    ),
)

KIND = Kind(
    name="responsibility",
    title=gettext_lazy("主体责任"),
    question=gettext_lazy("党委管党治党的责任落实得怎么样？"),
    icon="shield-check",
    brief=brief,
    fill=fill,
    explanations=EXPLANATIONS,
    records={
        "all": obligation_records.source(gettext_lazy("责任事项"), CODES),
        **{key: obligation_records.source(label, codes) for key, label, codes in ASKED},
        "elections": unit_records.terms,
    },
    reads=REACH_READS
    | building.OVERDUE_READS
    | columns(
        {
            "development_case": "id member_id",
            "development_step": "case_id code on outcome",
            "learning_studyrecord": "hours member_id on",
            "members_member": "category id is_exempt left_on unit_id",
        }
    ),
)
