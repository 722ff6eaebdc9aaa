"""How a workspace comes into being (开通): a row with steps, so a killed opening is continued and never half done."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants.models import Tenant


class Opening(models.Model):
    """One opening of one tenant. `lease_until` keeps two workers from continuing it at once."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    tenant = models.OneToOneField(Tenant, on_delete=models.CASCADE, related_name="opening")
    admin_name = models.CharField(max_length=60)
    admin_email = models.EmailField()
    admin_phone = models.CharField(max_length=11, blank=True)
    requested_by = models.CharField(max_length=150)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"开通 {self.tenant}"


class OpeningStep(models.Model):
    """One step, done once. A row exists from the moment the step began."""

    class Name(models.TextChoices):
        SCHEMA = "schema", _("建立独立空间")
        TABLES = "tables", _("建立数据表")
        SEED = "seed", _("套用单位模板")
        DOMAIN = "domain", _("登记网址")
        ACTIVATE = "activate", _("启用")

    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="steps", db_index=False)
    name = models.CharField(max_length=10, choices=Name.choices)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    milliseconds = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["opening", "name"], name="one_row_a_step")]

    def __str__(self) -> str:
        return f"{self.opening}: {self.get_name_display()}"
