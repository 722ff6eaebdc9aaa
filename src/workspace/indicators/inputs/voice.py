"""Questions and ideas of members: answered, talked over, taken up. Likes and views are not kept anywhere."""

from collections.abc import Mapping

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from workspace.indicators.reach import Reach
from workspace.indicators.shares import Share, Shares
from workspace.indicators.values import Missing
from workspace.members.models import Member
from workspace.organization.models import Unit
from workspace.voice.models import Topic
from workspace.voice.queries import figures

_FROM = _("提问与建议模块：党员提出，书记或委员答复")


def answered(reach: Reach) -> Shares | Missing:
    """By unit path: questions and ideas answered, of those answered or overdue. Shares its query with `talked_over`."""
    found = _answering(reach)
    if not found:
        return Missing(what=_("问题得到答复"), filled_by=_FROM)
    return {path: Share(one.answered, one.answered + one.overdue) for path, one in found.items()}


def talked_over(reach: Reach) -> Shares | Missing:
    """By unit path: topics under which two people or more wrote."""
    found = _answering(reach)
    if not found:
        return Missing(what=_("两人以上讨论的话题"), filled_by=_FROM)
    return {path: Share(one.shared, one.topics) for path, one in found.items()}


def _answering(reach: Reach) -> Mapping[str, figures.Answering]:
    return reach.once(
        "answering",
        lambda: figures.answering(under=reach.unit, first=reach.first, last=reach.until, on=reach.on),
    )


def taken_up(reach: Reach) -> Shares | Missing:
    """By unit path: ideas of members that were adopted, of those decided. One query."""
    rows = (
        figures.topics_behind(under=reach.unit, first=reach.first, last=reach.until)
        .filter(kind=Topic.Kind.IDEA)
        .values_list("unit__path")
        .annotate(
            adopted=Count("pk", filter=Q(adopted_at__isnull=False)),
            declined=Count("pk", filter=Q(declined_at__isnull=False)),
        )
        .order_by()
    )
    found = {path: Share(adopted, adopted + declined) for path, adopted, declined in rows}
    return found or Missing(what=_("党员提出的议题"), filled_by=_FROM)


def days_to_answer(reach: Reach, *, above_branches: bool = False) -> list[float] | Missing:
    """For each topic answered, the days it took, shortest first; `above_branches` keeps those put to committees and
    general branches, which is where a branch asks for support. One query."""
    rows = figures.topics_behind(under=reach.unit, first=reach.first, last=reach.until).answered()
    if above_branches:
        rows = rows.exclude(unit__type__in=(*Unit.BRANCHES, Unit.Type.GROUP))
    waits = rows.values_list("asked_at", "answered_at").order_by()
    days = sorted((end - start).total_seconds() / 86_400 for start, end in waits if end)
    return days or Missing(what=_("支部求助的答复天数") if above_branches else _("问题答复天数"), filled_by=_FROM)


def waiting_above(reach: Reach, *, most: int) -> list[Topic]:
    """Topics put to units above branches whose day has passed, the oldest first. One query."""
    rows = Topic.objects.below(reach.unit).overdue(reach.on).filter(is_private=False)
    rows = rows.exclude(unit__type__in=(*Unit.BRANCHES, Unit.Type.GROUP)).select_related("unit")
    return list(rows.only("title", "due", "unit__name", "unit__short_name").order_by("due", "pk")[:most])


def answered_by(reach: Reach, users: list[int]) -> dict[str, int]:
    """By unit path: answers given in the span by these people. One query."""
    rows = (
        Topic.objects.below(reach.unit)
        .filter(answered_at__date__gte=reach.first, answered_at__date__lte=reach.until)
        .filter(replies__is_answer=True, replies__by__in=users)
        .values_list("unit__path")
        .annotate(topics=Count("pk", distinct=True))
        .order_by()
    )
    return dict(rows)


def adopted_of(member: Member, *, year: int) -> int | Missing:
    """Ideas of one member that were taken up in a year; missing when they have no account. One query."""
    if member.user_id is None:
        return Missing(what=_("被采纳的建议"), filled_by=_("党员用自己的账号提出建议后自动统计"))
    return Topic.objects.filter(by=member.user_id, kind=Topic.Kind.IDEA, adopted_at__year=year).count()
