"""The meeting opens; what is given as a reason."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shared.forms import DateField
from workspace.elections.forms.seen import SeenForm


class MeetingForm(SeenForm):
    on = DateField(label=_("党员大会日期"))
    present = forms.IntegerField(label=_("实到会有选举权的党员人数"), min_value=0, max_value=9999)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("原因"), min_length=2, max_length=200)
