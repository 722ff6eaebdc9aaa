"""Somebody came by an invitation (加入)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workspace.access.models.invitation import Invitation


class JoiningQuerySet(models.QuerySet["Joining"]):
    def waiting(self) -> "JoiningQuerySet":
        return self.filter(state=Joining.State.WAITING)

    def counted(self) -> "JoiningQuerySet":
        """Those that use up one place of the invitation: all but the refused."""
        return self.exclude(state=Joining.State.REFUSED)


class Joining(models.Model):
    """Accepted at once, or by the administrator or secretary who looked at the name."""

    class State(models.TextChoices):
        WAITING = "waiting", _("待审核")
        ACCEPTED = "accepted", _("已通过")
        REFUSED = "refused", _("未通过")

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="joinings", db_index=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="joinings", db_index=False
    )
    state = models.CharField(max_length=8, choices=State.choices)
    # A new account is closed until somebody decides; one that was there before stays as it was.
    is_new_account = models.BooleanField(default=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )

    objects = JoiningQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["invitation", "user"], name="join_once")]

    def __str__(self) -> str:
        return f"{self.user} → {self.invitation}"
