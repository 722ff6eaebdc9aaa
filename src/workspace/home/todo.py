"""What waits for this person (我的待办): one list across the modules, most pressing first, each with where to do it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from workspace.access.consents import kind_of
from workspace.access.queries import units_where
from workspace.access.queries.consents import waiting_for as consents_for
from workspace.accounts.models import User
from workspace.activities.models import Activity, Obligation, Resolution
from workspace.activities.queries.visibility import activities_visible_to
from workspace.development.queries.waiting import waiting_for as waiting_in_cases
from workspace.development.wording import said
from workspace.home import appraisals, elections, relations
from workspace.quality.queries import open_errands
from workspace.voice.queries.lists import waiting_for

AHEAD = timedelta(days=14)  # how far ahead an obligation begins to ask for a plan
FEW = 6  # more obligations than these become one line
MOST = 12  # rows of each kind; the page behind the link has the rest


@dataclass(frozen=True, order=True)
class ToDo:
    """`due` is None for what has no day; `late` is decided by the day, not by a colour."""

    due: date
    title: str
    where: str
    url: str
    late: bool


def of(user: User, *, at: datetime) -> list[ToDo]:
    """Everything that waits, by due day. Twenty-three queries at most, while nobody asks for a second person
    and no kind has many."""
    day = timezone.localdate(at)
    activities = (*_obligations(user, day), *_records(user, at), *_resolutions(user, day), *_check_ins(user, at))
    cases = (*relations.lines(user, day), *elections.lines(user, day), *appraisals.lines(user, day))
    moving = (ToDo(*line) for line in cases)
    return sorted(
        [*activities, *_questions(user, day), *_cases(user, day), *_consents(user, at), *_gaps(user, at), *moving]
    )


def _obligations(user: User, day: date) -> Iterator[ToDo]:
    units = units_where(user, "activity.change").filter(closed_on__isnull=True, is_sample=False).order_by()
    open_ones = Obligation.objects.filter(
        unit__in=units, state=Obligation.State.OPEN, due__lte=day + AHEAD, period_start__lte=day
    )
    waiting = list(open_ones.select_related("unit").order_by("-due", "pk")[: FEW + 1])
    if len(waiting) > FEW:
        # Whoever looks after many units needs to know how many wait, not a page of each.
        late = Count("pk", filter=Q(due__lt=day))
        found = open_ones.aggregate(late=late, units=Count("unit", distinct=True), every=Count("pk"))
        waiting = waiting[:FEW] if found["units"] == 1 else []
        if waiting:
            title = _("还有 %(more)s 项年度要求待安排") % {"more": found["every"] - FEW}
        else:
            title = _("%(units)s 个组织有 %(every)s 项年度要求待安排，其中逾期 %(late)s 项") % found
        yield ToDo(day, title, "", reverse("activities:obligations"), found["late"] > 0)
    for row in waiting:
        url = f"{reverse('activities:new')}?unit={row.unit_id}&aim={row.pk}"
        yield ToDo(row.due, _("安排「%(what)s」") % {"what": row.label}, str(row.unit), url, row.due < day)


def _records(user: User, at: datetime) -> Iterator[ToDo]:
    units = units_where(user, "activity.change").order_by()
    held = (
        Activity.objects.standing()
        .filter(unit__in=units, closed_at__isnull=True, ends_at__lt=at)
        .select_related("unit")
        .order_by("-ends_at")[:MOST]
    )
    for activity in held:
        due = activity.day + timedelta(days=7)  # the seven days within which a record counts as timely
        title = _("归档「%(what)s」") % {"what": activity.title}
        yield ToDo(
            due,
            title,
            str(activity.unit),
            reverse("activities:activity", args=[activity.pk]),
            due < timezone.localdate(at),
        )


def _resolutions(user: User, day: date) -> Iterator[ToDo]:
    mine = (
        Resolution.objects.filter(owner__user=user, done_at__isnull=True, activity__cancelled_at__isnull=True)
        .select_related("activity__unit")
        .order_by(F("due").asc(nulls_last=True), "pk")[:MOST]
    )
    for row in mine:
        title = _("落实「%(what)s」") % {"what": row.text[:40]}
        yield ToDo(
            row.due or day + AHEAD,
            title,
            str(row.activity.unit),
            reverse("activities:resolutions"),
            row.is_overdue(on=day),
        )


def _check_ins(user: User, at: datetime) -> Iterator[ToDo]:
    open_now = (
        activities_visible_to(user)
        .standing()
        .filter(check_in_opened_at__isnull=False, check_in_closed_at__isnull=True, closed_at__isnull=True)
        .filter(roll__member__user=user, ends_at__gte=at - timedelta(hours=2))
        .exclude(check_ins__member__user=user)
        .select_related("unit")[:MOST]
    )
    for activity in open_now:
        title = _("签到「%(what)s」") % {"what": activity.title}
        yield ToDo(activity.day, title, str(activity.unit), reverse("activities:activity", args=[activity.pk]), False)


def _questions(user: User, day: date) -> Iterator[ToDo]:
    for topic in waiting_for(user).filter(unit__is_sample=False)[:MOST]:
        title = _("答复「%(what)s」") % {"what": topic.title}
        yield ToDo(topic.due, title, str(topic.unit), reverse("voice:topic", args=[topic.pk]), topic.is_overdue(day))


def _consents(user: User, at: datetime) -> Iterator[ToDo]:
    for asked in consents_for(user, at=at)[:MOST]:
        title = _("复核「%(name)s：%(what)s」") % {"name": asked.by_name, "what": kind_of(asked).label}
        due = timezone.localdate(asked.ends_at)
        yield ToDo(due, title, str(asked.unit), reverse("access:consent", args=[asked.pk]), False)


def _gaps(user: User, at: datetime) -> Iterator[ToDo]:
    """What was asked to be completed about members, until it is."""
    for unit, errand, people in open_errands(user, at=at)[:MOST]:
        title = _("补全党员信息：%(people)s 人") % {"people": people}
        due = errand.on + AHEAD
        url = f"{reverse('quality:people')}?unit={unit.pk}&check=todo"
        yield ToDo(due, title, str(unit), url, due < timezone.localdate(at))


def _cases(user: User, day: date) -> Iterator[ToDo]:
    for line in waiting_in_cases(user, on=day, most=MOST):
        title = _("发展党员：%(who)s“%(what)s”") % {"who": line.case.member.name, "what": said(line.node.step)}
        url = reverse("development:case", args=[line.case.pk])
        due = line.node.due_on or day
        yield ToDo(due, title, str(line.case.unit), url, due < day)


def coming(user: User, *, at: datetime, most: int = 6) -> list[Activity]:
    """What is on next, and what is on now. One query."""
    rows = activities_visible_to(user).standing().filter(closed_at__isnull=True, ends_at__gte=at)
    return list(rows.select_related("unit").order_by("starts_at").distinct()[:most])
