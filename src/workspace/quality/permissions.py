"""What this app lets people do."""

from django.utils.translation import gettext_lazy as _

from shared.permissions import OFFICERS, ORGANIZERS, Permission, declare

declare(
    "quality",
    _("党员信息质量"),
    Permission("quality.view", _("查看党员信息质量"), OFFICERS),
    Permission("quality.ask", _("请支部补全党员信息"), ORGANIZERS),
)
