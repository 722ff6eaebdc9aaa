"""A day, a way of voting, a reason."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shared.forms import DateField
from workspace.appraisal.forms.seen import SeenForm
from workspace.appraisal.models.ballots import Way


class DayForm(SeenForm):
    on = DateField(label=_("日期"))


class BeginForm(DayForm):
    way = forms.ChoiceField(
        label=_("测评方式"),
        choices=Way.choices,
        widget=forms.RadioSelect,
        help_text=_("手机测评只记下谁投过票，不记谁投了什么；有人没有手机的，选纸质。"),
    )
    field_order = ("way", "on")


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("原因"), min_length=2, max_length=200)
