"""Small questions: why somebody left, why a fact is looked at, which account."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shared.clock import today
from shared.forms import DateField
from workspace.accounts.models import User
from workspace.members.models import Member
from workspace.organization.models import Unit


class LeavingForm(forms.Form):
    on = DateField(label=_("离开日期"))
    reason = forms.ChoiceField(label=_("原因"), choices=Member.Leaving.choices)
    note = forms.CharField(label=_("说明"), required=False, max_length=200, help_text=_("例如去向、文件号。"))

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day > today():
            raise forms.ValidationError(_("日期在将来。"))
        return day


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("原因"), min_length=2, max_length=200)


class AccountForm(forms.Form):
    """Which account belongs to this member: those with a role here and no member yet."""

    user = forms.ModelChoiceField(User.objects.none(), label=_("账号"))

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        step, path = Unit.steplen, member.unit.path
        reaching = [path[:end] for end in range(step, len(path) + 1, step)]
        found = User.objects.filter(grants__unit__path__in=reaching, member=None, is_active=True).distinct()
        self.fields["user"].queryset = found.order_by("name", "pk")  # type: ignore[attr-defined]
