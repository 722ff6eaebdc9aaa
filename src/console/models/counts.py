"""The columns of `workspace.usage.Usage`, as the control schema keeps them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Counts(models.Model):
    """Abstract. Every field stands in `Usage` under the same name, with the same meaning."""

    units = models.PositiveIntegerField(default=0)
    branches = models.PositiveIntegerField(default=0)
    branches_led = models.PositiveIntegerField(default=0)
    members = models.PositiveIntegerField(default=0)
    full = models.PositiveIntegerField(default=0)
    probationary = models.PositiveIntegerField(default=0)
    accounts = models.PositiveIntegerField(default=0)
    activated = models.PositiveIntegerField(default=0)
    active_week = models.PositiveIntegerField(default=0)
    active_month = models.PositiveIntegerField(default=0)
    activities = models.PositiveIntegerField(default=0)
    recorded = models.PositiveIntegerField(default=0)
    check_ins = models.PositiveIntegerField(default=0)
    imports = models.PositiveIntegerField(default=0)
    first_meeting_on = models.DateField(null=True, blank=True)
    last_active_on = models.DateField(null=True, blank=True)
    steady_months = models.PositiveSmallIntegerField(default=0)
    strong_quarters = models.PositiveSmallIntegerField(default=0)
    ticks = ArrayField(models.CharField(max_length=12), default=list, blank=True)

    class Meta:
        abstract = True
