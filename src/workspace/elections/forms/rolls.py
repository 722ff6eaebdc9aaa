"""Somebody put on the list, or left out of those entitled."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shared.widgets import PersonPicker
from workspace.elections.actions.rolls import Change
from workspace.elections.models.rolls import LEAVES_OUT, PUTS_ON, Why
from workspace.members.models import Member

_SHOWN = 50


class AmendForm(forms.Form):
    """`is_in` says which of the two; `people` whom it can be about."""

    member = forms.ModelChoiceField(
        label=_("党员"),
        queryset=Member.objects.none(),
        widget=PersonPicker,
        empty_label=_("请选择"),
        error_messages={"required": _("请选择党员。"), "invalid_choice": _("请从列表中选择党员。")},
    )
    why = forms.ChoiceField(label=_("原因"), widget=forms.RadioSelect)
    note = forms.CharField(label=_("说明"), max_length=200, help_text=_("写明依据，例如经哪一天的党员大会通过。"))

    def __init__(self, *args: Any, people: Any, is_in: bool, url: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.is_in = is_in
        whom: Any = self.fields["member"]
        whom.queryset = people
        whom.widget = PersonPicker(url=url, shown=_SHOWN)
        whom.widget.choices = whom.choices
        reasons = PUTS_ON if is_in else LEAVES_OUT
        self.fields["why"].choices = [(why.value, why.label) for why in reasons]  # type: ignore[attr-defined]

    def change(self) -> Change:
        """Of a valid form."""
        return Change(is_in=self.is_in, why=str(Why(self.cleaned_data["why"]).value), note=self.cleaned_data["note"])


def people_url(pk: int) -> str:
    return reverse("elections:people", args=[pk])
