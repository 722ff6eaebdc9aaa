"""Certified hours of study, from sessions and passed work; never from time on a screen."""

from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from workspace.indicators.reach import Reach
from workspace.indicators.shares import Share, Shares
from workspace.indicators.values import Missing
from workspace.learning.models import StudyRecord
from workspace.learning.queries import figures
from workspace.members.models import Member

_FROM = _("学习模块：集中学习、培训班和学习成果由支部认定学时")


def covered(reach: Reach) -> Shares | Missing:
    """By unit path: members who reached the part of the year's hours due by now, of those bound. Two queries."""
    if not StudyRecord.objects.in_year(reach.until.year).below(reach.unit).exists():
        return Missing(what=_("年度轮训覆盖"), filled_by=_FROM)
    found = figures.reached(under=reach.unit, on=reach.until)
    return {path: Share(one.reached, one.members) for path, one in found.items()}


def hours(member: Member, *, year: int) -> Decimal | Missing:
    """Certified hours of one member in a year. One query."""
    total = StudyRecord.objects.in_year(year).filter(member=member).aggregate(total=Sum("hours"))["total"]
    return Missing(what=_("认定学时"), filled_by=_FROM) if total is None else total
