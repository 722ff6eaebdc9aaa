"""The grade of each, as the branch settles on it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from shared.forms import DateField
from workspace.appraisal.actions.grading import Settled
from workspace.appraisal.forms.seen import SeenForm
from workspace.appraisal.models import Appraisal
from workspace.appraisal.models.ballots import Grade
from workspace.appraisal.models.people import NOTE
from workspace.appraisal.models.verdicts import Decider
from workspace.appraisal.queries.results import Line, lines

_BLANK = ("", _("请选择"))


@dataclass(frozen=True)
class Row:
    """One person: what the ballot said, and the two fields."""

    line: Line
    grade: BoundField
    reason: BoundField


class VerdictForm(SeenForm):
    """Where the ballot has one leading grade it is proposed; saving is what settles it."""

    decided_by = forms.ChoiceField(label=_("由谁评定"), choices=Decider.choices, widget=forms.RadioSelect)
    on = DateField(label=_("评定日期"))
    cap_reason = forms.CharField(
        label=_("优秀超过三分之一的理由"),
        max_length=NOTE,
        required=False,
        help_text=_("优秀一般不超过参加评定党员的三分之一。没有超过的不用填。"),
    )

    def __init__(self, *args: Any, appraisal: Appraisal, **options: Any) -> None:
        self.lines = lines(appraisal)
        proposed = {f"grade_{line.person.member}": line.leading[0] for line in self.lines if len(line.leading) == 1}
        options["initial"] = proposed | options.get("initial", {})
        super().__init__(*args, appraisal=appraisal, **options)
        for line in self.lines:
            key, name = line.person.member, line.person.name
            self.fields[f"grade_{key}"] = forms.ChoiceField(
                label=_now("{name}：等次").format(name=name), choices=[_BLANK, *Grade.choices]
            )
            self.fields[f"reason_{key}"] = forms.CharField(
                label=_now("{name}：理由").format(name=name), max_length=NOTE, required=False
            )

    def as_it_is(self, appraisal: Appraisal) -> dict[str, Any]:
        if not appraisal.verdicts:
            return {}
        plain = {
            "decided_by": appraisal.decided_by, "on": appraisal.decided_on, "cap_reason": appraisal.cap_reason,
        }  # fmt: skip
        grades = {f"grade_{one.member}": one.grade for one in appraisal.outcome}
        return plain | grades | {f"reason_{one.member}": one.reason for one in appraisal.outcome}

    @property
    def head(self) -> list[BoundField]:
        return [self["decided_by"], self["on"]]

    @property
    def rows(self) -> Iterator[Row]:
        for line in self.lines:
            key = line.person.member
            yield Row(line, self[f"grade_{key}"], self[f"reason_{key}"])

    def say(self, name: str, value: Any) -> str:
        if name.startswith("grade_") and value:
            return str(Grade(value).label)
        if name == "decided_by" and value:
            return str(Decider(value).label)
        return super().say(name, value)

    def settled(self) -> Settled:
        """Of a valid form."""
        said = self.cleaned_data
        keys = [line.person.member for line in self.lines]
        return Settled(
            by=said["decided_by"],
            on=said["on"],
            grades={key: said[f"grade_{key}"] for key in keys},
            reasons={key: said[f"reason_{key}"] for key in keys},
            cap_reason=said["cap_reason"],
        )
