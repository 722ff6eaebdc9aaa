"""Into which new units one is parted, and who goes where."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from workspace.organization import nesting
from workspace.organization.actions import Part
from workspace.organization.forms.paper import DatedForm
from workspace.organization.forms.seen import SeenField
from workspace.organization.listed import guessed
from workspace.organization.models import Unit

MOST_PARTS = 12


class PartingForm(DatedForm):
    """`choices` of everybody are read from the posted text itself: `p<key>` of a person, `u<key>` of a unit below."""

    names = forms.CharField(
        label=_("新组织的名称"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
        help_text=_("每行一个，写正式批复的名称；类别按名称的结尾认。"),
    )
    seen = SeenField()

    def clean_names(self) -> list[str]:
        names = [line.strip() for line in self.cleaned_data["names"].splitlines() if line.strip()]
        if len(names) > MOST_PARTS:
            raise forms.ValidationError(_("一次最多分出 %(most)s 个组织。"), params={"most": MOST_PARTS})
        if any(len(name) > 120 for name in names):
            raise forms.ValidationError(_("名称太长。"))
        return names

    def parts(self, kinds: Sequence[str], people: Sequence[int], units: Sequence[int]) -> list[Part]:
        """The new units; whoever has no choice of their own goes where `rest` says, or stays."""
        asked: Mapping[str, str] = self.data
        rest = asked.get("rest", "")
        where_people = {key: asked.get(f"p{key}") or rest for key in people}
        where_units = {key: asked.get(f"u{key}", "") for key in units}
        return [
            Part(
                name,
                _kind(name, kinds),
                tuple(key for key in people if where_people[key] == str(number)),
                tuple(key for key in units if where_units[key] == str(number)),
            )
            for number, name in enumerate(self.cleaned_data["names"], start=1)
        ]


class SplittingForm(PartingForm):
    ends = forms.BooleanField(label=_("原组织随即撤销"), required=False, help_text=_("所有人都分出去时才可以。"))
    field_order = ("names", "ends", "on", "basis_number", "basis_on", "basis_note")


class ConvertingForm(PartingForm):
    kind = forms.ChoiceField(label=_("改设为"))
    name = forms.CharField(label=_("改设后的名称"), max_length=120, required=False, help_text=_("不填就不改名。"))
    field_order = ("kind", "name", "names", "on", "basis_number", "basis_on", "basis_note")

    def __init__(self, *args: Any, unit: Unit, parent: Unit | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [kind for kind in nesting.allowed_under(parent) if kind != unit.type]
        cast(forms.ChoiceField, self.fields["kind"]).choices = [(kind.value, kind.label) for kind in kinds]
        self.fields["names"].label = _("下设的新组织")
        self.fields["names"].help_text = _("党支部升格时，党员要编入下设的党支部：每行写一个名称。没有党员就不用写。")


def _kind(name: str, kinds: Sequence[str]) -> str:
    """As the name ends, if such a unit may stand there; else the likeliest that may."""
    found = guessed(name).value
    return found if found in kinds else kinds[0]
