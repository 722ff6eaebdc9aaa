"""How a workspace ends (关闭): time to think, then its data sealed, erased, and the erasure proven."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from provisioning.models.saga import Saga, SagaStep
from tenants.models import Tenant


class Closing(Saga):
    """One closing of one tenant. Until `grace_until` it can be taken back; until `kept_until` the sealed archive serves
    a restore; then the key goes, and `proof` says of every store that nothing is left."""

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="closings", db_index=False)
    reason = models.CharField(max_length=500)
    grace_until = models.DateTimeField()
    kept_until = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.CharField(max_length=150, blank=True)
    reminded = models.JSONField(default=list)  # days before the end at which a notice went out
    schema_name = models.CharField(max_length=18, blank=True)  # what the proof looks for
    archive = models.CharField(max_length=200, blank=True)  # file name below the folder of archives
    archive_bytes = models.PositiveBigIntegerField(default=0)
    archive_digest = models.CharField(max_length=64, blank=True)  # SHA-256 of the sealed file
    archived_at = models.DateTimeField(null=True, blank=True)
    proof = models.JSONField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant"],
                condition=Q(cancelled_at__isnull=True, finished_at__isnull=True),
                name="one_closing_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"关闭 {self.tenant}"


class ClosingStep(SagaStep):
    """One step of a closing."""

    class Name(models.TextChoices):
        LEAVE = "leave", _("停止网址与任务")
        EXPORT = "export", _("封存全部数据")
        SCHEMA = "schema", _("删除数据表、独立空间和角色")
        FILES = "files", _("删除文件")
        ARCHIVE = "archive", _("转为已归档")
        KEY = "key", _("销毁密钥与封存件")
        PROOF = "proof", _("核验并出具删除证明")
        RECORDS = "records", _("清除平台上的联系信息")

    saga = models.ForeignKey(Closing, on_delete=models.CASCADE, related_name="steps", db_index=False)
    name = models.CharField(max_length=10, choices=Name.choices)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["saga", "name"], name="one_row_a_closing_step")]

    def __str__(self) -> str:
        return f"{self.saga}: {self.get_name_display()}"
