"""Where a workspace stands now (推广进度): its newest counts, how far it came in, how well it uses the platform."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from console.models.counts import Counts
from tenants.models import Tenant


class Stage(models.IntegerChoices):
    """The way in (推广漏斗). Each stage includes those before it; a workspace stands at the last one it reached."""

    INVITED = 0, _("已邀请或申请")
    VERIFIED = 1, _("已核验")
    OPENED = 2, _("已开通")
    ACTIVATED = 3, _("管理员已登录")
    TREE = 4, _("组织架构已建")
    MEMBERS = 5, _("党员已导入")
    MEETING = 6, _("首次组织生活")
    WEEKLY = 7, _("本周有人使用")


class Step(models.IntegerChoices):
    """The adoption ladder (用得怎么样) of product.md §6."""

    NONE = 0, _("未到位")
    PROVISIONED = 1, _("到位")
    CAN_USE = 2, _("会用")
    REALLY_USES = 3, _("真用")
    USES_WELL = 4, _("善用")


class Standing(Counts):
    """One row a workspace. `asked_at` is the started mark, `measured_at` the done mark of the newest measurement."""

    tenant = models.OneToOneField(Tenant, on_delete=models.CASCADE, primary_key=True, related_name="standing")
    stage = models.PositiveSmallIntegerField(choices=Stage.choices, default=Stage.VERIFIED)
    step = models.PositiveSmallIntegerField(choices=Step.choices, default=Step.NONE)
    # First seen with 80 % of the stated members imported and one meeting with a real check-in (sign-up metric).
    activation_on = models.DateField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    measured_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["stage", "step"], name="standing_by_stage_and_step")]

    def __str__(self) -> str:
        return f"{self.tenant}: {self.get_step_display()}"

    @property
    def is_waiting(self) -> bool:
        """Asked and not answered yet."""
        return self.asked_at is not None and (self.measured_at is None or self.measured_at < self.asked_at)
