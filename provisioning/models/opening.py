"""How a workspace comes into being (开通): a row with steps, so a killed opening is continued and never half done."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from provisioning.models.saga import Saga, SagaStep
from tenants.models import Tenant


class Opening(Saga):
    """One opening of one tenant."""

    tenant = models.OneToOneField(Tenant, on_delete=models.CASCADE, related_name="opening")
    admin_name = models.CharField(max_length=60)
    admin_email = models.EmailField()
    admin_phone = models.CharField(max_length=11, blank=True)

    def __str__(self) -> str:
        return f"开通 {self.tenant}"


class OpeningStep(SagaStep):
    """One step of an opening."""

    class Name(models.TextChoices):
        SCHEMA = "schema", _("建立独立空间")
        TABLES = "tables", _("建立数据表")
        SEED = "seed", _("套用单位模板")
        DOMAIN = "domain", _("登记网址")
        ACTIVATE = "activate", _("启用")

    saga = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="steps", db_index=False)
    name = models.CharField(max_length=10, choices=Name.choices)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["saga", "name"], name="one_row_a_step")]

    def __str__(self) -> str:
        return f"{self.saga}: {self.get_name_display()}"
