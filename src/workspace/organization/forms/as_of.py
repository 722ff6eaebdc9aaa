"""Which day's tree, and which day to compare it with."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shared.forms import DateField


class AsOfForm(forms.Form):
    """Read from the address; both may be left out."""

    on = DateField(label=_("截至"), required=False)
    since = DateField(label=_("对比日期"), required=False)
