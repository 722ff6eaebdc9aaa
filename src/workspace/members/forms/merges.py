"""Two entries side by side: which to keep, and of each column whose value."""

from datetime import date
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from shared.widgets import PersonPicker
from workspace.members.actions.merging.planning import Plan
from workspace.members.forms.judging import judge
from workspace.members.importing.columns import FIELDS, Kind
from workspace.members.models import Member
from workspace.members.models.member import MemberQuerySet

_JUDGED = tuple(about.name for about in FIELDS if not about.computed and about.kind is not Kind.UNIT)


class PairForm(forms.Form):
    """Chosen by hand."""

    kept = forms.ModelChoiceField(Member.objects.none(), label=_("保留的登记"), empty_label=_("输入姓名查找"))
    gone = forms.ModelChoiceField(Member.objects.none(), label=_("并入后去掉的登记"), empty_label=_("输入姓名查找"))

    def __init__(self, *args: Any, people: MemberQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("kept", "gone"):
            field: Any = self.fields[name]
            field.queryset = people
            field.label_from_instance = _named
            field.widget = PersonPicker(url=str(reverse_lazy("members:search")), shown=50)
            field.widget.choices = field.choices


def _named(member: Member) -> str:
    return f"{member.name} · {member.unit}"


def misfits(plan: Plan, said: dict[str, str], *, on: date) -> list[str]:
    """What is wrong with the merged columns and was wrong with neither entry: a number that belies the birth date, …"""
    taken = plan.values(said)
    both = [_texts(each, {}) for each in (plan.kept, plan.gone)]
    known = [problem for each in both for problem in _problems(each, on)]
    return [problem.message for problem in _problems(_texts(plan.kept, taken), on) if problem not in known]


def _problems(texts: dict[str, str], on: date) -> list[Any]:
    judged = judge(texts, on=on, known=True)
    return [*judged.barring, *judged.doubts]


def _texts(member: Member, instead: dict[str, Any]) -> dict[str, str]:
    return {name: _text(instead.get(name, getattr(member, name))) for name in _JUDGED}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value in (None, "") else str(value)
