"""How people and their roles are written in lists."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shared.components.badges import badge
from shared.identity import mask_phone
from workspace.accounts.models import User


def roles_line(user: User) -> str:
    """党支部书记（第一党支部）、…; needs `held` from `queries.people`."""
    return "、".join(f"{grant.get_role_display()}（{grant.unit}）" for grant in user.held)  # type: ignore[attr-defined]


def reach(user: User) -> str:
    """The phone with its middle hidden, or the mail with most of its name hidden."""
    if user.phone:
        return mask_phone(user.phone)
    name, at, host = (user.email or "").partition("@")
    return f"{name[:2]}***{at}{host}" if at else ""


def state_badge(user: User) -> SafeString:
    """In use, closed, or still waiting for the first password."""
    if not user.is_active:
        return badge(_("已停用"), "empty")
    return badge(_("正常"), "good") if user.has_usable_password() else badge(_("未激活"), "late")
