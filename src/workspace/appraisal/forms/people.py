"""How somebody takes part."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workspace.appraisal.actions.people import Change
from workspace.appraisal.models.people import BY_PEOPLE, NOTE, Part, Person


class PlaceForm(forms.Form):
    part = forms.ChoiceField(label=_("参加方式"), choices=Part.choices, widget=forms.RadioSelect)
    why = forms.ChoiceField(
        label=_("原因"),
        choices=[(why.value, why.label) for why in BY_PEOPLE],
        widget=forms.RadioSelect,
        required=False,
        help_text=_("年老体弱、身患重病的，不作硬性要求；不参加或不评定等次的都要写明原因。"),
    )
    note = forms.CharField(label=_("说明"), max_length=NOTE, required=False)

    def __init__(self, *args: Any, person: Person, **options: Any) -> None:
        why = person.why if person.why in BY_PEOPLE else ""
        options.setdefault("initial", {"part": person.part, "why": why, "note": person.note})
        super().__init__(*args, **options)
        if person.is_probationary:
            field: Any = self.fields["part"]
            field.choices = [choice for choice in Part.choices if choice[0] != Part.GRADED]

    def change(self) -> Change:
        """Of a valid form."""
        said = self.cleaned_data
        return Change(part=said["part"], why=said["why"], note=said["note"])
