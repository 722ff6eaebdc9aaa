"""The funnel of arrival (开通漏斗): when an organisation reached each stage."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from provisioning.models.invitation import PartnerInvitation
from provisioning.models.signup import Signup
from tenants.models import Tenant


class SignupEvent(models.Model):
    """One stage reached, once for each sign-up or invitation. It names no person, so it outlives the sign-up."""

    class Stage(models.TextChoices):
        INVITED = "invited", _("已邀请")
        LINK_OPENED = "link_opened", _("打开链接")
        STARTED = "started", _("开始注册")
        VERIFIED = "verified", _("邮箱已验证")
        REQUESTED = "requested", _("提交开通")
        OPENED = "opened", _("空间已开通")
        ACTIVATED = "activated", _("管理员已激活")

    stage = models.CharField(max_length=12, choices=Stage.choices)
    invitation = models.ForeignKey(PartnerInvitation, on_delete=models.SET_NULL, null=True, blank=True)
    signup = models.ForeignKey(Signup, on_delete=models.SET_NULL, null=True, blank=True, db_index=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, null=True, blank=True, db_index=False)
    wave = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["signup", "stage"], name="a_signup_reaches_a_stage_once"),
            models.UniqueConstraint(fields=["tenant", "stage"], name="a_tenant_reaches_a_stage_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["at", "stage"], name="signup_event_by_time")]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} {self.at:%Y-%m-%d}"
