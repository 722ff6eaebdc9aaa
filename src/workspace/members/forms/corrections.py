"""A member asks for one column to be put right; the branch answers."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workspace.members.forms.judging import judge
from workspace.members.importing.columns import BY_NAME, FIELDS, Kind
from workspace.members.models import Member
from workspace.members.queries.facts import label_of

ASKABLE = tuple(about.name for about in FIELDS if not about.computed and about.kind is not Kind.UNIT)


class CorrectionForm(forms.Form):
    """`values` after validation: what the column should hold, read as a roster's cell is read."""

    field = forms.ChoiceField(label=_("哪一项"))
    value = forms.CharField(
        label=_("应该是"), max_length=300, help_text=_("按平时的写法填写，例如“大学本科”“2010-07-01”“是”。")
    )
    reason = forms.CharField(
        label=_("理由"), min_length=2, max_length=200, help_text=_("例如“换了号码”“档案记载为……”。")
    )

    def __init__(self, *args: Any, member: Member, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member, self.on = member, on
        self.values: dict[str, Any] = {}
        self.fields["field"].choices = [  # type: ignore[attr-defined]
            (name, label_of(BY_NAME[name])) for name in ASKABLE
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("field") and data.get("value"):
            self.values, wrong = read(self.member, {data["field"]: data["value"]}, on=self.on)
            for message in wrong.get(data["field"], []):
                self.add_error("value", message)
        return data


def read(member: Member, texts: dict[str, str], *, on: date) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """Typed texts of one member as values, beside what is wrong with them. The rest of the record is taken along."""
    before = {name: _text(getattr(member, name)) for name in ASKABLE}
    known = judge(before, on=on, known=True)
    judged = judge(before | texts, on=on, known=True)
    wrong: dict[str, list[str]] = {}
    for problem in (*judged.barring, *judged.doubts):
        # What was odd about the record before is not this request's fault.
        if problem.field in texts or problem not in (*known.barring, *known.doubts):
            name = problem.field if problem.field in texts else next(iter(texts))
            wrong.setdefault(name, []).append(problem.message)
    return {name: judged.values[name] for name in texts if name in judged.values}, wrong


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value in (None, "") else str(value)


class DecisionForm(forms.Form):
    reason = forms.CharField(label=_("答复"), required=False, max_length=200, help_text=_("本人会看到；不采纳时必填。"))
