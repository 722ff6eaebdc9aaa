"""Open a case, narrow the list, say why."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rules import AdmissionStage
from shared.forms import DateField
from shared.identity.citizen import BadCitizenNumber, read_citizen_number
from shared.identity.phones import BadPhone, mobile
from shared.widgets import PersonPicker
from workspace.development.queries.pipeline import STANDINGS, Narrowing
from workspace.development.wording import said
from workspace.members.models import Member
from workspace.members.models.member import MemberQuerySet
from workspace.organization.models import Unit, UnitQuerySet

_STANDINGS = {
    "open": _("进行中"),
    "overdue": _("有逾期"),
    "soon": _("两周内到期"),
    "above": _("待上级办理"),
    "ended": _("已结束"),
    "all": _("全部"),
}


class KnownForm(forms.Form):
    """Somebody who is on the register as applicant, activist, …"""

    member = forms.ModelChoiceField(Member.objects.none(), label=_("人员"), widget=PersonPicker)
    applied_on = DateField(label=_("递交入党申请书日期"), help_text=_("按这一天施行的发展党员工作细则办理，以后不变。"))
    basis = forms.CharField(label=_("依据"), max_length=200, required=False, help_text=_("如收件人、登记号。"))

    def __init__(self, *args: Any, people: MemberQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = people  # type: ignore[attr-defined]


class NewcomerForm(forms.Form):
    """Somebody who is on no list yet."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    citizen_number = forms.CharField(label=_("公民身份号码"), max_length=18, help_text=_("出生日期和性别由号码得出。"))
    phone = forms.CharField(label=_("手机号码"), max_length=20, required=False)
    job = forms.CharField(label=_("工作单位及职务"), max_length=200, required=False)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("接受申请的党支部"))
    applied_on = DateField(label=_("递交入党申请书日期"))
    basis = forms.CharField(label=_("依据"), max_length=200, required=False)

    def __init__(self, *args: Any, units: UnitQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        try:
            return mobile(typed) if typed else ""
        except BadPhone as error:
            raise forms.ValidationError(_("请输入 11 位手机号码。")) from error

    def clean_citizen_number(self) -> str:
        try:
            self.citizen = read_citizen_number(self.cleaned_data["citizen_number"])
        except BadCitizenNumber as error:
            raise forms.ValidationError(_("公民身份号码有误，请核对。")) from error
        return self.citizen.value

    def values(self) -> dict[str, Any]:
        """For the register."""
        given = self.cleaned_data
        plain = {name: given[name] for name in ("name", "citizen_number", "phone", "job")}
        return plain | {"birth_date": self.citizen.birth_date, "sex": self.citizen.sex}


class Filters(forms.Form):
    """`?q=&unit=&stage=&standing=`; nothing in it can raise."""

    q = forms.CharField(label=_("姓名"), required=False, max_length=60)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("党组织"), required=False, empty_label=_("全部党组织"))
    stage = forms.ChoiceField(label=_("阶段"), required=False)
    standing = forms.ChoiceField(label=_("状态"), required=False, choices=[(s, _STANDINGS[s]) for s in STANDINGS])

    def __init__(self, *args: Any, units: UnitQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        stages = [(stage.value, said(stage)) for stage in AdmissionStage]
        self.fields["stage"].choices = [("", _("全部阶段")), *stages]  # type: ignore[attr-defined]

    def narrowing(self) -> Narrowing:
        self.is_valid()
        given = self.cleaned_data
        return Narrowing(
            words=given.get("q") or "",
            unit=given.get("unit"),
            stage=given.get("stage") or "",
            standing=given.get("standing") or "open",
        )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("原因"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class EndingForm(ReasonForm):
    on = DateField(label=_("日期"))
    field_order = ("on", "reason")


class NoticeResultForm(forms.Form):
    passed = forms.TypedChoiceField(
        label=_("公示情况"),
        choices=[("yes", _("没有收到影响发展的反映")), ("no", _("有反映，经核实影响发展"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )
    result = forms.CharField(
        label=_("说明"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("收到的反映、核实经过和结论。影响发展的必须写明。"),
    )


class QuotaForm(forms.Form):
    admissions = forms.IntegerField(
        label=_("计划发展人数"), min_value=0, max_value=9999, required=False, help_text=_("留空表示收回计划。")
    )
    basis = forms.CharField(label=_("依据"), max_length=200, required=False, help_text=_("下达计划的文件。"))
