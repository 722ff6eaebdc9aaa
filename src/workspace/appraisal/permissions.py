"""What this app lets people do."""

from django.utils.translation import gettext_lazy as _

from shared.permissions import COMMITTEE, OFFICERS, ORGANIZERS, Permission, Sensitivity, declare

declare(
    "appraisal",
    _("民主评议"),
    Permission("appraisal.view", _("查看民主评议的进度、名单和结果"), OFFICERS),
    Permission("appraisal.read", _("查看自评和互评的原文"), COMMITTEE, Sensitivity.SENSITIVE),
    Permission("appraisal.handle", _("办理民主评议：名单、测评、评定、公布"), ORGANIZERS),
)
