"""How a release reaches the workspaces that are there already (升级): the way, the run, and each workspace's turn."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from provisioning.models.release import Release
from tenants.models import Tenant
from tenants.models.tenant import Ring


class Upgrade(models.Model):
    """The way from one version of the workspace schema to another, rendered once and replayed in every schema.

    `statements` are unqualified DDL; they are empty when `python` names migrations that must run in each workspace, and
    when nothing but the text of the migrations changed. `migrations` are the rows it adds to `django_migrations`.
    """

    origin = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="+", db_index=False)
    destination = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="+", db_index=False)
    statements = models.JSONField()
    migrations = models.JSONField()  # [[app, name], …]
    python = models.JSONField()  # ["app.name", …]
    rendered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["origin", "destination"], name="one_way_between_two_releases")
        ]

    def __str__(self) -> str:
        return f"{self.origin} → {self.destination}"


class FleetRun(models.Model):
    """The roll-out of one version over all workspaces, ring by ring up to `through`. One row a version."""

    class State(models.TextChoices):
        RUNNING = "running", _("进行中")
        PAUSED = "paused", _("已暂停")
        STOPPED = "stopped", _("失败过多，已停下")
        DONE = "done", _("已完成")
        SUPERSEDED = "superseded", _("已被更新的版本取代")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    head = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.RUNNING)
    through = models.PositiveSmallIntegerField(choices=Ring.choices)  # the last ring that may be migrated
    error_budget = models.FloatField()  # percent of a ring's workspaces that may fail before the run stops
    requested_by = models.CharField(max_length=150)
    reason = models.CharField(max_length=500, blank=True)
    slices = models.PositiveIntegerField(default=0)  # the fence of the worker's chain of jobs: only the latest goes on
    started_at = models.DateTimeField(auto_now_add=True)
    beat_at = models.DateTimeField(null=True)  # when a runner last gave a sign
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.head[:12]


class FleetTurn(models.Model):
    """One workspace's part in one run. Whoever holds the row's lock is at work on it; RUNNING is only a sign for
    people, so a turn that was killed is taken again by the next who comes."""

    class State(models.TextChoices):
        WAITING = "waiting", _("等待")
        RUNNING = "running", _("进行中")
        DONE = "done", _("完成")
        FAILED = "failed", _("失败")
        SKIPPED = "skipped", _("跳过")

    OPEN: ClassVar = (State.WAITING, State.RUNNING)

    run = models.ForeignKey(FleetRun, on_delete=models.CASCADE, related_name="turns", db_index=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+")
    ring = models.PositiveSmallIntegerField(choices=Ring.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    origin = models.CharField(max_length=64, blank=True)  # the head it came from
    attempts = models.PositiveSmallIntegerField(default=0)
    milliseconds = models.PositiveIntegerField(null=True)
    error = models.TextField(blank=True)  # technical, without any value of a row
    not_before = models.DateTimeField(null=True)  # after a lock that somebody held
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["run", "tenant"], name="one_turn_a_workspace")]
        # The next to do, and the counts of a page.
        indexes: ClassVar = [models.Index(fields=["run", "state", "ring"], name="fleet_turn_by_state")]

    def __str__(self) -> str:
        return f"{self.tenant}: {self.get_state_display()}"
