"""What members write. Lengths are asked by the action, which says how much is too much; nothing is cut off."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workspace.appraisal.models.texts import OPINION, TEXT


class ReviewForm(forms.Form):
    text = forms.CharField(
        label=_("自评"),
        widget=forms.Textarea(attrs={"rows": 10}),
        max_length=TEXT,
        help_text=_("对照入党誓词和党员义务，写做得怎么样、有什么不足、打算怎么改。几句实话就好，最多 2000 字。"),
        error_messages={"required": _("请写自评；交纸质的，告诉支部委员登记即可。")},
    )


class OpinionForm(forms.Form):
    text = forms.CharField(
        label=_("意见"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=OPINION,
        required=False,
        help_text=_("说具体的事，也说希望。结果公布后，本人会看到您的名字和这段话。"),
    )
    at_meeting = forms.BooleanField(label=_("已在会上当面提出"), required=False)

    def said(self) -> dict[str, Any]:
        """Of a valid form."""
        return {"text": self.cleaned_data["text"], "at_meeting": self.cleaned_data["at_meeting"]}
