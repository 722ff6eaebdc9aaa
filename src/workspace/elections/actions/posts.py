"""The committee shares out its work (委员分工)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.elections.actions.locking import NotYet, locked
from workspace.elections.models import Election
from workspace.elections.models.candidates import LED_BY, Post
from workspace.elections.models.seats import Seat
from workspace.elections.queries.progress import current_purpose, names_of, progress

SHARED_OUT = tuple(post for post in Post if post not in LED_BY)


class NotEveryone(Refusal):
    message = _("请给每名委员写明分工。")
    status = 400


@transaction.atomic
def divide(election: Election, chosen: Mapping[int, str], *, by: User, seen: datetime | None = None) -> list[Seat]:
    """Posts of the elected members who are neither secretary nor deputy; the whole committee with its posts.

    Raises NotRunning, AwaitsAnswer, ChangedMeanwhile, NotYet, NotEveryone.
    """
    now = locked(election, seen=seen)
    if now.held_on is None or current_purpose(now) or not now.elects_committee:
        raise NotYet(before=_now("先选出委员、书记和副书记。"))
    leaders = {key: post.value for post in LED_BY for key in progress(now, post).elected}
    others = members_to_share(now)
    if set(chosen) != set(others) or any(post not in SHARED_OUT for post in chosen.values()):
        raise NotEveryone
    names = names_of(now)
    posts = leaders | {key: chosen[key] for key in others}
    seats = [Seat(member=key, name=names[key], post=post) for key, post in posts.items()]
    now.posts = [seat.stored() for seat in seats]
    now.save(update_fields=["posts", "updated_at"])
    details = {"posts": [[seat.member, seat.post] for seat in seats]}
    audit.record("election.work_shared", of=now, by=by, details=details)
    return seats


def members_to_share(election: Election) -> list[int]:
    """Elected members who lead nothing, in the order of their votes."""
    leaders = {key for post in LED_BY for key in progress(election, post).elected}
    return [key for key in progress(election, Post.COMMITTEE).elected if key not in leaders]
