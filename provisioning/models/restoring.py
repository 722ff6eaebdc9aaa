"""How content comes back (恢复) or into a second workspace (复制): in steps, so a kill leaves nothing half done."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from provisioning.models.saga import Saga, SagaStep
from tenants.models import Tenant
from tenants.names import new_schema_name


class Restoring(Saga):
    """An archive becomes the content of `tenant`, in a schema of its own that takes the place of the one before.

    The schema that was put aside (`former_schema`) is a fallback until `fallback_until`; `BACK` lets it return. `head`
    and `former_head` are the releases of the two.
    """

    class Kind(models.TextChoices):
        RESTORE = "restore", _("从存档恢复")
        CLONE = "clone", _("复制为新空间")
        BACK = "back", _("退回恢复之前")

    kind = models.CharField(max_length=8, choices=Kind.choices)
    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="restorings")
    # Whose archive it is; the tenant itself unless it is cloned from another.
    source = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+", db_index=False)
    reason = models.CharField(max_length=500, blank=True)
    content = models.CharField(max_length=64, blank=True)  # digest of the archive's content
    rows = models.BigIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)
    schema_name = models.CharField(max_length=18, default=new_schema_name)
    former_schema = models.CharField(max_length=18, blank=True)
    former_head = models.CharField(max_length=64, blank=True)
    former_state = models.CharField(max_length=16, choices=Tenant.State.choices, blank=True)
    fallback_until = models.DateTimeField(null=True, blank=True)
    fallback_dropped_at = models.DateTimeField(null=True, blank=True)
    notes = models.JSONField(default=dict)  # what became of rows that were bound to the original: {what: how many}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant"], condition=Q(finished_at__isnull=True), name="one_restoring_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.tenant}"

    @property
    def is_swapped(self) -> bool:
        """Whether the tenant lives in the new schema already."""
        return bool(self.tenant.schema_name == self.schema_name)


class RestoringStep(SagaStep):
    """One step of a restoring."""

    class Name(models.TextChoices):
        SCHEMA = "schema", _("建立新的独立空间")
        TABLES = "tables", _("按存档的版本建表")
        CONTENT = "content", _("放回数据和文件")
        PROOF = "proof", _("逐表核对摘要")
        SWAP = "swap", _("换上新空间")
        FILES = "files", _("换上文件")
        DOMAIN = "domain", _("登记网址")
        ACTIVATE = "activate", _("重新开放")

    saga = models.ForeignKey(Restoring, on_delete=models.CASCADE, related_name="steps", db_index=False)
    name = models.CharField(max_length=10, choices=Name.choices)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["saga", "name"], name="one_row_a_restoring_step")]

    def __str__(self) -> str:
        return f"{self.saga}: {self.get_name_display()}"
