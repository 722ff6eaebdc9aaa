"""What an operator types to ask organisations in."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from console.actions.inviting import Terms
from console.forms.choices import offer
from console.pasted import Line
from console.queries import rollout
from shared.codes.regions import PROVINCES
from shared.identity.uscc import compact_uscc, is_uscc
from tenants.models.tenant import UnitType

LONGEST_DAYS = 365
RESULTS = (("sent", _("待打开")), ("seen", _("已打开")), ("used", _("已开通")), ("over", _("已失效")))


class TermsForm(forms.Form):
    """What every invitation of one sending shares."""

    wave = forms.CharField(
        label=_("批次"), required=False, max_length=60, help_text=_("例如“2026 秋季试点”；按批次看推广效果。")
    )
    days = forms.IntegerField(label=_("有效天数"), initial=30, min_value=1, max_value=LONGEST_DAYS)

    def terms(self) -> Terms:
        return Terms(wave=self.cleaned_data["wave"].strip(), days=self.cleaned_data["days"])


class InvitationForm(TermsForm):
    """One organisation."""

    name = forms.CharField(label=_("单位名称"), max_length=120)
    kind = forms.ChoiceField(label=_("单位类型"), required=False, choices=[("", _("由对方选择")), *UnitType.choices])
    region = forms.ChoiceField(label=_("地区"), required=False)
    credit_code = forms.CharField(label=_("统一社会信用代码"), required=False, max_length=30)
    email = forms.EmailField(
        label=_("联系邮箱"), required=False, help_text=_("填写后，邀请链接会自动发到这个邮箱；不填则自己转交链接。")
    )
    field_order = ("name", "kind", "region", "credit_code", "email", "wave", "days")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "region", [("", _("由对方选择")), *PROVINCES.choices(get_language() or "zh-hans")])

    def clean_credit_code(self) -> str:
        code = compact_uscc(self.cleaned_data["credit_code"])
        if code and not is_uscc(code):
            raise forms.ValidationError(_("这不是有效的统一社会信用代码，请核对 18 位字符。"), code="invalid")
        return code

    def line(self) -> Line:
        """As one pasted line would have said it."""
        values = {name: self.cleaned_data[name] for name in ("name", "kind", "region", "credit_code", "email")}
        return Line(1, values["name"], **values)


class PastedForm(TermsForm):
    """A list from a spreadsheet."""

    lines = forms.CharField(
        label=_("单位清单"),
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_(
            "每行一个单位：单位名称、类型、省份、统一社会信用代码、邮箱，用制表符或逗号隔开；只有单位名称必填，可直接从表格粘贴。"
        ),
    )
    field_order = ("lines", "wave", "days")


class RevokeForm(forms.Form):
    """Why an invitation is taken back."""

    reason = forms.CharField(label=_("原因"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class InvitationFilter(forms.Form):
    """GET."""

    q = forms.CharField(label=_("单位、信用代码或邮箱"), required=False, max_length=120)
    wave = forms.ChoiceField(label=_("批次"), required=False)
    result = forms.ChoiceField(label=_("状态"), required=False, choices=[("", _("全部")), *RESULTS])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "wave", [("", _("全部")), *((name, name) for name in rollout.wave_names())])
