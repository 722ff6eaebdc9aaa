"""Every step of a tenant's life."""

from typing import ClassVar

from django.db import models

from tenants.models.tenant import Tenant


class TenantEvent(models.Model):
    """One edge taken: from where, to where, by whom, why."""

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="events")
    origin = models.CharField(max_length=16, choices=Tenant.State.choices, blank=True)
    destination = models.CharField(max_length=16, choices=Tenant.State.choices)
    actor = models.CharField(max_length=150)
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["tenant", "at"], name="tenant_event_by_time")]

    def __str__(self) -> str:
        return f"{self.tenant}: {self.origin} → {self.destination}"
