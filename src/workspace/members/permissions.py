"""What this app lets people do."""

from django.utils.translation import gettext_lazy as _

from shared.permissions import OFFICERS, ORGANIZERS, Permission, Sensitivity, declare

declare(
    "members",
    _("党员"),
    Permission("member.view", _("查看名册和党员资料"), OFFICERS, Sensitivity.SENSITIVE),
    Permission("member.change", _("登记、修改和转出党员"), ORGANIZERS, Sensitivity.SENSITIVE),
    Permission("member.merge", _("合并重复登记"), ORGANIZERS, Sensitivity.SENSITIVE),
    Permission("member.import", _("导入名册"), ORGANIZERS, Sensitivity.SENSITIVE),
    Permission("member.export", _("导出名册"), ORGANIZERS, Sensitivity.SENSITIVE),
)
