"""Text into values, for the pages about people, roles and invitations."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shared.clock import today
from shared.forms import DateField
from workspace.access.models import Invitation, Role
from workspace.access.queries import may, units_where
from workspace.access.queries.offices import are_apart
from workspace.access.words import role_choices
from workspace.accounts.forms import MobileField
from workspace.accounts.models import User
from workspace.accounts.models.user import fold
from workspace.organization.models import Unit

DAYS = 30
LONGEST_DAYS = 366


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable when it runs
    """A unit of the tree, indented by its depth."""

    def label_from_instance(self, obj: Any) -> str:
        return "　" * (obj.depth - 1) + str(obj)


class SearchForm(forms.Form):
    q = forms.CharField(label=_("姓名、用户名、手机号或邮箱"), required=False, max_length=60)
    role = forms.ChoiceField(label=_("角色"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["role"].choices = [("", _("全部角色")), *role_choices()]  # type: ignore[attr-defined]


class GrantForm(forms.Form):
    role = forms.ChoiceField(label=_("角色"), initial=Role.MEMBER)
    unit = UnitField(
        label=_("党组织"),
        queryset=Unit.objects.none(),
        empty_label=_("请选择"),
        help_text=_("角色对这个组织及其下级生效。"),
    )
    since = DateField(label=_("开始日期"), required=False, help_text=_("不填则立即生效。"))
    until = DateField(label=_("截止日期"), required=False, help_text=_("不填则长期有效。"))

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        hidden = {Role.ADMIN} if are_apart() else {Role.SYSTEM, Role.SECURITY}
        self.fields["role"].choices = [one for one in role_choices() if one[0] not in hidden]  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units_where(by, "access.grant").open()  # type: ignore[attr-defined]

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if until and until < today():
            raise forms.ValidationError(_("截止日期不能早于今天。"), code="past")
        return until


class EndForm(forms.Form):
    until = DateField(label=_("截止日期"), required=False, help_text=_("不填则长期有效。"))


class InvitationForm(forms.Form):
    unit = UnitField(label=_("加入到"), queryset=Unit.objects.none(), empty_label=_("请选择"))
    role = forms.ChoiceField(label=_("角色"), choices=[], initial=Role.MEMBER)
    until = DateField(label=_("截止日期"), help_text=_("过了这一天，链接、二维码和口令都失效。"))
    max_uses = forms.IntegerField(
        label=_("人数上限"), required=False, min_value=1, max_value=100_000, help_text=_("不填则不限人数。")
    )
    needs_approval = forms.BooleanField(
        label=_("加入前由管理员或书记审核"),
        required=False,
        initial=True,
        help_text=_("关闭后，任何拿到链接的人都能直接加入；姓名和手机号与名册一致的人会连到名册上的记录。"),
    )

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].queryset = units_where(by, "access.invite").open()  # type: ignore[attr-defined]
        if self.fields["unit"].queryset.count() == 1:  # type: ignore[attr-defined]
            self.fields["unit"].initial = self.fields["unit"].queryset.get()  # type: ignore[attr-defined]
        roles = [role for role in Invitation.ROLES if role != Role.SECRETARY or may(by, "access.grant")]
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]
        self.fields["until"].initial = today() + timedelta(days=DAYS)

    def clean_until(self) -> datetime:
        """The end of that day in Asia/Shanghai."""
        until = self.cleaned_data["until"]
        if not today() <= until <= today() + timedelta(days=LONGEST_DAYS):
            raise forms.ValidationError(_("截止日期要在今天之后、一年之内。"), code="range")
        return timezone.make_aware(datetime.combine(until, time(23, 59, 59)))


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("邀请口令"),
        max_length=12,
        help_text=_("海报或邀请人给您的 6 位字母和数字。"),
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off", "class": "code-field"}),
    )

    def clean_code(self) -> str:
        return "".join(self.cleaned_data["code"].split()).replace("-", "").upper()


class JoinForm(forms.Form):
    """A new person: one way to reach them is enough."""

    name = forms.CharField(
        label=_("姓名"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name", "autofocus": True})
    )
    phone = MobileField(label=_("手机号"), required=False, help_text=_("以后可以用手机号登录。"))
    email = forms.EmailField(
        label=_("邮箱"),
        required=False,
        help_text=_("用来找回密码。手机号和邮箱至少填一个。"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password = forms.CharField(
        label=_("设置密码"),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("再输入一次"),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_name(self) -> str:
        words = str(self.cleaned_data["name"]).split()
        # 张 三 is written 张三 in the register; Li Ming keeps its space.
        return " ".join(words) if words[0].isascii() else "".join(words)

    def clean_email(self) -> str | None:
        return fold(self.cleaned_data["email"]) or None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("phone") and not data.get("email") and not {"phone", "email"} & set(self.errors):
            self.add_error("phone", _("手机号和邮箱至少填一个。"))
        if password := data.get("password"):
            person = User(name=data.get("name", ""), phone=data.get("phone"), email=data.get("email"))
            person.set_unusable_password()
            try:
                password_validation.validate_password(password, person)
            except forms.ValidationError as error:
                self.add_error("password", error)
            if data.get("again") and password != data["again"]:
                self.add_error("again", _("两次输入的密码不一致。"))
        return data
