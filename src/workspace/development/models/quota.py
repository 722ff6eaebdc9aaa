"""How many a unit may admit in a year (年度发展计划)."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from workspace.organization.models import Unit


class Quota(models.Model):
    """Set by the level above; it holds for the unit and all below it."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="development_quotas", db_index=False)
    year = models.PositiveSmallIntegerField()
    admissions = models.PositiveSmallIntegerField()
    basis = models.CharField(max_length=200, blank=True)  # the document that sets it
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "year"], name="one_quota_a_year")]

    def __str__(self) -> str:
        return f"{self.unit} · {self.year}"
