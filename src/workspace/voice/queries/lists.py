"""Lists of topics and the talk under one."""

from datetime import date

from django.db.models import Count, F, Q

from workspace.access.queries import units_where
from workspace.accounts.models import User
from workspace.voice.models import Reply, Topic, TopicQuerySet
from workspace.voice.queries.visibility import ANSWER, topics_seen_by

TABS = ("open", "answered", "mine")


def topics(user: User, tab: str, *, kind: str = "", words: str = "") -> TopicQuerySet:
    """`open` by the day they are due, `answered` by newest answer, `mine` by newest. With `said`, the replies."""
    found = topics_seen_by(user).select_related("unit", "by").annotate(said=Count("replies"))
    if kind in Topic.Kind.values:
        found = found.filter(kind=kind)
    if words.strip():
        found = found.filter(Q(title__icontains=words.strip()) | Q(text__icontains=words.strip()))
    if tab == "mine":
        return found.filter(by=user).order_by("-asked_at", "-pk")
    if tab == "answered":
        return found.answered().order_by(F("answered_at").desc(), "-pk")
    return found.open().order_by("due", "pk")


def counts(user: User) -> dict[str, int]:
    """How many under each tab. One query."""
    seen = topics_seen_by(user).order_by()
    return seen.aggregate(
        open=Count("pk", filter=Q(answered_at=None)),
        answered=Count("pk", filter=Q(answered_at__isnull=False)),
        mine=Count("pk", filter=Q(by=user)),
    )


def replies(topic: Topic) -> list[Reply]:
    """Oldest first, with who said it. One query."""
    return list(Reply.objects.filter(topic=topic).select_related("by").order_by("at", "pk"))


def waiting_for(user: User) -> TopicQuerySet:
    """What this person, or somebody with the same duty, has to answer; the most pressing first."""
    here = units_where(user, ANSWER).order_by().values("pk")
    return Topic.objects.open().filter(unit__in=here).select_related("unit").order_by("due", "pk")


def overdue_for(user: User, *, on: date) -> int:
    return waiting_for(user).filter(due__lt=on).count()
