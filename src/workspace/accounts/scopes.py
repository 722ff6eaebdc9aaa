"""What a token may be used for, and the permission that asks."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from workspace.accounts.models import Token

if TYPE_CHECKING:
    from rest_framework.views import APIView

SCOPES = {
    "units:read": _("读取组织架构"),
    "units:write": _("新增和修改组织"),
    "members:read": _("读取党员名册"),
    "members:write": _("新增和修改党员"),
    "members:export": _("导出党员名册"),
    "development:read": _("读取发展党员档案"),
    "development:write": _("登记发展党员步骤"),
    "transfers:read": _("读取组织关系转接"),
    "transfers:write": _("办理组织关系转接"),
    "elections:read": _("读取换届选举"),
    "elections:write": _("办理换届选举"),
    "appraisals:read": _("读取民主评议"),
    "appraisals:write": _("办理民主评议，本人自评、互评和投票"),
    "activities:read": _("读取组织生活"),
    "activities:write": _("新增和修改组织生活"),
    "checkins:write": _("登记签到"),
    "dues:read": _("读取党费"),
    "dues:write": _("登记党费"),
    "learning:read": _("读取学习"),
    "learning:write": _("认定学时"),
    "voice:read": _("读取提问与建议"),
    "voice:write": _("提问和回复"),
    "dashboards:read": _("读取六个一目了然"),
    "statistics:read": _("读取党内统计"),
    "rules:read": _("读取规则依据"),
    "access:read": _("读取授权和邀请"),
    "access:write": _("授权和邀请"),
    "audit:read": _("读取审计记录"),
    "archives:read": _("下载整库存档"),
    "archives:write": _("导出和删除整库存档"),
}


class HasScope(BasePermission):
    """A token must carry the scope that the view names for this kind of request.

    The view says `scope = {"read": "members:read", "write": "members:write"}`; an action's own name as a key comes
    first (`"check_in": "checkins:write"`). A view that names none is closed to tokens. A person signed in by session
    passes: what they may do is asked of `workspace.access`, for tokens as well.
    """

    message = _("这个令牌没有所需的权限范围。")

    def has_permission(self, request: Request, view: "APIView") -> bool:
        token = request.auth
        if not isinstance(token, Token):
            return True
        named: dict[str, str] = getattr(view, "scope", None) or {}
        kind = "read" if request.method in SAFE_METHODS else "write"
        wanted = named.get(getattr(view, "action", None) or "") or named.get(kind)
        return wanted is not None and wanted in token.scopes
