"""A workspace's counts of one day."""

from typing import ClassVar

from django.db import models

from console.models.counts import Counts
from tenants.models import Tenant


class UsageDay(Counts):
    """The last measurement of a calendar day (Asia/Shanghai). Measuring again the same day writes over the row."""

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="usage_days", db_index=False)
    day = models.DateField()
    measured_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["tenant", "day"], name="one_usage_a_day")]

    def __str__(self) -> str:
        return f"{self.tenant} {self.day}"
