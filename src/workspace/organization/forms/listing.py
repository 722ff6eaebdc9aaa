"""Paste a list of units."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ListingForm(forms.Form):
    text = forms.CharField(
        label=_("组织名单"),
        widget=forms.Textarea(attrs={"rows": 10}),
        max_length=60_000,
        help_text=_(
            "从表格里复制，粘贴到这里，每行一个组织，一次最多 300 行。"
            "列的顺序：全称、组织类别、上级党组织、编码、简称；"
            "带表头时按表头认列，只有全称也可以。"
        ),
        error_messages={"required": _("请粘贴组织名单。")},
    )
