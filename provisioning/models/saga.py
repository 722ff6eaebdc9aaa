"""Work in steps that survives a kill: what Opening, Closing and Restoring have in common."""

import uuid

from django.db import models
from django.utils import timezone


class Saga(models.Model):
    """Abstract. `lease_until` keeps two workers from doing it at once; `attempts` is the fence: the latest wins.

    Run by `provisioning.saga`. `error` is that of the newest attempt, empty once one got through.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    requested_by = models.CharField(max_length=150)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class SagaStep(models.Model):
    """Abstract: one step, done once. A row exists from the moment the step began. A subclass adds `saga` (a foreign key
    with `related_name="steps"`), `name` with its choices, and a unique constraint over both."""

    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    milliseconds = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        abstract = True
