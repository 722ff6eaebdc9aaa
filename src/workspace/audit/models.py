"""Who did what to which thing, and when (审计记录)."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Entry(models.Model):
    """Written in the same transaction as the change it tells of. `details` never holds a whole personal number."""

    verb = models.CharField(max_length=60)  # e.g. member.transferred
    kind = models.CharField(max_length=40)  # app_label.model of the thing
    thing = models.CharField(max_length=64)  # its key
    label = models.CharField(max_length=200)  # what it was called then
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    by_name = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    details = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["kind", "thing", "at"], name="audit_by_thing")]

    def __str__(self) -> str:
        return f"{self.verb} {self.label}"
