"""What the reader of the record asks for."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shared.forms import DateField
from workspace.access.queries import units_where
from workspace.accounts.models import User
from workspace.audit.models import Entry
from workspace.audit.words import FAMILIES, KINDS, LABELS
from workspace.organization.models import Unit
from workspace.oversight.queries.listing import Wanted
from workspace.oversight.queries.visibility import VERB

_ALL = ("", _("全部"))


def _verbs() -> list[tuple[Any, Any]]:
    """Families first, so that a whole one can be chosen; then each verb within its family."""
    whole = [(family, LABELS[family]) for family in FAMILIES]
    return [_ALL, (_("一类事项"), whole), *((LABELS[name], list(verbs.items())) for name, verbs in FAMILIES.items())]


class EntryFilters(forms.Form):
    """GET. What cannot be understood narrows nothing."""

    q = forms.CharField(label=_("对象、请求编号或网络地址"), required=False, max_length=120)
    person = forms.CharField(label=_("操作人"), required=False, max_length=60)
    verb = forms.ChoiceField(label=_("事项"), required=False, choices=_verbs)
    kind = forms.ChoiceField(label=_("对象类别"), required=False, choices=[_ALL, *KINDS.items()])
    result = forms.ChoiceField(label=_("结果"), required=False, choices=[_ALL, *Entry.Result.choices])
    since = DateField(label=_("从"), required=False)
    until = DateField(label=_("到"), required=False)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("党组织"), required=False, empty_label=_("全部"))

    def __init__(self, data: Any, *, reader: User) -> None:
        super().__init__(data)
        units: Any = self.fields["unit"]
        units.queryset = units_where(reader, VERB).order_by("path")

    @property
    def wanted(self) -> Wanted:
        self.is_valid()
        said = self.cleaned_data
        return Wanted(
            words=said.get("q", "").strip(),
            person=said.get("person", "").strip(),
            verb=said.get("verb", ""),
            kind=said.get("kind", ""),
            result=said.get("result", ""),
            since=said.get("since"),
            until=said.get("until"),
            unit=said.get("unit"),
        )


def key_of(asked: Mapping[str, Any], name: str) -> int | None:
    """A key from a query string; None for anything else."""
    typed = str(asked.get(name, ""))
    return int(typed) if typed.isdecimal() and len(typed) < 19 else None
