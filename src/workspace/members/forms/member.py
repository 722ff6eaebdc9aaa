"""A member's facts typed by hand."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shared.forms import DateField
from shared.widgets import DateInput
from workspace.members.forms.judging import Judgement, judge
from workspace.members.importing.columns import FIELDS, Field, Kind, Need
from workspace.members.models import Member
from workspace.members.queries.facts import label_of
from workspace.members.queries.masking import MASKS, masked
from workspace.organization.models import Unit, UnitQuerySet

_CLEARED = "无"
_BY_FORM = "accepted"


class MemberForm(forms.Form):
    """Every official column but the one that is worked out. `cleaned_data["values"]` is what to write.

    With a `member`, hidden facts are left empty: an empty one stays as it is, 无 clears it.
    """

    def __init__(self, *args: Any, units: UnitQuerySet, on: date, member: Member | None = None, **kwargs: Any) -> None:
        self.member, self.on = member, on
        self.judgement: Judgement | None = None
        kwargs["initial"] = _initial(member) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        for about in FIELDS:
            if about.kind is Kind.UNIT:
                self.fields["unit"] = forms.ModelChoiceField(units, label=label_of(about), empty_label=None)
            elif not about.computed:
                self.fields[about.name] = _field_for(about, member)
        self.fields["is_exempt"] = forms.BooleanField(
            required=False,
            label=_("年老体弱等，不作硬性要求"),
            help_text=_("依据《中国共产党党员教育管理工作条例》第二十三条；计算学时和参加率时不计入。"),
        )
        if member:
            self.fields["basis"] = forms.CharField(
                required=False,
                max_length=200,
                label=_("依据"),
                help_text=_("只在改变所在党支部或人员类别时填写，例如“2026-03-10 支部大会”。"),
            )
            self.fields["seen_at"] = forms.CharField(widget=forms.HiddenInput)
        self.fields[_BY_FORM] = forms.BooleanField(
            required=False, label=_("以上提示我已核对，仍要保存"), widget=forms.HiddenInput
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        judgement = judge(self._texts(data), on=self.on, known=self.member is not None)
        self.judgement = judgement
        for problem in judgement.barring:
            self._complain(problem.field, problem.message)
        if judgement.doubts and not data.get(_BY_FORM):
            self.fields[_BY_FORM].widget = forms.CheckboxInput()
            for problem in judgement.doubts:
                self._complain(problem.field, problem.message)
        data["values"] = self._values(data, judgement.values)
        return data

    def _texts(self, data: Mapping[str, Any]) -> dict[str, str]:
        """What was typed, as a sheet would hold it; hidden facts left empty speak with their old value."""
        texts = {}
        for about in FIELDS:
            if about.computed or about.name not in self.fields:
                continue
            value = data.get(about.name)
            if about.kind is Kind.BOOLEAN:
                texts[about.name] = "是" if value else "否"
            elif self._kept(about.name, value):
                texts[about.name] = str(getattr(self.member, about.name) or "")
            else:
                texts[about.name] = "" if value in (None, _CLEARED) else str(value)
        return texts

    def _kept(self, name: str, value: Any) -> bool:
        return self.member is not None and name in MASKS and not value

    def _values(self, data: Mapping[str, Any], judged: Mapping[str, Any]) -> dict[str, Any]:
        values: dict[str, Any] = {"is_exempt": bool(data.get("is_exempt"))}
        for about in FIELDS:
            if about.kind is Kind.UNIT:
                values["unit"] = data.get("unit")
            elif not about.computed:
                values[about.name] = judged.get(about.name, _nothing(about))
        return values

    def _complain(self, field: str, message: str) -> None:
        self.add_error(field if field in self.fields else None, message)

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their headings."""
        return [(str(title), [self[name] for name in names if name in self.fields]) for title, names in GROUPS]

    @property
    def is_questioned(self) -> bool:
        """Whether the box that accepts doubts is asked for."""
        return not self.fields[_BY_FORM].widget.is_hidden


GROUPS = (
    (_("基本信息"), ("name", "citizen_number", "sex", "birth_date", "ethnic_group", "education", "degree", "phone")),
    (
        _("党员信息"),
        (
            "unit",
            "category",
            "basis",
            "joined_on",
            "converted_on",
            "joining_type",
            "conversion_status",
            "probation_extension",
            "joined_at_unit",
            "party_age_correction_months",
            "is_floating",
            "is_lost_contact",
            "is_exempt",
        ),
    ),
    (
        _("工作与住址"),
        ("job", "technical_title", "new_social_stratum", "is_migrant_worker", "residence", "registered_residence"),
    ),
)


def _field_for(about: Field, member: Member | None) -> forms.Field:
    label = label_of(about)
    required = about.need is Need.REQUIRED and about.name in {"name", "category"}
    if about.kind is Kind.BOOLEAN:
        return forms.BooleanField(required=False, label=label)
    if about.kind is Kind.CODE and about.codes:
        blank = [] if required else [("", "—")]
        return forms.ChoiceField(
            required=required, label=label, choices=[*blank, *about.codes.choices(get_language() or "")]
        )
    if about.kind is Kind.DATE:
        return DateField(required=False, label=label, widget=DateInput())
    if about.kind is Kind.MONTHS:
        return forms.IntegerField(required=False, label=label, min_value=-1200, max_value=1200)
    hint = about.hint
    if member and about.name in MASKS and (shown := masked(member, about.name)):
        hint = _("现为 {shown}。留空表示不改，填“无”表示清除。").format(shown=shown)
    return forms.CharField(required=required, label=label, max_length=about.max_length, help_text=hint)


def _initial(member: Member | None) -> dict[str, Any]:
    if member is None:
        return {}
    initial = {
        about.name: getattr(member, about.name)
        for about in FIELDS
        if not about.computed and about.kind is not Kind.UNIT and about.name not in MASKS
    }
    return initial | {
        "unit": member.unit_id,
        "is_exempt": member.is_exempt,
        "seen_at": member.updated_at.isoformat(),
    }


def _nothing(about: Field) -> Any:
    """How the model says that a column is empty."""
    if about.kind is Kind.BOOLEAN:
        return False
    if about.name == "party_age_correction_months":
        return 0
    if about.kind in {Kind.DATE, Kind.MONTHS} or about.name == "citizen_number":
        return None
    return ""


def units_for(member: Member, allowed: UnitQuerySet) -> UnitQuerySet:
    """The branches to choose from, the present one always among them."""
    return allowed | Unit.objects.filter(pk=member.unit_id)
