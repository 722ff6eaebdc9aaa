"""Text into values for study hours."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shared.forms import DateField
from workspace.learning.models import LONGEST, StudyRecord
from workspace.members.models import Member
from workspace.members.models.member import MemberQuerySet

Source = StudyRecord.Source


class HoursField(forms.DecimalField):
    """Hours in steps of a half."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "size": 5, "autocomplete": "off", "class": "w-auto"})
        usual: dict[str, Any] = {
            "max_digits": 4,
            "decimal_places": 1,
            "min_value": Decimal("0.5"),
            "max_value": LONGEST,
        }
        super().__init__(**(usual | {"widget": widget} | options))


class CertifyForm(forms.Form):
    """Hours beside an activity; empty for what it lasted."""

    hours = HoursField(label=_("学时"), required=False)
    # the unit whose list the click came from, to go back to it
    listed = forms.IntegerField(required=False, widget=forms.HiddenInput)


class StudyForm(forms.Form):
    title = forms.CharField(label=_("学习内容"), max_length=120)
    source = forms.ChoiceField(label=_("来源"), choices=[(s.value, s.label) for s in (Source.CLASS, Source.WORK)])
    on = DateField(label=_("日期"))
    hours = HoursField(label=_("学时"), help_text=_("以半小时为单位，按实际学习时间认定。"))
    members = forms.ModelMultipleChoiceField(
        Member.objects.none(), label=_("参加的党员"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, members: MemberQuerySet, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["members"].queryset = members  # type: ignore[attr-defined]
