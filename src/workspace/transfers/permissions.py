"""What this app lets people do."""

from django.utils.translation import gettext_lazy as _

from shared.permissions import OFFICERS, ORGANIZERS, Permission, Sensitivity, declare

declare(
    "transfers",
    _("组织关系转接"),
    Permission("transfer.view", _("查看组织关系转接和外出登记"), OFFICERS, Sensitivity.SENSITIVE),
    Permission("transfer.issue", _("开具介绍信、登记外出和联系"), ORGANIZERS, Sensitivity.SENSITIVE),
    Permission("transfer.accept", _("接收转入的组织关系"), ORGANIZERS, Sensitivity.SENSITIVE),
)
