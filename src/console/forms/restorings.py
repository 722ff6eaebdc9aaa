"""Narrow the list of restorings."""

from django import forms
from django.utils.translation import gettext_lazy as _

from console.forms.workspaces import ANY
from provisioning.models import Restoring

RESULTS = [
    ("running", _("正在执行")),
    ("failed", _("有一步没有完成")),
    ("stopped", _("停下了，等继续")),
    ("done", _("已完成")),
    ("abandoned", _("已放弃")),
]


class RestoringFilter(forms.Form):
    """GET. A value that is none of ours narrows nothing."""

    q = forms.CharField(label=_("单位名称或网址"), required=False, max_length=120)
    kind = forms.ChoiceField(label=_("做什么"), required=False, choices=[ANY, *Restoring.Kind.choices])
    result = forms.ChoiceField(label=_("状态"), required=False, choices=[ANY, *RESULTS])
