"""What one operator asks and another one has to agree to (双人复核)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tenants.models import Tenant


class Proposal(models.Model):
    """A destructive act on a workspace, done by nobody alone. Undecided while `decided_at` is empty."""

    class Verb(models.TextChoices):
        CLOSE = "close", _("关闭工作空间")
        ERASE = "erase", _("提前销毁封存数据")
        BACK = "back", _("退回恢复之前")
        FORGET = "forget", _("清除换下的内容")

    # What takes content away from a workspace that goes on; the others end one.
    OF_CONTENT: ClassVar = (Verb.BACK, Verb.FORGET)

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="proposals", db_index=False)
    verb = models.CharField(max_length=8, choices=Verb.choices)
    reason = models.CharField(max_length=500)
    by = models.CharField(max_length=64)
    by_name = models.CharField(max_length=60)
    at = models.DateTimeField()
    decided_by = models.CharField(max_length=64, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    agreed = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant", "verb"], condition=Q(decided_at__isnull=True), name="one_open_proposal"
            ),
            models.CheckConstraint(
                condition=Q(agreed=False) | ~Q(decided_by=F("by")), name="nobody_agrees_with_themselves"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} {self.tenant}"
