"""Text into values, for the account pages."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from shared.clock import now
from shared.forms import CodeField
from shared.identity import BadPhone, mobile
from workspace.accounts import lockout
from workspace.accounts.models import User
from workspace.accounts.models.user import fold
from workspace.accounts.scopes import SCOPES


class MobileField(forms.CharField):
    """A mainland mobile number in any usual writing; eleven digits, or None where it may be left out."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}))
        super().__init__(max_length=24, **options)

    def clean(self, value: Any) -> str | None:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return mobile(typed)
        except BadPhone as error:
            raise forms.ValidationError(_("请填写 11 位手机号。"), code="phone") from error


class SignInForm(forms.Form):
    username = forms.CharField(
        label=_("用户名、邮箱或手机号"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}),
    )
    password = forms.CharField(
        label=_("密码"),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class CodeForm(forms.Form):
    """Six digits of the app, or a recovery code."""

    code = forms.CharField(
        label=_("验证码"),
        max_length=24,
        help_text=_("验证器应用显示的 6 位数字，或一个恢复码。"),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "text", "autofocus": True, "autocapitalize": "none"}
        ),
    )

    def clean_code(self) -> str:
        return "".join(self.cleaned_data["code"].split()).replace("-", "").casefold()


class PersonForm(forms.Form):
    """A form that judges what was typed against one person."""

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user


class NewPasswordForm(PersonForm):
    """A password and its repetition, judged by the rules for this very person."""

    password = forms.CharField(
        label=_("新密码"),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "data-password-rules": "password-rules"}),
    )
    again = forms.CharField(
        label=_("再输入一次"),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("password") and data.get("again") and data["password"] != data["again"]:
            self.add_error("again", _("两次输入的密码不一致。"))
        return data


class OwnPasswordForm(PersonForm):
    """Shows that it is still the same person: mixed in before what must not be done on a browser left open."""

    own_password = forms.CharField(
        label=_("当前密码"),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def clean_own_password(self) -> str:
        typed: str = self.cleaned_data["own_password"]
        try:
            proven = lockout.proves(self.user, typed, at=now())
        except lockout.TooManyFailures as refusal:
            raise forms.ValidationError(str(refusal), code="locked") from refusal
        if not proven:
            raise forms.ValidationError(_("当前密码不正确。"), code="wrong")
        return typed


class ChangePasswordForm(OwnPasswordForm, NewPasswordForm):
    """The old one and the new one."""

    field_order = ("own_password", "password", "again")


class AskForResetForm(forms.Form):
    username = forms.CharField(
        label=_("用户名、邮箱或手机号"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}),
    )


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when it runs
    """What people may say of themselves. A new mail or phone could be used to take the account, so it needs proof."""

    phone = MobileField(label=_("手机号"), required=False)
    language = forms.ChoiceField(
        label=_("界面语言"), required=False, choices=[("", _("跟随浏览器")), *settings.LANGUAGES]
    )
    own_password = forms.CharField(
        label=_("当前密码"),
        max_length=256,
        strip=False,
        required=False,
        help_text=_("只有修改邮箱或手机号时需要填写。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    class Meta:
        model = User
        fields = ("name", "email", "phone", "language", "large_type")
        labels: ClassVar = {
            "name": _("姓名"),
            "email": _("邮箱"),
            "large_type": _("大字版"),
        }
        error_messages: ClassVar = {
            "email": {"unique": _("这个邮箱已用于本单位的另一个账号。")},
            "phone": {"unique": _("这个手机号已用于本单位的另一个账号。")},
        }
        help_texts: ClassVar = {"large_type": _("文字和按钮放大，适合远看或视力不便时使用。")}

    def clean_email(self) -> str | None:
        typed = self.cleaned_data.get("email")
        return fold(typed) if typed else None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        typed = data.get("own_password", "")
        if {"email", "phone"} & set(self.changed_data):
            try:
                # Nothing typed is a question forgotten, not a guess.
                if not typed or not lockout.proves(self.instance, typed, at=now()):
                    self.add_error("own_password", _("修改邮箱或手机号，请填写正确的当前密码。"))
            except lockout.TooManyFailures as refusal:
                self.add_error("own_password", str(refusal))
        return data


class FactorForm(OwnPasswordForm):
    """The first code of the app that was just set up."""

    code = CodeField(label=_("验证码"), help_text=_("验证器应用现在显示的 6 位数字。"))
    field_order = ("code", "own_password")


class ConfirmForm(OwnPasswordForm):
    """Only the password, before something is taken away."""


class TokenForm(OwnPasswordForm):
    name = forms.CharField(label=_("名称"), max_length=60, help_text=_("写明给哪个程序用，例如“月报脚本”。"))
    scopes = forms.MultipleChoiceField(
        label=_("允许的操作"), choices=list(SCOPES.items()), widget=forms.CheckboxSelectMultiple
    )
    days = forms.TypedChoiceField(
        label=_("有效期"),
        coerce=int,
        initial=90,
        choices=[(30, _("30 天")), (90, _("90 天")), (365, _("1 年")), (0, _("不过期"))],
    )
    field_order = ("name", "scopes", "days", "own_password")
