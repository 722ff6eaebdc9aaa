"""Who is told when a transfer moves or a contact is due. Links are paths: actions run without a request too."""

from collections.abc import Iterable

from workspace.access.queries.nearest import keys_near
from workspace.accounts.models import User
from workspace.inbox.models import Message
from workspace.members.models import Member
from workspace.organization.models import Unit

TITLE = 120  # characters of a message's title


def tell(people: Iterable[int | None], title: str, body: str, link: str, *, but: User | None = None) -> None:
    """One message each."""
    keys = {key for key in people if key and (but is None or key != but.pk)}
    Message.objects.bulk_create(Message(to_id=key, title=title[:TITLE], body=body, link=link) for key in sorted(keys))


def those_who(verb: str, unit: Unit | None) -> list[int]:
    """Keys of those who may do the verb on the unit and stand nearest to it; nobody without a unit."""
    return keys_near(verb, unit) if unit else []


def account_of(member: Member | None) -> int | None:
    return member.user_id if member else None
