"""One browser somebody is signed in with (登录会话): Django's session row, with who, where and when beside it."""

from typing import ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from workspace.accounts.models.user import User


class Session(AbstractBaseSession):
    """`user` is empty while nobody is signed in. Written by `workspace.accounts.sessions.SessionStore` only."""

    # Django's own index on the expiry is for a nightly sweep; expired rows go at the next sign-in instead.
    expire_date = models.DateTimeField()
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sessions")
    address = models.GenericIPAddressField(null=True)
    device = models.CharField(max_length=200, blank=True)  # the browser's own words, cut
    signed_in_at = models.DateTimeField(null=True)
    last_seen_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = []

    def __str__(self) -> str:
        return f"{self.user} · {self.device}"

    @classmethod
    def get_session_store_class(cls) -> type:
        from workspace.accounts.sessions import SessionStore

        return SessionStore
