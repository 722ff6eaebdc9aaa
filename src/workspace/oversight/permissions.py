"""What this app lets people do."""

from django.utils.translation import gettext_lazy as _

from shared.permissions import NOBODY, Duty, Permission, Sensitivity, declare

declare(
    "oversight",
    _("审计"),
    Permission("audit.view", _("查看和导出审计记录"), NOBODY, Sensitivity.SENSITIVE, Duty.AUDIT),
)
