"""Development cases (发展党员): how many in which stage, what is late, what was approved in time, and the plan."""

from django.utils.translation import gettext_lazy as _

from rules import AdmissionStage
from workspace.development.models import Case
from workspace.development.queries import figures
from workspace.indicators.reach import Reach
from workspace.indicators.shares import Share, Shares
from workspace.indicators.values import Missing
from workspace.members.models import Member

_FROM = _("发展党员：建立档案或导入在办档案后，每一步的日期和依据在那里登记")


def stages(reach: Reach) -> dict[str, dict[AdmissionStage, int]]:
    """Open cases by unit path and stage. One query for all who ask about the reach."""
    return reach.once("development_stages", lambda: figures.stages(reach.unit))


def stages_of(reach: Reach) -> dict[AdmissionStage, int]:
    """The same, added up; every stage is there."""
    found = dict.fromkeys(AdmissionStage, 0)
    for counts in stages(reach).values():
        for stage, cases in counts.items():
            found[stage] += cases
    return found


def approvals(reach: Reach) -> Shares | Missing:
    """By unit path: admissions and conversions approved in the span, those within three months of the meeting."""
    if not _has_cases(reach):
        return Missing(what=_("三个月内审批"), filled_by=_FROM)
    found = figures.approved_in_time(reach.unit, first=reach.first, last=reach.until)
    return {path: Share(timely, every) for path, (timely, every) in found.items()}


def overdue_nodes(reach: Reach) -> Shares | Missing:
    """By unit path: of the open cases, those with a step whose clock has run out. Two queries."""
    if not _has_cases(reach):
        return Missing(what=_("25 个步骤的进度和超期节点"), filled_by=_FROM)
    late = reach.once("development_overdue", lambda: figures.overdue(reach.unit, on=reach.on))
    return {path: Share(overdue, every) for path, (overdue, every) in late.items()}


def quota(reach: Reach) -> float | Missing | None:
    """How many may be admitted in the year, as the level above set it; None for a part of a year."""
    if (reach.first.month, reach.last.month) != (1, 12):
        return None
    found = figures.quota_of(reach.unit, reach.first.year)
    if found is None:
        return Missing(what=_("年度发展计划指标"), filled_by=_("发展党员 · 年度计划：由上级下达"))
    return found


def without_case(reach: Reach) -> int:
    """People on their way into the Party of whom no case tells. One query."""
    on_the_way = Member.objects.present().below(reach.unit).exclude(category=Member.Category.FULL)
    return on_the_way.exclude(development_cases__state=Case.State.OPEN).count()


def contact_of(member: Member) -> int:
    """How many open cases name the member as contact or introducer. One query."""
    return figures.contact_of(member.pk)


def _has_cases(reach: Reach) -> bool:
    return reach.once("development_cases", lambda: Case.objects.below(reach.unit).exists())
