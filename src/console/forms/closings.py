"""Narrow the list of closings, give a reason, and change an address."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from console.forms.workspaces import ANY, MoveForm
from tenants.names import validate_slug

RESULTS = [
    ("grace", _("期限内，可撤销")),
    ("running", _("正在执行")),
    ("failed", _("有一步没有完成")),
    ("archived", _("已封存")),
    ("done", _("已清除")),
    ("cancelled", _("已撤销")),
]


class ClosingFilter(forms.Form):
    """GET. A value that is none of ours narrows nothing."""

    q = forms.CharField(label=_("单位名称或网址"), required=False, max_length=120)
    result = forms.ChoiceField(label=_("状态"), required=False, choices=[ANY, *RESULTS])


class ReasonForm(forms.Form):
    """POST. Why; kept in the history and in the operators' record."""

    reason = forms.CharField(
        label=_("原因"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写进这个单位的状态记录和运营记录，不能修改。"),
    )


class AddressForm(MoveForm):
    """POST. Another address, why, and the present one typed."""

    field_order = ("address", "reason", "confirmed")
    address = forms.CharField(
        label=_("新网址"),
        max_length=32,
        help_text=_("小写字母、数字和连字符。旧网址继续通到这里，不会给别的单位。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def clean_address(self) -> Any:
        typed = self.cleaned_data["address"].strip().lower()
        try:
            validate_slug(typed)
        except ValidationError as error:
            raise forms.ValidationError(error.messages) from error
        return typed
