"""What each screen of a sign-up asks. Texts into values; nothing is saved here."""

import re
import unicodedata
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from provisioning.models import Signup
from provisioning.queries import is_free
from shared.codes import PROVINCES
from shared.forms import CodeField
from shared.identity import BadPhone, is_uscc, mobile
from shared.identity.uscc import compact_uscc
from tenants.models.tenant import UnitType
from tenants.names import validate_slug

# Letters of any script, digits, and the signs that stand in names of organisations; nothing invisible, no markup.
_NAME = re.compile(r"[\w （）()·.．&－\-—、，,“”‘’'《》/+]+")
MOST_MEMBERS = 1_000_000  # people
WITHOUT_CODE = frozenset({UnitType.COMMUNITY, UnitType.OTHER})


def tidy(text: str) -> str:
    """One form for a name: NFC, single spaces, none around it."""
    return " ".join(unicodedata.normalize("NFC", text).split())


class NameField(forms.CharField):
    """A name of an organisation or a person."""

    def clean(self, value: Any) -> str:
        name = tidy(str(super().clean(value) or ""))
        if name and (not _NAME.fullmatch(name) or not any(c.isalpha() for c in name)):
            raise forms.ValidationError(_("名称里有不能用的字符，请只写文字、数字和常用标点。"), code="characters")
        return name


class NameForm(forms.Form):
    name = NameField(
        label=_("单位全称"),
        min_length=2,
        max_length=120,
        help_text=_("与公章一致，例如「江城市第一人民医院」。以后可以修改。"),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )


class KindForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("单位类型"),
        choices=UnitType.choices,
        widget=forms.RadioSelect,
        help_text=_("决定空间里预先放好的组织架构，以后可以调整。"),
    )


class CreditCodeForm(forms.Form):
    credit_code = forms.CharField(
        label=_("统一社会信用代码"),
        max_length=30,
        required=False,
        help_text=_("18 位，在营业执照、事业单位法人证书或登记证书上。用来避免同一单位重复开通。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    no_code = forms.ChoiceField(label=_("没有代码的原因"), required=False)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind in WITHOUT_CODE:
            self.fields["no_code"] = forms.ChoiceField(
                label=_("没有代码的原因"),
                choices=[("", _("有代码，已填在上面")), *Signup.NoCode.choices],
                required=False,
            )
        else:
            self.fields["credit_code"].required = True
            del self.fields["no_code"]

    def clean_credit_code(self) -> str:
        code = compact_uscc(self.cleaned_data["credit_code"]) if self.cleaned_data["credit_code"] else ""
        if code and not is_uscc(code):
            raise forms.ValidationError(
                _("这个代码的校验位不对，请逐位核对：共 18 位，不含字母 I、O、Z、S、V。"), code="check_digit"
            )
        return code

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        values.setdefault("no_code", "")
        if "no_code" in self.fields and not self.errors:
            if values["credit_code"]:
                values["no_code"] = ""
            elif not values["no_code"]:
                self.add_error("no_code", _("请填写代码，或选择没有代码的原因。"))
        return values


class PlaceForm(forms.Form):
    region = forms.ChoiceField(label=_("所在地区"))
    stated_members = forms.IntegerField(
        label=_("党员大约有多少人"),
        min_value=1,
        max_value=MOST_MEMBERS,
        help_text=_("估计数即可，只用来估算容量，不作考核。"),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"] = forms.ChoiceField(
            label=_("所在地区"),
            choices=[("", _("请选择")), *PROVINCES.choices(get_language() or "zh-hans")],
            widget=forms.Select(attrs={"autocomplete": "address-level1"}),
        )


class ContactForm(forms.Form):
    contact_name = NameField(
        label=_("姓名"), min_length=2, max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("邮箱"),
        help_text=_("下一步会发验证码到这里；空间的第一位管理员用它激活。"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("手机号"),
        required=False,
        max_length=20,
        help_text=_("选填，只在联系不上邮箱时使用。"),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean_phone(self) -> str:
        try:
            return mobile(self.cleaned_data["phone"]) if self.cleaned_data["phone"] else ""
        except BadPhone as error:
            raise forms.ValidationError(_("请填写 11 位手机号，或留空。"), code="phone") from error


class VerificationForm(forms.Form):
    code = CodeField(label=_("六位验证码"))


class AddressForm(forms.Form):
    slug = forms.CharField(
        label=_("网址"),
        max_length=63,
        help_text=_("3 到 32 个小写字母、数字或连字符，以字母开头。开通后不能修改。"),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "none",
                "spellcheck": "false",
                # The form's own field: without scripts the answer comes after 继续.
                "hx-get": reverse_lazy("provisioning:availability"),
                "hx-trigger": "input changed delay:300ms",
                "hx-target": "#availability",
                "hx-sync": "this:replace",
            }
        ),
    )

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"]).strip().lower()
        validate_slug(slug)
        if not is_free(slug):
            raise forms.ValidationError(_("网址 %(slug)s 已被使用，请换一个。"), code="taken", params={"slug": slug})
        return slug


class NoticeForm(forms.Form):
    agreed = forms.BooleanField(
        label=_("我已阅读并同意隐私告知和使用条款"),
        error_messages={"required": _("同意之后才能开通。如果不同意，可以点「重新开始」，已填写的内容会立即删除。")},
    )
    version = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, version: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._version = version

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("version") != self._version:
            raise forms.ValidationError(_("文本在你阅读时更新了，请再看一遍。"), code="version")
        return values


class FindByAddressForm(forms.Form):
    slug = forms.CharField(label=_("空间网址"), max_length=63)

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"]).strip().lower()
        validate_slug(slug)
        return slug


class FindByEmailForm(forms.Form):
    email = forms.EmailField(label=_("开通时用的邮箱"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()
