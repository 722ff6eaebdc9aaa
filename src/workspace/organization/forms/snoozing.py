"""Until when a finding is put off, and why."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shared.forms import DateField


class SnoozeForm(forms.Form):
    until = DateField(label=_("暂不提醒到"), help_text=_("到这一天重新显示，最长一年。"))
    reason = forms.CharField(label=_("原因"), max_length=200, help_text=_("例如：上级已批复保留，换届后调整。"))
