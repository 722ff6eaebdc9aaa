"""Figures for the dashboards: are questions answered, how soon, and do people talk to one another. By unit path.

Likes and views are neither counted nor kept (formalism guard).
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median

from django.db.models import Count
from django.utils import timezone

from workspace.organization.models import Unit
from workspace.voice.models import Topic, TopicQuerySet


@dataclass(frozen=True)
class Answering:
    """Of the topics put to one unit in the period. `share` leaves out those whose day has not come yet."""

    topics: int
    answered: int
    in_time: int
    overdue: int
    shared: int  # with replies by two or more people
    median_days: float | None  # from asking to the first answer

    @property
    def share(self) -> float | None:
        """Answered of those that are answered or overdue."""
        counted = self.answered + self.overdue
        return self.answered / counted if counted else None


def topics_behind(*, under: Unit, first: date, last: date) -> TopicQuerySet:
    """The rows these figures count: topics asked on one of these days (Asia/Shanghai), both included."""
    zone = timezone.get_default_timezone()
    start = datetime.combine(first, time.min, tzinfo=zone)
    end = datetime.combine(last + timedelta(days=1), time.min, tzinfo=zone)
    return Topic.objects.below(under).filter(asked_at__gte=start, asked_at__lt=end)


def answering(*, under: Unit, first: date, last: date, on: date) -> dict[str, Answering]:
    """By path of the unit that answers. One query."""
    rows = (
        topics_behind(under=under, first=first, last=last)
        .annotate(voices=Count("replies__by", distinct=True))
        .values_list("unit__path", "asked_at", "answered_at", "due", "voices")
        .order_by()
    )
    by_path: dict[str, list[tuple[datetime, datetime | None, date, int]]] = defaultdict(list)
    for path, asked, answered, due, voices in rows:
        by_path[path].append((asked, answered, due, voices))
    return {path: _summed(topics, on) for path, topics in by_path.items()}


def answering_of(*, under: Unit, first: date, last: date, on: date) -> Answering:
    """All units of the reach together: medians cannot be added up by the caller. One query."""
    rows = (
        topics_behind(under=under, first=first, last=last)
        .annotate(voices=Count("replies__by", distinct=True))
        .values_list("asked_at", "answered_at", "due", "voices")
        .order_by()
    )
    return _summed(list(rows), on)


def _summed(topics: list[tuple[datetime, datetime | None, date, int]], on: date) -> Answering:
    waits = [(answered - asked).total_seconds() / 86_400 for asked, answered, _due, _voices in topics if answered]
    return Answering(
        topics=len(topics),
        answered=len(waits),
        in_time=sum(1 for _asked, answered, due, _v in topics if answered and timezone.localdate(answered) <= due),
        overdue=sum(1 for _asked, answered, due, _v in topics if not answered and due < on),
        shared=sum(1 for *_rest, voices in topics if voices >= 2),
        median_days=round(median(waits), 1) if waits else None,
    )
