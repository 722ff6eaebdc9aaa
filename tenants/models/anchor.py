"""How far a workspace's record was, and its last link, written where the workspace cannot reach (锚点)."""

from typing import ClassVar

from django.db import models

from tenants.models.tenant import Tenant


class Anchor(models.Model):
    """Set after a verification, when the record has grown. Never changed: the control role may only add and read.

    A restored workspace lives in another schema and may be shorter; its marks begin anew there. A digest tells nothing
    of what was written.
    """

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="anchors")
    schema_name = models.CharField(max_length=18)
    at = models.DateTimeField()
    count = models.BigIntegerField()  # sealed rows
    digest = models.CharField(max_length=64)  # the last one's link, in hexadecimal

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "schema_name", "count"], name="one_anchor_a_count")
        ]

    def __str__(self) -> str:
        return f"{self.tenant} #{self.count}"
