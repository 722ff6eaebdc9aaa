"""What this app lets people do."""

from django.utils.translation import gettext_lazy as _

from shared.permissions import OFFICERS, ORGANIZERS, Permission, Sensitivity, declare

declare(
    "development",
    _("发展党员"),
    Permission("development.view", _("查看发展党员档案"), OFFICERS, Sensitivity.SENSITIVE),
    Permission("development.handle", _("办理发展党员各步骤"), ORGANIZERS, Sensitivity.SENSITIVE),
    Permission("development.approve", _("代表上级党委预审和审批"), ORGANIZERS, Sensitivity.SENSITIVE),
    Permission("development.plan", _("下达年度发展计划"), ORGANIZERS),
)
