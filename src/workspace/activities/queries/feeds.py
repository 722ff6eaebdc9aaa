"""Whose calendar a secret address is."""

from django.utils.crypto import salted_hmac

from shared.workspace import workspace_id
from workspace.accounts.models import User
from workspace.activities.models import CalendarFeed


def digest_of(secret: str) -> str:
    """What the table keeps. Bound to the workspace: the same secret in a copy of the row elsewhere opens nothing."""
    return salted_hmac("activities.feed", f"{workspace_id()}:{secret}", algorithm="sha256").hexdigest()


def feed_of(user: User) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(user=user).first()


def feed_by_secret(secret: str) -> CalendarFeed | None:
    """The feed of an active person, or None."""
    rows = CalendarFeed.objects.filter(digest=digest_of(secret), user__is_active=True)
    return rows.select_related("user").first()
