"""Questions of the import: which file, which columns."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shared.forms import DateField
from workspace.members.importing import Mapping
from workspace.members.importing.columns import FIELDS
from workspace.members.importing.mapping import Column
from workspace.members.models import Batch, Member
from workspace.members.queries.facts import label_of
from workspace.organization.models import Unit

_ENDINGS = ".xlsx,.xls,.ods,.csv"


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("花名册文件"),
        max_length=200,
        widget=forms.FileInput(attrs={"accept": _ENDINGS}),
        help_text=_("xlsx、xls、ods 或 csv，不超过 10 MB、20000 人。列名不用改，表头上方的标题也不用删。"),
        error_messages={"required": _("请选择文件。"), "empty": _("这个文件是空的。")},
    )


class ColumnsForm(forms.Form):
    """One choice a column of the sheet; `column_3` is the field that the fourth column means."""

    def __init__(self, *args: Any, mapping: Mapping, batch: Batch, units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mapping = mapping
        choices = [("", _("（不导入）")), *((f.name, label_of(f)) for f in FIELDS)]
        for column in mapping.columns:
            self.fields[f"column_{column.index}"] = forms.ChoiceField(
                required=False, choices=choices, label=column.label or str(column.index + 1), initial=column.field
            )
        self.fields["as_of"] = DateField(
            label=_("这份表格截至"),
            initial=batch.as_of,
            help_text=_("当天及之后在本系统里改过的内容比表格新，会保留，不被覆盖。"),
        )
        self.fields["default_unit"] = forms.ChoiceField(
            required=False,
            label=_("没有写支部的人，放入"),
            choices=[("", "—"), *((str(unit.pk), unit.name) for unit in units)],
            initial=batch.defaults.get("unit", ""),
        )
        self.fields["default_category"] = forms.ChoiceField(
            required=False,
            label=_("没有写人员类别的人，记为"),
            choices=[("", "—"), *Member.Category.choices],
            initial=batch.defaults.get("category", ""),
        )

    @property
    def rows(self) -> list[tuple[Column, forms.BoundField]]:
        return [(column, self[f"column_{column.index}"]) for column in self.mapping.columns]

    @property
    def others(self) -> list[forms.BoundField]:
        return [self[name] for name in ("as_of", "default_unit", "default_category")]

    def chosen(self) -> dict[int, str | None]:
        return {c.index: self.cleaned_data[f"column_{c.index}"] or None for c in self.mapping.columns}

    def defaults(self) -> dict[str, str]:
        said = self.cleaned_data
        return {"unit": said["default_unit"], "category": said["default_category"]}

    def day(self) -> date:
        day: date = self.cleaned_data["as_of"]
        return day
