"""A person's calendar address is made, replaced and withdrawn by that person alone."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from shared.workspace import current_workspace
from workspace.accounts.models import User
from workspace.activities.models import CalendarFeed
from workspace.activities.queries.feeds import digest_of
from workspace.audit import actions as audit

_NOTED_EVERY = timedelta(hours=1)


@transaction.atomic
def give_address(user: User) -> str:
    """A new secret; an earlier one stops working. Returned once and kept nowhere."""
    secret = secrets.token_urlsafe(24)
    feed, _created = CalendarFeed.objects.update_or_create(
        user=user, defaults={"digest": digest_of(secret), "read_at": None}
    )
    audit.record("calendar_feed.given", of=feed, by=user)
    return secret


def note_reading(feed: CalendarFeed, *, at: datetime) -> None:
    """So that its owner sees whether anybody uses it. Once an hour is enough; a workspace at rest is left alone."""
    if current_workspace().read_only or (feed.read_at and at - feed.read_at < _NOTED_EVERY):
        return
    feed.read_at = at
    feed.save(update_fields=["read_at"])


@transaction.atomic
def withdraw_address(user: User) -> bool:
    """Whether there was one."""
    feed = CalendarFeed.objects.filter(user=user).first()
    if feed is None:
        return False
    audit.record("calendar_feed.withdrawn", of=feed, by=user)
    feed.delete()
    return True
