"""What one person asks for and another one has to agree to (双人复核)."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from workspace.organization.models import Unit


class Consent(models.Model):
    """Undecided while `decided_at` is empty. Whoever may do `verb` on `unit` decides, except the one who asked.

    `ends_at` is until when it can be decided; once agreed to, until when it can be used. `alone_until` is set where
    nobody else could decide: after that time of notice it counts as agreed to. `details` belong to the app that asks.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("待复核")
        LAPSED = "lapsed", _("过期，没有人复核")
        REFUSED = "refused", _("未同意")
        AGREED = "agreed", _("已同意")
        OVER = "over", _("已同意，期限已过")

    verb = models.CharField(max_length=40)  # of `access.queries.VERBS`
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+", db_index=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    by_name = models.CharField(max_length=60)
    asked_at = models.DateTimeField()
    reason = models.CharField(max_length=200)
    details = models.JSONField(default=dict)
    alone_until = models.DateTimeField(null=True)
    ends_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    decided_by_name = models.CharField(max_length=60, blank=True)  # empty where nobody else was there
    decided_at = models.DateTimeField(null=True)
    agreed = models.BooleanField(default=False)
    answer = models.CharField(max_length=200, blank=True)  # why not

    class Meta:
        verbose_name = _("复核申请")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(agreed=False) | Q(decided_by__isnull=True) | ~Q(decided_by=F("by")),
                name="nobody_consents_to_their_own",
            )
        ]

    def __str__(self) -> str:
        return f"{self.by_name} {self.asked_at:%Y-%m-%d %H:%M}"

    def state(self, *, at: datetime) -> "Consent.State":
        """How it stands at a time."""
        if self.decided_at is None:
            return self.State.WAITING if at < self.ends_at else self.State.LAPSED
        if not self.agreed:
            return self.State.REFUSED
        return self.State.AGREED if at < self.ends_at else self.State.OVER
