"""What the lists are narrowed to, read from the address. A wrong value narrows nothing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shared.forms import DateField
from workspace.organization.models import Unit, UnitQuerySet
from workspace.transfers.forms.fields import UnitField
from workspace.transfers.models import Absence, Transfer
from workspace.transfers.queries.lists import Narrowing

_ANY = ("", _("全部"))
_MOST_KEYS = 200


def _search(placeholder: Any) -> forms.CharField:
    return forms.CharField(
        label=_("查找"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": placeholder}),
    )


class TransferFilters(forms.Form):
    q = _search(_("姓名、拼音、编号或单位"))
    kind = forms.ChoiceField(label=_("类别"), required=False, choices=[_ANY, *Transfer.Kind.choices])
    unit = UnitField(queryset=Unit.objects.none(), label=_("党组织"), required=False, empty_label=_("全部"))
    since = DateField(label=_("开具日期自"), required=False)
    until = DateField(label=_("至"), required=False)
    letters = forms.CharField(required=False, widget=forms.HiddenInput)  # 12,13,14: those of one batch

    def __init__(self, *args: Any, units: UnitQuerySet, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def narrowing(self) -> Narrowing:
        """What can be read; the rest is passed over."""
        self.is_valid()
        said = self.cleaned_data
        return Narrowing(
            words=said.get("q", ""),
            kind=said.get("kind", ""),
            unit=said.get("unit"),
            since=said.get("since"),
            until=said.get("until"),
            keys=keys_of(said.get("letters", "")),
        )


class AwayFilters(forms.Form):
    q = _search(_("姓名、拼音或所在地"))
    kind = forms.ChoiceField(label=_("类别"), required=False, choices=[_ANY, *Absence.Kind.choices])
    unit = UnitField(queryset=Unit.objects.none(), label=_("党组织"), required=False, empty_label=_("全部"))

    def __init__(self, *args: Any, units: UnitQuerySet, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        """For `lists.absences`."""
        self.is_valid()
        found = self.cleaned_data
        return {"words": found.get("q", ""), "kind": found.get("kind", ""), "unit": found.get("unit")}


def keys_of(text: str) -> tuple[int, ...]:
    """12,13,14 → keys; nonsense is left out."""
    parts = [part for part in text.split(",") if part.isascii() and part.isdecimal() and len(part) < 10]
    return tuple(int(part) for part in parts[:_MOST_KEYS])
