"""What a person was told. Everybody reads their own messages and nobody else's."""

from django.db.models import QuerySet
from django.http import Http404

from workspace.accounts.models import User
from workspace.inbox.models import Message


def messages_to(user: User) -> "QuerySet[Message]":
    """Newest first."""
    return Message.objects.filter(to=user).order_by("-sent_at", "-pk")


def unread(user: User) -> int:
    """How many wait to be read."""
    return Message.objects.filter(to=user, read_at__isnull=True).count()


def get_message(pk: int, *, to: User) -> Message:
    """One of the person's own messages, else 404."""
    found = Message.objects.filter(pk=pk, to=to).first()
    if found is None:
        raise Http404
    return found
