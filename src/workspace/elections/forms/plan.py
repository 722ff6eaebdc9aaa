"""What is planned: how, how many, and when."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shared.forms import DateField
from workspace.elections.actions.opening import MOST_DEPUTIES, MOST_SEATS, Plan
from workspace.elections.forms.seen import SeenForm
from workspace.elections.models import Election


class PlanFields(forms.Form):
    kind = forms.ChoiceField(
        label=_("选举方式"),
        choices=Election.Kind.choices,
        widget=forms.RadioSelect,
        help_text=_("正式党员 7 人以上的党支部选举委员会；不足 7 人的，由党员大会直接选举书记。"),
    )
    seats = forms.IntegerField(
        label=_("委员名额"),
        min_value=1,
        max_value=MOST_SEATS,
        required=False,
        help_text=_("支部委员会 3 至 5 人，一般不超过 7 人。不设委员会的不用填。"),
    )
    deputies = forms.IntegerField(label=_("其中副书记"), min_value=0, max_value=MOST_DEPUTIES, required=False)
    planned_on = DateField(label=_("计划开会日期"))
    reason = forms.CharField(
        label=_("换届事由"),
        max_length=200,
        required=False,
        help_text=_("例如：本届任期将于2027年3月届满。"),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("kind") == Election.Kind.COMMITTEE and not said.get("seats"):
            self.add_error("seats", _("请填写委员名额。"))
        return said

    def plan(self) -> Plan:
        """Of a valid form."""
        said = self.cleaned_data
        return Plan(
            kind=said["kind"],
            seats=said["seats"] or 1,
            deputies=said["deputies"] or 0,
            planned_on=said["planned_on"],
            reason=said["reason"],
        )


class OpenForm(PlanFields):
    """The plan of a new case."""


class PlanForm(SeenForm, PlanFields):
    """The plan of a case that is there."""

    def as_it_is(self, election: Election) -> dict[str, Any]:
        return {name: getattr(election, name) for name in ("kind", "seats", "deputies", "planned_on", "reason")}

    def say(self, name: str, value: Any) -> str:
        return str(Election.Kind(value).label) if name == "kind" and value else super().say(name, value)
