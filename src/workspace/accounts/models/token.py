"""A key for programs (API 令牌): acts for the person who made it, within the scopes written on it."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from workspace.accounts.models.user import User


class TokenQuerySet(models.QuerySet["Token"]):
    def in_force(self, *, at: datetime) -> "TokenQuerySet":
        """Neither revoked nor expired, and its maker may still sign in."""
        return self.filter(
            Q(expires_at__isnull=True) | Q(expires_at__gt=at), revoked_at__isnull=True, created_by__is_active=True
        )


class Token(models.Model):
    """The secret itself is shown once and never stored; `hint` is its beginning, enough to recognise it by."""

    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=12)
    scopes = models.JSONField(default=list)
    created_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens", db_index=False)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = TokenQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
