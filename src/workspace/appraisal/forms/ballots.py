"""The ballot: counted from paper, five numbers a person; or one's own, one mark a person."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from shared.forms import DateField
from workspace.appraisal.actions.balloting import Counted
from workspace.appraisal.forms.seen import SeenForm
from workspace.appraisal.models import Appraisal
from workspace.appraisal.models.ballots import ABSTAIN, MARKS, Grade

MARK_CHOICES = [*Grade.choices, (ABSTAIN, _("弃权"))]
_LABELS = dict(MARK_CHOICES)
_MOST = 9999


@dataclass(frozen=True)
class Row:
    """One person's five fields."""

    name: str
    fields: list[BoundField]


def _count(label: Any, *, required: bool = True) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=_MOST,
        required=required,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class CountForm(SeenForm):
    """An empty field counts as 0."""

    on = DateField(label=_("测评日期"))
    issued = _count(_("发出测评表"))
    returned = _count(_("收回测评表"))
    valid = _count(_("有效测评表"))

    def __init__(self, *args: Any, appraisal: Appraisal, **options: Any) -> None:
        super().__init__(*args, appraisal=appraisal, **options)
        for one in appraisal.graded:
            for mark in MARKS:
                words = _now("{name}：{mark}").format(name=one.name, mark=_LABELS[mark])
                self.fields[f"mark_{one.member}_{mark}"] = _count(words, required=False)

    def as_it_is(self, appraisal: Appraisal) -> dict[str, Any]:
        counted = appraisal.counted
        if counted is None:
            return {}
        plain = {name: getattr(counted, name) for name in ("on", "issued", "returned", "valid")}
        marks = {one.member: counted.marks(one.member) for one in appraisal.graded}
        return plain | {f"mark_{key}_{mark}": number for key, row in marks.items() for mark, number in row.items()}

    @property
    def counts(self) -> list[BoundField]:
        return [self[name] for name in ("on", "issued", "returned", "valid")]

    @property
    def rows(self) -> Iterator[Row]:
        for one in self.appraisal.graded:
            yield Row(one.name, [self[f"mark_{one.member}_{mark}"] for mark in MARKS])

    def counted(self) -> Counted:
        """Of a valid form."""
        said = self.cleaned_data
        tally = {
            one.member: {mark: said[f"mark_{one.member}_{mark}"] or 0 for mark in MARKS}
            for one in self.appraisal.graded
        }
        return Counted(
            on=said["on"], issued=said["issued"], returned=said["returned"], valid=said["valid"], tally=tally
        )

    def say(self, name: str, value: Any) -> str:
        return super().say(name, value or 0) if name.startswith("mark_") else super().say(name, value)


class VoteForm(forms.Form):
    """One's own ballot; nothing is chosen beforehand."""

    def __init__(self, *args: Any, appraisal: Appraisal, **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = appraisal.graded
        for one in self.people:
            self.fields[f"mark_{one.member}"] = forms.ChoiceField(
                label=one.name,
                choices=MARK_CHOICES,
                widget=forms.RadioSelect,
                error_messages={"required": _now("请给{name}选一项，不了解的选弃权。").format(name=one.name)},
            )

    def marks(self) -> dict[int, str]:
        """Of a valid form."""
        return {one.member: self.cleaned_data[f"mark_{one.member}"] for one in self.people}
