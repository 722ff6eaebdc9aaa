"""Say when and why a unit ends."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shared.clock import today
from shared.forms import DateField
from workspace.organization.forms.paper import PaperForm
from workspace.organization.forms.seen import SeenField


class ClosingForm(PaperForm):
    on = DateField(label=_("撤销日期"), help_text=_("上级批复的日期。"))
    reason = forms.CharField(
        label=_("撤销原因"),
        max_length=200,
        help_text=_("例如：并入机关党支部，依据××号文。原因会写进沿革，可以查到。"),
        error_messages={"required": _("请写明撤销原因。")},
    )
    seen = SeenField()
    field_order = ("on", "reason", "basis_number", "basis_on", "basis_note")

    def __init__(self, *args: Any, established_on: date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.established_on = established_on

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > today():
            raise forms.ValidationError(_("撤销日期不能晚于今天。"))
        if self.established_on and on < self.established_on:
            raise forms.ValidationError(_("撤销日期不能早于成立日期（%(day)s）。"), params={"day": self.established_on})
        return on
