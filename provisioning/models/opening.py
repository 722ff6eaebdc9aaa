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

    @property
    def is_warm(self) -> bool:
        """Whether it came out of the warm pool at once, and so has no steps to show."""
        return self.finished_at is not None and self.attempts == 0

    @property
    def milliseconds(self) -> int | None:
        """Time that the work took, over all attempts; None before the first step is done."""
        if self.is_warm and self.finished_at:
            return round((self.finished_at - self.created_at).total_seconds() * 1000)
        spent = [step.milliseconds for step in self.steps.all() if step.milliseconds is not None]
        return sum(spent) if spent else None

    def shown_steps(self) -> "list[tuple[str, OpeningStep | None]]":
        """Every step's name in order, with its row, None where it has not begun. Of a warm one all are done."""
        rows = {step.name: step for step in self.steps.all()}
        if self.is_warm:
            rows = {name: OpeningStep(name=name, finished_at=self.finished_at) for name in OpeningStep.Name.values}
        return [(str(name.label), rows.get(name.value)) for name in OpeningStep.Name]


class OpeningStep(SagaStep):
    """One step of an opening."""

    class Name(models.TextChoices):
        SCHEMA = "schema", _("建立独立空间")
        SEED = "seed", _("套用单位模板")
        ACTIVATE = "activate", _("登记网址并启用")

    saga = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="steps", db_index=False)
    name = models.CharField(max_length=10, choices=Name.choices)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["saga", "name"], name="one_row_a_step")]

    def __str__(self) -> str:
        return f"{self.saga}: {self.get_name_display()}"
