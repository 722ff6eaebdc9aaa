"""A question about a figure (异议)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workspace.organization.models import Unit


class Contest(models.Model):
    """Somebody doubts a figure and asks the unit that owns it. The answer stands beside the question."""

    dashboard = models.CharField(max_length=20)
    item = models.CharField(max_length=40)  # the figure's key
    period = models.CharField(max_length=8)  # 2026, 2026-Q3
    text = models.TextField(_("疑问"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="contests", db_index=False
    )
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="contests", db_index=False)
    at = models.DateTimeField(auto_now_add=True)
    answer = models.TextField(_("答复"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | ~Q(answer=""), name="contest_answer_says_something"
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_answered(self) -> bool:
        return self.answered_at is not None
