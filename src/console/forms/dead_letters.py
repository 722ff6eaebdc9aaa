"""Why a failed job is given up."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DiscardForm(forms.Form):
    """POST."""

    reason = forms.CharField(
        label=_("原因"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写进运营记录，不能修改。"),
    )
