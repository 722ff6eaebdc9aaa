"""Who is told when an election moves. Links are paths: actions run without a request too."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from workspace.access.queries.nearest import people_near
from workspace.accounts.models import User
from workspace.elections.models import Election
from workspace.elections.models.papers import APPROVED, Paper
from workspace.elections.queries.above import committee_above
from workspace.elections.queries.visibility import APPROVE, HANDLE
from workspace.inbox.models import Message

TITLE = 120  # characters of a message's title


def link_of(election: Election) -> str:
    return f"/elections/{election.pk}/"


def ask_above(election: Election, paper: Paper, *, by: User) -> None:
    """The level above has something to answer."""
    above = committee_above(election.unit)
    if above is None:
        return
    title = _("{unit}：请批复{what}").format(unit=election.unit, what=paper.label)
    body = paper.note or _("{unit}报来{what}，等待上级党委批复。").format(unit=election.unit, what=paper.label)
    tell(people_near(APPROVE, above), title, body, link_of(election), but=by)


def answer(election: Election, paper: Paper, *, by: User) -> None:
    """The unit hears what was decided."""
    words = _("{what}已批复：同意") if paper.decision == APPROVED else _("{what}被退回")
    tell(people_near(HANDLE, election.unit), words.format(what=paper.label), paper.reason, link_of(election), but=by)


def tell(people: Iterable[User], title: str, body: str, link: str, *, but: User | None = None) -> None:
    """One message each, but for the one who did it."""
    keys = sorted({person.pk for person in people if but is None or person.pk != but.pk})
    Message.objects.bulk_create(Message(to_id=key, title=title[:TITLE], body=body, link=link) for key in keys)
