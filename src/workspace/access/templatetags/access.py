"""The tabs of the pages about people and permissions: each reader sees those that are theirs."""

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shared.permissions import groups
from workspace.access.models import Grant
from workspace.access.queries.roles import Shape

register = template.Library()

TABS = (
    ("people", _("人员"), "access.review"),
    ("invitations", _("邀请"), "access.invite"),
    ("joinings", _("加入申请"), "access.invite"),
    ("roles", _("角色"), "access.review"),
    ("ending", _("即将到期"), "access.review"),
    ("idle", _("久未使用"), "access.account"),
    ("why", _("为什么"), "access.review"),
    ("separation", _("三员分立"), "access.role"),
)


@register.inclusion_tag("shared/components/tabs.html", takes_context=True)
def access_tabs(context: Context) -> dict[str, Any]:
    request: Any = context["request"]
    shown = [(label, reverse(f"access:{name}")) for name, label, verb in TABS if request.may(verb)]
    return {"tabs": [(label, url, None, url == request.path) for label, url in shown], "label": _("人员与权限")}


@register.inclusion_tag("access/_days.html")
def days(grant: Grant) -> dict[str, Any]:
    """From when until when, for whom, and why: the small line under a role."""
    return {"grant": grant}


@register.inclusion_tag("access/_end_delegation.html", takes_context=True)
def stop_delegation(context: Context, one: Grant) -> dict[str, Any]:
    """The button that ends it early."""
    return {"one": one, "csrf_token": context.get("csrf_token")}


@register.simple_tag
def groups_of(grant: Grant) -> str:
    """The kinds of permissions that a lent grant is limited to."""
    return "、".join(str(group.label) for group in groups() if group.app in grant.groups)


@register.simple_tag
def holders_of(shapes: list[Shape], marks: list[bool]) -> str:
    """The names of the roles that are marked."""
    return "、".join(shape.name for shape, held in zip(shapes, marks, strict=True) if held)
