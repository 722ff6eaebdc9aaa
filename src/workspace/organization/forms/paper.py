"""Since when a change of the tree holds, and on which paper it rests."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shared.clock import today
from shared.forms import DateField
from workspace.organization.standing import Basis


class PaperForm(forms.Form):
    """The paper alone, for verbs whose day is a field of their own."""

    basis_number = forms.CharField(label=_("批复文号"), max_length=60, required=False)
    basis_on = DateField(label=_("批复日期"), required=False)
    basis_note = forms.CharField(label=_("说明"), max_length=200, required=False)

    def basis(self) -> Basis:
        given = self.cleaned_data
        return Basis(given["basis_number"].strip(), given["basis_on"], given["basis_note"].strip())


class DatedForm(PaperForm):
    """With the day; an empty one means today."""

    on = DateField(
        label=_("生效日期"), required=False, help_text=_("可以是过去的日子（补登记）；不填就是今天。不能晚于今天。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"on": today()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def day(self) -> date | None:
        day: date | None = self.cleaned_data.get("on")
        return day
