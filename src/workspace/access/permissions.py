"""What this app lets people do."""

from django.utils.translation import gettext_lazy as _

from shared.permissions import NOBODY, SECRETARIES, Duty, Permission, Sensitivity, declare

declare(
    "access",
    _("人员与权限"),
    Permission("access.grant", _("授予和收回角色"), NOBODY, Sensitivity.SENSITIVE, Duty.SECURITY),
    Permission("access.role", _("新建和修改角色"), NOBODY, Sensitivity.SENSITIVE, Duty.SECURITY),
    Permission("access.account", _("停用、恢复账号，发放登录链接"), NOBODY, Sensitivity.SENSITIVE, Duty.SYSTEM),
    Permission(
        "access.review",
        _("查看人员、角色和授权原因"),
        frozenset({"system", "security"}),
        Sensitivity.SENSITIVE,
        Duty.AUDIT,
    ),
    Permission("access.invite", _("邀请人员加入并审核申请"), SECRETARIES),
)
