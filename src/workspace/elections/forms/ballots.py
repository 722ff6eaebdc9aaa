"""One ballot as counted: the ballots, and for each candidate the marks on them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from rules import Marks
from shared.forms import DateField
from shared.widgets import PersonPicker
from workspace.elections.actions.balloting import Counted
from workspace.elections.forms.seen import SeenForm
from workspace.elections.models import Election
from workspace.elections.queries.progress import names_of, progress, standing_for, written_in

_MOST = 9999
_MARKS = {"yes": _("赞成"), "no": _("反对"), "abstain": _("弃权")}


@dataclass(frozen=True)
class Row:
    """One candidate's three fields."""

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


class BallotForm(SeenForm):
    """A candidate whose three fields stay empty does not stand in this round."""

    on = DateField(label=_("投票日期"))
    present = _count(_("实到会人数"))
    issued = _count(_("发出选票"))
    returned = _count(_("收回选票"))
    valid = _count(_("有效票"))

    def __init__(self, *args: Any, purpose: str, **options: Any) -> None:
        self.purpose = purpose
        super().__init__(*args, **options)
        names = names_of(self.election)
        self.candidates = [(key, names[key]) for key in standing_for(self.election, purpose)]
        for key, name in self.candidates:
            for mark, label in _MARKS.items():
                words = _now("{name}：{mark}").format(name=name, mark=label)
                self.fields[f"vote_{key}_{mark}"] = _count(words, required=False)
        self._ask_written_in(names)

    def _ask_written_in(self, names: dict[int, str]) -> None:
        """One person from outside the candidates: who has the most votes of those."""
        choices = [(str(key), names[key]) for key in written_in(self.election, self.purpose)]
        if choices:
            blank = [("", _now("没有")), *choices]
            self.fields["other"] = forms.ChoiceField(
                label=_("另选他人（得票最多的一位）"), choices=blank, required=False, widget=PersonPicker
            )
            self.fields["other_yes"] = _count(_("另选他人的赞成票"), required=False)

    @property
    def written(self) -> list[BoundField]:
        return [self[name] for name in ("other", "other_yes") if name in self.fields]

    @property
    def ballots(self) -> list[BoundField]:
        return [self[name] for name in ("on", "present", "issued", "returned", "valid")]

    @property
    def rows(self) -> Iterator[Row]:
        for key, name in self.candidates:
            yield Row(name, [self[f"vote_{key}_{mark}"] for mark in _MARKS])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for key, _name in self.candidates:
            given = [said.get(f"vote_{key}_{mark}") for mark in _MARKS]
            if any(value is not None for value in given) and said.get(f"vote_{key}_yes") is None:
                self.add_error(f"vote_{key}_yes", _("请填写赞成票，没有的填 0。"))
        if bool(said.get("other")) != (said.get("other_yes") is not None):
            self.add_error("other_yes", _("另选他人要同时写明是谁、得多少票。"))
        return said

    def counted(self) -> Counted:
        """Of a valid form."""
        said = self.cleaned_data
        votes = {
            key: Marks(*(said[f"vote_{key}_{mark}"] or 0 for mark in _MARKS))
            for key, _name in self.candidates
            if said[f"vote_{key}_yes"] is not None
        }
        if said.get("other"):
            votes[int(said["other"])] = Marks(said["other_yes"])
        plain = {name: said[name] for name in ("on", "present", "issued", "returned", "valid")}
        return Counted(votes=votes, **plain)

    def differences(self) -> list[tuple[str, str]]:
        """What another has entered meanwhile for the same post."""
        rounds = progress(self.election, self.purpose).rounds
        if not rounds:
            return []
        last, names = rounds[-1], names_of(self.election)
        found = [(str(self.fields[name].label), str(getattr(last, name))) for name in ("issued", "returned", "valid")]
        return found + [(names[int(key)], _yes(marks)) for key, marks in last.votes.items()]


def _yes(marks: Marks) -> str:
    return _now("赞成 {yes}，反对 {no}，弃权 {abstain}").format(yes=marks.yes, no=marks.no, abstain=marks.abstain)


def first_values(election: Election, on: Any) -> dict[str, Any]:
    """What stands in the fields at first."""
    return {"on": election.held_on or on, "present": election.present}
