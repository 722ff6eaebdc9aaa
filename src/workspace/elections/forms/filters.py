"""What the lists are narrowed to, read from the address. A wrong value narrows nothing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workspace.elections.models import Election
from workspace.elections.queries.lists import Narrowing
from workspace.organization.models import Unit, UnitQuerySet

_ANY = ("", _("全部"))


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable when it runs
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class Filters(forms.Form):
    q = forms.CharField(
        label=_("查找"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("党组织名称、拼音")}),
    )
    kind = forms.ChoiceField(label=_("选举方式"), required=False, choices=[_ANY, *Election.Kind.choices])
    unit = UnitField(queryset=Unit.objects.none(), label=_("党组织及下级"), required=False, empty_label=_("全部"))

    def __init__(self, *args: Any, units: UnitQuerySet, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def narrowing(self) -> Narrowing:
        """What can be read; the rest is passed over."""
        self.is_valid()
        said = self.cleaned_data
        return Narrowing(words=said.get("q", ""), kind=said.get("kind", ""), unit=said.get("unit"))
