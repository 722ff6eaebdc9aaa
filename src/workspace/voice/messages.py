"""Who is told when a topic moves."""

from collections.abc import Iterable

from shared.clock import today
from workspace.access.models import Grant
from workspace.access.queries import holding
from workspace.accounts.models import User
from workspace.inbox.models import Message
from workspace.organization.models import Unit
from workspace.voice.models import Topic
from workspace.voice.queries.visibility import ANSWER


def tell(topic: Topic, people: Iterable[int | None], title: str, *, but: User | None = None) -> None:
    """One message each, with the way to the topic. Titles of private topics stay on their page."""
    body = "" if topic.is_private else topic.title
    keys = {key for key in people if key and (but is None or key != but.pk)}
    link = f"/voice/{topic.pk}/"  # of this workspace; actions run without a request too
    Message.objects.bulk_create(Message(to_id=key, title=title[:120], body=body, link=link) for key in sorted(keys))


def tell_answerers(topic: Topic, title: str, *, but: User) -> None:
    """Those who answer for the unit itself; where nobody does, those of the nearest unit above."""
    path = topic.unit.path
    reaching = [path[:end] for end in range(len(path), 0, -Unit.steplen)]
    rows = (
        Grant.objects.in_force(today())
        .filter(holding(ANSWER), unit__path__in=reaching, user__is_active=True)
        .values_list("unit__path", "user_id")
    )
    by_path: dict[str, list[int]] = {}
    for where, user in rows:
        by_path.setdefault(where, []).append(user)
    nearest = next((by_path[where] for where in reaching if where in by_path), [])
    tell(topic, nearest, title, but=but)
