"""Signing in, factors, tokens, roles and invitations."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LABELS: dict[str, Promise] = {"sign_in": _("登录"), "account": _("账号与密码"), "access": _("授权与邀请")}
FAMILIES: dict[str, dict[str, Promise]] = {
    "sign_in": {
        "account.signed_in": _("登录"),
        "account.signed_out": _("退出"),
        "account.sign_in_failed": _("登录失败"),
        "account.code_failed": _("动态码错误"),
        "account.locked": _("账号被锁定"),
        "account.recovery_code_used": _("用备用码登录"),
        "account.session_ended": _("结束一个登录会话"),
        "account.other_sessions_ended": _("结束其他登录会话"),
    },
    "account": {
        "account.activated": _("激活账号"),
        "account.password_changed": _("修改密码"),
        "account.password_reset": _("重设密码"),
        "account.profile_changed": _("修改个人设置"),
        "account.factor_added": _("启用双因素验证"),
        "account.factor_removed": _("停用双因素验证"),
        "account.recovery_codes_renewed": _("更换备用码"),
        "account.link_made": _("生成激活或重设链接"),
        "account.closed": _("停用账号"),
        "account.reopened": _("恢复账号"),
        "token.created": _("新建 API 令牌"),
        "token.revoked": _("撤销 API 令牌"),
    },
    "access": {
        "access.granted": _("授予角色"),
        "access.revoked": _("撤销角色"),
        "access.end_changed": _("修改角色期限"),
        "access.role_changed": _("改任角色"),
        "access.delegated": _("委托代理"),
        "access.duties_put_apart": _("启用三员分立"),
        "access.duties_put_together": _("停用三员分立"),
        "role.created": _("新建角色"),
        "role.changed": _("修改角色"),
        "role.deleted": _("删除角色"),
        "invitation.sent": _("发出邀请"),
        "invitation.withdrawn": _("撤回邀请"),
        "joining.asked": _("申请加入"),
        "joining.accepted": _("通过加入申请"),
        "joining.refused": _("未通过加入申请"),
        "consent.asked": _("申请双人复核"),
        "consent.agreed": _("双人复核同意"),
        "consent.refused": _("双人复核未同意"),
        "consent.withdrawn": _("撤回双人复核申请"),
    },
}
