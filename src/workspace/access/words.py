"""How people, their roles and permissions are written in lists."""

from collections.abc import Iterable

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shared.components.badges import badge
from shared.identity import mask_phone
from shared.permissions import catalogue
from workspace.access.models import Grant, OwnRole, Role
from workspace.accounts.models import User


def role_name(code: str) -> str:
    """What a role is called, built in or of the workspace's own."""
    if code in Role.values:
        return str(Role(code).label)
    return OwnRole.objects.of_code(code).values_list("name", flat=True).first() or code


def role_choices() -> list[tuple[str, str]]:
    """Every role, the built-in ones first."""
    own = OwnRole.objects.order_by("name", "pk")
    return [*((role.value, str(role.label)) for role in Role), *((role.code, role.name) for role in own)]


def verbs_line(verbs: Iterable[str]) -> str:
    """Their words in the order of the catalogue."""
    asked = set(verbs)
    return "、".join(str(one.label) for one in catalogue() if one.verb in asked)


def roles_line(user: User) -> str:
    """党支部书记（第一党支部）、…; needs `held` from `queries.people`."""
    return "、".join(grant_line(grant) for grant in user.held)  # type: ignore[attr-defined]


def grant_line(grant: Grant) -> str:
    """Role and unit; of a lent one also for whom."""
    role, unit = grant.get_role_display(), grant.unit
    if grant.delegated_from is None:
        return f"{role}（{unit}）"
    return _("{role}（{unit}，代{name}）").format(role=role, unit=unit, name=grant.delegated_from.user.name)


def reach(user: User) -> str:
    """The phone with its middle hidden, or the mail with most of its name hidden."""
    if user.phone:
        return mask_phone(user.phone)
    name, at, host = (user.email or "").partition("@")
    return f"{name[:2]}***{at}{host}" if at else ""


def state_badge(user: User) -> SafeString:
    """In use, closed, or still waiting for the first password."""
    if not user.is_active:
        return badge(_("已停用"))
    return badge(_("正常"), "good") if user.has_usable_password() else badge(_("未激活"), "late")
