"""What this app lets people do."""

from django.utils.translation import gettext_lazy as _

from shared.permissions import EVERYBODY, MANAGERS, Permission, declare

declare(
    "organization",
    _("组织"),
    Permission("unit.view", _("查看组织"), EVERYBODY),
    Permission("unit.change", _("新建、修改、调整和撤销组织"), MANAGERS),
)
