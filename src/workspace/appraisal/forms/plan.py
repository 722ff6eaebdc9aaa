"""What is planned: the year, the cut-off day, the meeting."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shared.forms import DateField
from workspace.appraisal.actions.opening import Plan
from workspace.appraisal.forms.seen import SeenForm
from workspace.appraisal.models import Appraisal


class PlanFields(forms.Form):
    cutoff_on = DateField(label=_("统计截止日"), help_text=_("按这一天的党员登记确定谁参加、谁评定等次。"))
    planned_on = DateField(label=_("计划开会日期"), help_text=_("一般与年度组织生活会一并召开。"))

    def plan(self) -> Plan:
        """Of a valid form."""
        return Plan(cutoff_on=self.cleaned_data["cutoff_on"], planned_on=self.cleaned_data["planned_on"])


class OpenForm(PlanFields):
    """The plan of a new case."""

    year = forms.IntegerField(label=_("评议年度"), widget=forms.NumberInput(attrs={"inputmode": "numeric"}))
    field_order = ("year", "cutoff_on", "planned_on")


class PlanForm(SeenForm, PlanFields):
    """The plan of a case that is there."""

    def as_it_is(self, appraisal: Appraisal) -> dict[str, Any]:
        return {"cutoff_on": appraisal.cutoff_on, "planned_on": appraisal.planned_on}
