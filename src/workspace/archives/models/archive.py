"""A whole-workspace archive that an administrator asked for (导出全部数据)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workspace.access.models import Consent


class Archive(models.Model):
    """The row stands for a file that lies outside the database, found by `token` (see `archives.files`)."""

    class State(models.TextChoices):
        ASKED = "asked", _("待复核")
        REFUSED = "refused", _("未同意")
        WAITING = "waiting", _("导出中")
        DONE = "done", _("已完成")
        FAILED = "failed", _("未完成")

    token = models.CharField(max_length=43)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    by_name = models.CharField(max_length=60)
    asked_at = models.DateTimeField()
    # Of the second person, where there is more than one person may take away alone.
    consent = models.ForeignKey(Consent, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    bytes = models.BigIntegerField(null=True)
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of the file, in hexadecimal
    failure = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("整库存档")
        constraints: ClassVar = [
            # Two administrators press at the same instant: the second is told.
            models.UniqueConstraint(
                fields=["state"], condition=Q(state__in=["asked", "waiting"]), name="one_archive_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d %H:%M}"
