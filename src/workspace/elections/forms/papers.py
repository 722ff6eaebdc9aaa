"""What goes up, and the answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shared.forms import DateField
from workspace.elections.models.papers import APPROVED, NOTE, NUMBER, RETURNED

_DECISIONS = ((APPROVED, _("同意")), (RETURNED, _("退回补充")))


class AskForm(forms.Form):
    on = DateField(label=_("报送日期"))
    number = forms.CharField(label=_("请示文号"), max_length=NUMBER, required=False)
    note = forms.CharField(label=_("说明"), max_length=NOTE, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class PostponeForm(AskForm):
    until = DateField(label=_("延期到"), help_text=_("一般不超过任期届满后一年。"))
    note = forms.CharField(label=_("延期理由"), min_length=2, max_length=NOTE, widget=forms.Textarea(attrs={"rows": 3}))
    field_order = ("until", "note", "on", "number")


class DecideForm(forms.Form):
    decision = forms.ChoiceField(label=_("批复意见"), choices=_DECISIONS, widget=forms.RadioSelect)
    on = DateField(label=_("批复日期"))
    number = forms.CharField(label=_("批复文号"), max_length=NUMBER, required=False)
    reason = forms.CharField(
        label=_("意见"),
        max_length=NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("退回时写明要补充什么；同意时可以不填。"),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("decision") == RETURNED and not said.get("reason", "").strip():
            self.add_error("reason", _("退回要写明原因和要补充的内容。"))
        return said
