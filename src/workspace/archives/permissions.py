"""What this app lets people do."""

from django.utils.translation import gettext_lazy as _

from shared.permissions import MANAGERS, ORGANIZERS, Permission, Sensitivity, declare

declare(
    "archives",
    _("导出与关闭"),
    Permission("export.schedule", _("设定定期导出"), ORGANIZERS, Sensitivity.SENSITIVE),
    Permission("workspace.export", _("导出整个空间、申请关闭"), MANAGERS, Sensitivity.SENSITIVE),
)
