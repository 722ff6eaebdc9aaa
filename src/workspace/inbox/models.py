"""What a person is told (消息)."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Message(models.Model):
    """One line to one person, with where to go. Read is a time, not a flag."""

    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="messages", db_index=False)
    title = models.CharField(max_length=120)
    body = models.TextField(blank=True)
    link = models.CharField(max_length=200, blank=True)  # a path of this workspace
    sent_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["to", "-sent_at"], name="message_to_newest")]

    def __str__(self) -> str:
        return self.title
