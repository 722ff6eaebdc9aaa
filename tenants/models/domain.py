"""The labels a workspace answers to."""

from django.db import models
from django_tenants.models import DomainMixin

from tenants.models.tenant import Tenant


class Domain(DomainMixin):
    """`domain` holds the label before the base domain, so the same rows serve every installation's address."""

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="domains")

    def __str__(self) -> str:
        return str(self.domain)
