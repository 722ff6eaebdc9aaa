"""Three people for three offices."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workspace.access.forms.why import PersonField
from workspace.access.models import OFFICES, Grant, Role
from workspace.access.queries.offices import ALL_POWERFUL
from workspace.accounts.models import User

ABOUT = {
    Role.SYSTEM: _("管账号：停用、恢复，发放登录链接。"),
    Role.SECURITY: _("管权限：授予、收回角色，设置角色。"),
    Role.AUDITOR: _("管审计：查看审计记录和授权情况，不能改动。"),
}


class ApartForm(forms.Form):
    """Each field is named as the office."""

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        powerful = Grant.objects.filter(role__in=ALL_POWERFUL)
        able = User.objects.filter(is_active=True).exclude(pk=by.pk).exclude(password__startswith="!")  # noqa: S106
        able = able.exclude(pk__in=powerful.values("user")).order_by("name", "pk")
        for office in OFFICES:
            self.fields[office] = PersonField(
                label=office.label, queryset=able, empty_label=_("请选择"), help_text=ABOUT[office]
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen = [user.pk for user in data.values() if user]
        if len(set(chosen)) != len(chosen):
            raise forms.ValidationError(_("三类管理员要由三位不同的人担任。"), code="same")
        return data


class TogetherForm(forms.Form):
    """Which business administrator of the whole becomes the administrator of everything."""

    admin = PersonField(label=_("由谁担任单位管理员"), queryset=User.objects.none(), empty_label=_("请选择"))

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        managers = Grant.objects.own().filter(role=Role.MANAGER, unit__depth=1)
        able = User.objects.filter(is_active=True, pk__in=managers.values("user")).exclude(pk=by.pk)
        self.fields["admin"].queryset = able.order_by("name", "pk")  # type: ignore[attr-defined]
