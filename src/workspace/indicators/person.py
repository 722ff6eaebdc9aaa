"""6 党员发展程度, the person's view: seen by the member and by the secretary of their unit, and by nobody else.

What is written down about the person's own growth, side by side. Nothing is added up, nobody is compared.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

import rules
from workspace.activities.models import Resolution
from workspace.indicators import links
from workspace.indicators.inputs import development, learning, voice
from workspace.indicators.reach import Reach
from workspace.indicators.spans import Span
from workspace.indicators.values import Missing, Number
from workspace.members.models import Appointment, Member


@dataclass(frozen=True)
class Line:
    """A post held, a task in the person's name."""

    title: str
    note: str
    url: str = ""


@dataclass(frozen=True)
class Person:
    member: Member
    reach: Reach
    hours: Number
    numbers: list[Number]
    posts: list[Line]
    tasks: list[Line]
    missing: list[Missing]


def person(member: Member, *, span: Span, reach: Reach) -> Person:
    """About the year of the span. Six queries."""
    year = span.first.year
    posts = Appointment.objects.current(reach.until).filter(member=member).select_related("unit").order_by("since")
    tasks = list(
        Resolution.objects.filter(owner=member, activity__cancelled_at__isnull=True, due__year=year).order_by("due")
    )
    hours, adopted = learning.hours(member, year=year), voice.adopted_of(member, year=year)
    done = sum(task.is_done for task in tasks)
    absent = [
        Missing(what=_("表彰"), filled_by=_("党员名册的奖惩记录（尚未启用）")),
        Missing(what=_("本人年度承诺"), filled_by=_("承诺践诺（尚未启用）：由本人年初填写、年底对照")),
    ]
    return Person(
        member,
        reach,
        _hours(member, hours),
        [
            Number(key="posts", label=_("担任职务"), value=len(posts), unit=_("项")),
            Number(
                key="tasks",
                label=_("承担的任务"),
                value=done,
                unit=_("项"),
                basis=_("共 {count} 项，完成 {done} 项").format(count=len(tasks), done=done),
            ),
            Number(key="contact", label=_("培养联系他人"), value=development.contact_of(member), unit=_("人")),
            _adopted(adopted),
        ],
        [Line(str(post.get_post_display()), f"{post.unit} · {post.since.isoformat()}") for post in posts],
        [_task(task) for task in tasks],
        [found for found in (hours, adopted) if isinstance(found, Missing)] + absent,
    )


def _hours(member: Member, hours: object) -> Number:
    label, unit = _("认定学时"), _("学时")
    if isinstance(hours, Missing):
        return Number(key="hours", label=label, value=None, unit=unit, missing=hours)
    owed = rules.study_hours(is_infirm=member.is_exempt)
    basis = "" if owed else _("年老体弱等党员不作硬性要求")
    return Number(key="hours", label=label, value=float(str(hours)), unit=unit, target=owed, basis=basis)


def _adopted(adopted: int | Missing) -> Number:
    label = _("被采纳的建议")
    if isinstance(adopted, Missing):
        return Number(key="adopted", label=label, value=None, missing=adopted)
    return Number(key="adopted", label=label, value=adopted, unit=_("条"))


def _task(task: Resolution) -> Line:
    note = _("已完成") if task.is_done else _("{due} 前完成").format(due=task.due.isoformat() if task.due else "")
    return Line(task.text, note, links.resolution(task.pk))
