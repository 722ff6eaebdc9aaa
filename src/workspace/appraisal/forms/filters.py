"""What the board is narrowed to, read from the address. A wrong value narrows nothing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workspace.appraisal.queries.lists import Narrowing
from workspace.organization.models import Unit, UnitQuerySet


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable when it runs
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class Filters(forms.Form):
    year = forms.TypedChoiceField(label=_("年度"), coerce=int, required=False)
    q = forms.CharField(
        label=_("查找"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("党组织名称、拼音")}),
    )
    unit = UnitField(queryset=Unit.objects.none(), label=_("党组织及下级"), required=False, empty_label=_("全部"))

    def __init__(self, *args: Any, units: UnitQuerySet, years: list[int], year: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.default_year = year
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["year"].choices = [(one, str(one)) for one in years]  # type: ignore[attr-defined]
        self.fields["year"].initial = year

    def narrowing(self) -> Narrowing:
        """What can be read; the rest is passed over."""
        self.is_valid()
        said = self.cleaned_data
        return Narrowing(year=said.get("year") or self.default_year, words=said.get("q", ""), unit=said.get("unit"))
