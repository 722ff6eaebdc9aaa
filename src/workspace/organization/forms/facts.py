"""Set a unit up or correct it."""

from dataclasses import asdict
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from shared.forms import DateField
from shared.identity.phones import BadPhone, landline, mobile
from workspace.organization import nesting
from workspace.organization.facts import NAMES, Facts, NoSuchRegion, region_of
from workspace.organization.forms.paper import DatedForm
from workspace.organization.forms.seen import SeenField
from workspace.organization.models import Unit

_JOINT = (Unit.Type.JOINT_BRANCH, Unit.Type.TEMPORARY_JOINT_BRANCH)


class FactsForm(DatedForm):
    """`parent` decides which types are offered; None is for the root. The present type of `unit` is always offered."""

    name = forms.CharField(
        label=_("全称"),
        max_length=120,
        help_text=_("写正式批复的名称，例如“内科第一党支部”。"),
        error_messages={"required": _("请填写组织的全称。")},
    )
    type = forms.ChoiceField(label=_("组织类别"), help_text=_("只列出可以设在这个上级组织下面的类别。"))
    short_name = forms.CharField(
        label=_("简称"), max_length=40, required=False, help_text=_("列表和手机上显示简称；不填就显示全称。")
    )
    code = forms.CharField(
        label=_("编码"), max_length=40, required=False, help_text=_("上级系统里的党组织编码，用于对照导入导出。")
    )
    established_on = DateField(label=_("成立日期"), required=False)
    elected_on = DateField(label=_("本届选举日期"), required=False, help_text=_("用来计算任期届满和换届提醒的日期。"))
    contact = forms.CharField(label=_("联系人"), max_length=60, required=False)
    contact_phone = forms.CharField(label=_("联系电话"), max_length=20, required=False)
    situation = forms.ChoiceField(
        label=_("所在单位情况"), required=False, choices=[("", _("未填写")), *Unit.Situation.choices]
    )
    region = forms.CharField(
        label=_("行政区划"),
        max_length=40,
        required=False,
        help_text=_("六位代码，或者省、市的名称，例如 330100 或杭州市。"),
    )
    joint_units = forms.IntegerField(
        label=_("覆盖的单位数"),
        required=False,
        min_value=0,
        max_value=999,
        help_text=_("联合党支部由几个单位联合成立。"),
    )
    corrects = forms.BooleanField(
        label=_("这是更正：原来登记错了，不是更名或改设"),
        required=False,
        help_text=_("勾选后，以前的名称和类别也按现在填写的算。"),
    )
    seen = SeenField()
    field_order = (*NAMES, "corrects", "on", "basis_number", "basis_on", "basis_note")

    def __init__(self, *args: Any, parent: Unit | None, unit: Unit | None = None, **kwargs: Any) -> None:
        if unit:
            kwargs["initial"] = asdict(Facts.of(unit)) | {"seen": unit.updated_at}
        super().__init__(*args, **kwargs)
        if unit is None or unit.type not in _JOINT:
            del self.fields["joint_units"]
        self.unit = unit
        if unit is None:  # a new unit begins on its day of establishment
            del self.fields["on"], self.fields["corrects"]
        kinds = nesting.allowed_under(parent)
        if unit and unit.type not in kinds:
            kinds = (Unit.Type(unit.type), *kinds)
        self.types.choices = [(kind.value, kind.label) for kind in kinds]

    @property
    def types(self) -> forms.ChoiceField:
        return cast(forms.ChoiceField, self.fields["type"])

    def clean_contact_phone(self) -> str:
        typed: str = self.cleaned_data["contact_phone"]
        if not typed:
            return ""
        for read in (mobile, landline):
            try:
                return read(typed)
            except BadPhone:
                continue
        raise forms.ValidationError(_("请填写 11 位手机号，或带区号的座机号，例如 010-12345678。"))

    def clean_region(self) -> str:
        try:
            return region_of(self.cleaned_data["region"])
        except NoSuchRegion as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def clean_joint_units(self) -> int:
        return self.cleaned_data["joint_units"] or 0

    def facts(self) -> Facts:
        """The valid values; what was not asked stays."""
        kept = asdict(Facts.of(self.unit)) if self.unit else {}
        return Facts(**{**kept, **{name: self.cleaned_data[name] for name in NAMES if name in self.cleaned_data}})
