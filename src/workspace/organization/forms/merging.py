"""Which units end in this one, since when, under what name."""

from datetime import datetime
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from workspace.organization.forms.paper import DatedForm
from workspace.organization.models import Unit, UnitQuerySet


class UnitsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, unit: Unit) -> str:
        return f"{unit}（{unit.get_type_display()}）"


class MergingForm(DatedForm):
    units = UnitsField(
        label=_("并入的组织"),
        queryset=Unit.objects.none(),
        help_text=_("勾选的组织合并后撤销；人员、职务、角色、安排和没完成的事项一起转过来。"),
        error_messages={"required": _("请至少勾选一个组织。"), "invalid_choice": _("请从列表中勾选。")},
    )
    name = forms.CharField(label=_("合并后的名称"), max_length=120, required=False, help_text=_("不填就不改名。"))
    looked_at = forms.CharField(widget=forms.HiddenInput, required=False)
    field_order = ("units", "name", "on", "basis_number", "basis_on", "basis_note")

    def __init__(self, *args: Any, candidates: UnitQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(UnitsField, self.fields["units"]).queryset = candidates

    def clean_looked_at(self) -> dict[int, datetime]:
        """`updated_at` of each unit as the preview showed it, by key. What cannot be read counts as never seen."""
        found = {}
        for part in self.cleaned_data["looked_at"].split():
            key, _equals, at = part.partition("=")
            try:
                when = parse_datetime(at)
            except ValueError:
                when = None
            if key.isdecimal() and when:
                found[int(key)] = when
        return found

    def look_again(self, units: list[Unit]) -> None:
        """The next confirmation is over what these units are now."""
        data = cast(QueryDict, self.data).copy()
        data["looked_at"] = " ".join(f"{unit.pk}={unit.updated_at.isoformat()}" for unit in units)
        self.data = data
