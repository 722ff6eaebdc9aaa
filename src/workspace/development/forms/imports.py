"""Which file, and what to make of steps without a day."""

from django import forms
from django.utils.translation import gettext_lazy as _


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("在办档案的表格"),
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
        help_text=_("xlsx、xls、ods 或 csv，一次最多 500 人。列名用官方名称或常见写法，表头上方的标题不用删。"),
        error_messages={"required": _("请选择文件。"), "empty": _("这个文件是空的。")},
    )
    fills = forms.BooleanField(
        label=_("最后一个有日期的步骤之前，没有写日期的步骤记为“已办、日期未记”"),
        required=False,
        initial=True,
        help_text=_("不勾选的话，这些步骤会显示为还没有办理。"),
    )
