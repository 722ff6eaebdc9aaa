"""A time away: what is known of it, a contact, its end."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shared.forms import DateField
from shared.widgets import PersonPicker
from workspace.accounts.models import User
from workspace.members.models import Member
from workspace.transfers.actions.absences import MOST_MONTHS, Away
from workspace.transfers.models import Absence
from workspace.transfers.models.contacts import NOTE, WAYS, Contact, Way
from workspace.transfers.queries.visibility import members_to_issue


class OnePersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable when it runs
    """Somebody by name and branch."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}（{obj.unit}）"


class AwayForm(forms.Form):
    """`kind` is settled by the page: its reasons depend on it."""

    member = OnePersonField(queryset=Member.objects.none(), label=_("姓名"))
    since = DateField(label=_("起始日期"))
    reason = forms.ChoiceField(label=_("原因"))
    place = forms.CharField(label=_("现所在地"), required=False, max_length=120)
    has_fixed_place = forms.BooleanField(
        label=_("地点相对固定"), required=False, help_text=_("外出六个月以上且地点相对固定的，一般应当转移组织关系。")
    )
    expected_until = DateField(label=_("预计返回日期"), required=False)
    contact_months = forms.IntegerField(label=_("每几个月联系一次"), required=False, min_value=1, max_value=MOST_MONTHS)
    note = forms.CharField(label=_("说明"), required=False, max_length=200)

    def __init__(self, *args: Any, by: User, kind: Absence.Kind, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kind = kind
        people = members_to_issue(by).order_by("pinyin", "pk")
        picker: Any = self.fields["member"]
        picker.queryset = people
        picker.widget = PersonPicker(url=reverse("transfers:people"), shown=50)
        picker.widget.choices = picker.choices
        self.fields["reason"].choices = [  # type: ignore[attr-defined]
            (reason.value, reason.label) for reason in Absence.REASONS[kind]
        ]
        label, help_text = _SINCE[kind]
        self.fields["since"].label, self.fields["since"].help_text = label, help_text
        self.fields["contact_months"].help_text = _OFTEN[kind]
        if kind != Absence.Kind.FLOATING:
            del self.fields["has_fixed_place"]
        if kind == Absence.Kind.LOST:
            del self.fields["expected_until"]
            self.fields["place"].label = _("最后已知的所在地")

    def away(self) -> Away:
        """Of a valid form."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "member"}
        return Away(kind=self.kind.value, **said)


_SINCE: dict[str, tuple[Any, Any]] = {
    Absence.Kind.FLOATING: (_("外出日期"), ""),
    Absence.Kind.GRADUATE: (_("毕业日期"), _("毕业生党员组织关系保留一般不超过两年，从这一天算起。")),
    Absence.Kind.ABROAD: (_("出国（境）日期"), ""),
    Absence.Kind.LOST: (_("最后一次取得联系的日期"), _("满六个月时提示党组织研究，系统不作任何处理。")),
}
_OFTEN = {
    Absence.Kind.FLOATING: _("留空为三个月（本系统的建议，可以改）。"),
    Absence.Kind.GRADUATE: _("留空为六个月（本系统的建议，可以改）。"),
    Absence.Kind.ABROAD: _("每半年至少联系一次，留空为六个月，只能更短。"),
    Absence.Kind.LOST: _("多久查找一次，留空为每月（本系统的建议，可以改）。"),
}


class ContactForm(forms.Form):
    on = DateField(label=_("联系日期"))
    way = forms.ChoiceField(label=_("方式"), choices=WAYS)
    reached = forms.BooleanField(label=_("联系上了"), required=False, initial=True)
    note = forms.CharField(label=_("情况"), required=False, max_length=NOTE, widget=forms.Textarea(attrs={"rows": 2}))

    def contact(self, *, by: User) -> Contact:
        """Of a valid form."""
        said = self.cleaned_data
        return Contact(on=said["on"], way=Way(said["way"]), by=by.name, reached=said["reached"], note=said["note"])


class EndForm(forms.Form):
    on = DateField(label=_("结束日期"))
    ending = forms.ChoiceField(label=_("结束原因"), choices=Absence.Ending.choices)
    note = forms.CharField(label=_("说明"), required=False, max_length=200)
