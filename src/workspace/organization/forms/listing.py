"""A list of units: pasted, or a file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal
from shared.spreadsheets.limits import DEFAULT
from workspace.organization.listed import Listed, read, read_file
from workspace.organization.listed.lines import as_text


class ListingForm(forms.Form):
    """Cleaned: `listed`, a `Listed`. Once a file is read its lines stand in the text, to be corrected there."""

    file = forms.FileField(
        label=_("表格文件"),
        required=False,
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
        help_text=_(
            "xlsx、xls、ods 或 csv，一次最多 500 行。列名用官方名称或常见写法，表头上方的标题不用删。"
            "导出的组织名册改好以后可以直接传回来。"
        ),
        error_messages={"empty": _("这个文件是空的。")},
    )
    text = forms.CharField(
        label=_("或者粘贴名单"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        max_length=200_000,
        help_text=_(
            "从表格里复制，粘贴到这里，每行一个组织，一次最多 500 行。"
            "列的顺序：全称、组织类别、上级党组织、编码、简称；"
            "带表头时按表头认列，只有全称也可以。"
        ),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        file, text = values.get("file"), values.get("text", "")
        if self.errors:
            return values
        if not file and not text:
            raise forms.ValidationError(_("请选择文件，或者粘贴组织名单。"))
        try:
            # One byte more than allowed is enough to know, whatever the upload says its size is.
            values["listed"] = read_file(file.read(DEFAULT.file_bytes + 1)) if file else read(text)
        except Refusal as refusal:
            self.add_error("file" if file else "text", str(refusal))
        return values

    def keep_lines(self) -> None:
        """Show the lines of the file as text: a browser does not send a file twice by itself."""
        listed: Listed = self.cleaned_data["listed"]
        self.data = {**self.data.dict(), "text": as_text(listed.lines)}  # type: ignore[attr-defined]  # a QueryDict
