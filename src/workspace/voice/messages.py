"""Who is told when a topic moves."""

from collections.abc import Iterable

from workspace.access.queries.nearest import keys_near
from workspace.accounts.models import User
from workspace.inbox.models import Message
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
    tell(topic, keys_near(ANSWER, topic.unit), title, but=but)
