"""Recording one event: its day, its basis, and what its kind asks for."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rules.probation import extension_months
from shared.clock import today
from shared.forms import DateField
from workspace.members.models import Event, Member
from workspace.members.queries.events import LABELS
from workspace.members.standing.words import Grade, Help, LostReason, Punishment, Removal, Seen
from workspace.organization.models import UnitQuerySet

Kind = Event.Kind
_NOTE = (
    "note",
    lambda: forms.CharField(
        label=LABELS["note"], required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    ),
)


def _text(name: str, *, required: bool = False, help_text: Any = "") -> tuple[str, Callable[[], forms.Field]]:
    return name, lambda: forms.CharField(label=LABELS[name], required=required, max_length=200, help_text=help_text)


def _choice(name: str, choices: Any, *, required: bool = True) -> tuple[str, Callable[[], forms.Field]]:
    blank = [] if required else [("", "—")]
    return name, lambda: forms.ChoiceField(label=LABELS[name], choices=[*blank, *choices], required=required)


_SEEN = (
    "seen_by",
    lambda: forms.ChoiceField(
        label=LABELS["seen_by"],
        choices=Seen.choices,
        initial=Seen.COMMITTEE.value,
        widget=forms.RadioSelect,
        required=False,
        help_text=_("本人总能看到。撤销党内职务、留党察看影响职务和表决权，不能只由经办人看到。"),
    ),
)
_REASONS = [(each.value, each.label) for each in (Member.Leaving.OTHER, Member.Leaving.MISTAKE)]
_FIELDS: dict[str, tuple[tuple[str, Callable[[], forms.Field]], ...]] = {
    Kind.TRANSFERRED_IN: (_text("origin"),),
    Kind.TRANSFERRED_OUT: (_text("destination"),),
    Kind.FLOATING_OUT: (_text("place"),),
    Kind.LOST_CONTACT: (_choice("reason", LostReason.choices, required=False),),
    Kind.DISCIPLINED: (
        _choice("punishment", Punishment.choices),
        ("until", lambda: DateField(label=_("影响期或期限至"), required=False)),
        _SEEN,
    ),
    Kind.DISCIPLINE_ENDED: (_SEEN,),
    Kind.HONOURED: (_text("title", required=True, help_text=_("例如“优秀共产党员”。")), _text("giver")),
    Kind.APPRAISED: (
        ("year", lambda: forms.IntegerField(label=LABELS["year"], min_value=1921, max_value=today().year)),
        _choice("grade", Grade.choices),
    ),
    Kind.HELPED: (_choice("help", Help.choices), _NOTE, _SEEN),
    Kind.REMOVED: (_choice("removal", Removal.choices),),
    Kind.LEFT_OTHERWISE: (_choice("left_for", _REASONS),),
}
_DAYS = {
    Kind.ADMITTED: _("支部大会通过的日期，预备期从这一天算起。"),
    Kind.CONVERTED: _("党龄从这一天算起。"),
    Kind.LOST_CONTACT: _("失去联系的日期；满 6 个月后请党组织研究是否停止党籍。"),
}


class EventForm(forms.Form):
    """`details` after validation is what the event says."""

    on = DateField(label=_("日期"))
    basis = forms.CharField(
        label=_("依据"),
        required=False,
        max_length=200,
        help_text=_("文号、会议或说明，例如“2026-03-10 支部党员大会”。"),
    )

    def __init__(self, *args: Any, kind: str, member: Member, units: UnitQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["on"].help_text = _DAYS.get(Kind(kind), "")
        if kind in {Kind.MOVED, Kind.TRANSFERRED_IN}:
            others = units.exclude(pk=member.unit_id) if kind == Kind.MOVED else units
            self.fields["unit"] = forms.ModelChoiceField(others, label=_("调入的党支部"))
        if kind == Kind.EXTENDED:
            months = extension_months(member.joined_on or today())
            self.fields["months"] = forms.IntegerField(
                label=LABELS["months"], min_value=months[0], max_value=months[-1], initial=months[0]
            )
        for name, make in _FIELDS.get(kind, ()):
            self.fields[name] = make()

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > today():
            raise forms.ValidationError(_("日期在将来。"))
        return day

    @property
    def details(self) -> dict[str, Any]:
        plain = {"on", "basis", "unit"}
        return {
            name: value for name, value in self.cleaned_data.items() if name not in plain and value not in (None, "")
        }
