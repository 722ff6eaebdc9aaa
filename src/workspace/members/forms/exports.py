"""What to take away of the list, and how."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workspace.accounts.models import User
from workspace.members.actions.exporting import VERB
from workspace.members.forms.filters import RegisterFilters
from workspace.members.models.member import MemberQuerySet
from workspace.members.queries.drawn import drawn_by, kept_of
from workspace.members.queries.register import register, units_to_choose
from workspace.members.queries.visibility import members_where


class ExportForm(forms.Form):
    form = forms.ChoiceField(
        label=_("格式"), choices=[("xlsx", _("Excel（官方列，可再导入）")), ("csv", "CSV")], widget=forms.RadioSelect
    )
    whole = forms.BooleanField(
        label=_("包含完整的身份证号、手机号和住址"),
        required=False,
        help_text=_("24 小时内超过 200 人时，要有另一位可以导出的人同意；不勾选就不用，现在就能下载。"),
    )
    reason = forms.CharField(
        label=_("用途"),
        required=False,
        max_length=200,
        help_text=_("超过 200 人或包含完整号码时必填。每次导出都留下记录。"),
    )


def chosen(person: User, query: Mapping[str, Any], *, on: date) -> MemberQuerySet:
    """The members whom the list shows at this query, as far as this person may take them away, in the sheet's order."""
    if drawn := drawn_by(query):
        found = members_where(person, VERB).filter(drawn.members(person, query))
        return found.order_by("unit__path", "pinyin", "pk")
    filters = filters_of(person, query)
    found = register(person, filters.narrowing(), on=on) & members_where(person, VERB)
    return found.order_by("unit__path", "pinyin", "pk")


def filters_of(person: User, query: Mapping[str, Any]) -> RegisterFilters:
    return RegisterFilters(query, units=units_to_choose(person, VERB))


def kept(person: User, query: Mapping[str, Any]) -> dict[str, str]:
    """What of the query narrows, to be asked again later."""
    if drawn := drawn_by(query):
        return kept_of(drawn, query)
    filters = filters_of(person, query)
    filters.is_valid()
    return {name: str(query[name]) for name, value in filters.cleaned_data.items() if value}


def in_words(person: User, query: Mapping[str, Any]) -> str:
    """As a reader would say it: 党组织：第一党支部；性别：男."""
    if drawn := drawn_by(query):
        return drawn.words(person, query)
    filters = filters_of(person, query)
    filters.is_valid()
    said = []
    for name, value in filters.cleaned_data.items():
        if value:
            choices: Any = getattr(filters.fields[name], "choices", ())
            text = value if name == "unit" else dict(choices).get(value, value)
            said.append(f"{filters.fields[name].label}：{text}")
    return "；".join(said)


class FileForm(forms.Form):
    """One person's file."""

    form = forms.ChoiceField(label=_("格式"), choices=[("pdf", "PDF"), ("json", "JSON")], widget=forms.RadioSelect)
    whole = forms.BooleanField(label=_("包含完整的身份证号、手机号和住址"), required=False)
    reason = forms.CharField(label=_("用途"), required=False, max_length=200, help_text=_("包含完整号码时必填。"))
