"""What can happen to a message."""

from datetime import datetime

from workspace.accounts.models import User
from workspace.inbox.models import Message


def read(message: Message, *, at: datetime) -> None:
    """Note when it was first read."""
    Message.objects.filter(pk=message.pk, read_at__isnull=True).update(read_at=at)


def read_all(user: User, *, at: datetime) -> int:
    """Note all of a person's messages as read; returns how many were not."""
    return Message.objects.filter(to=user, read_at__isnull=True).update(read_at=at)
