"""Fill a post, and end one."""

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from shared.clock import today
from shared.forms import DateField
from shared.widgets import PersonPicker
from workspace.members.models import Appointment, Member
from workspace.members.models.member import MemberQuerySet


class AppointmentForm(forms.Form):
    """`posts` are those that the person may fill; `electable` the members who can be chosen."""

    member = forms.ModelChoiceField(
        label=_("党员"),
        queryset=Member.objects.none(),
        widget=PersonPicker,
        empty_label=_("请选择"),
        help_text=_("只列出本组织在册的正式党员，可以用拼音查找。"),
        error_messages={"required": _("请选择党员。"), "invalid_choice": _("请从列表中选择党员。")},
    )
    post = forms.ChoiceField(label=_("职务"))
    since = DateField(label=_("任职日期"), help_text=_("选举结果批复或任命的日期。"))
    replacing = forms.BooleanField(label=_("同时免去现任书记"), required=False)

    def __init__(
        self, *args: Any, electable: MemberQuerySet, posts: list[tuple[str, str]], has_secretary: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["member"]).queryset = electable  # type: ignore[type-arg]
        cast(forms.ChoiceField, self.fields["post"]).choices = posts
        if not has_secretary or Appointment.Post.SECRETARY not in dict(posts):
            del self.fields["replacing"]

    def clean_since(self) -> date:
        return _not_later_than_today(self.cleaned_data["since"])


class EndingForm(forms.Form):
    on = DateField(label=_("免职日期"), help_text=_("从这一天起不再担任。"))

    def clean_on(self) -> date:
        return _not_later_than_today(self.cleaned_data["on"])


def _not_later_than_today(day: date) -> date:
    if day > today():
        raise forms.ValidationError(_("日期不能晚于今天。"))
    return day
