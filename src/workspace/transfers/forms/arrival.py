"""A letter from outside: who comes, and what the letter says."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shared.codes import EDUCATION, ETHNIC_GROUPS
from shared.forms import DateField, MonthField
from workspace.accounts.models import User
from workspace.members.forms.judging import judge
from workspace.members.models import Member
from workspace.organization.models import Unit
from workspace.transfers.actions.arriving import Arrival
from workspace.transfers.forms.fields import UnitField, days_field
from workspace.transfers.models import Transfer
from workspace.transfers.models.newcomer import Newcomer
from workspace.transfers.queries.visibility import branches_to_accept

_JUDGED = (
    "name", "citizen_number", "phone", "category", "joined_on", "converted_on", "ethnic_group", "education"
)  # fmt: skip


class ArrivalForm(forms.Form):
    """Judged by the rules of the register. Checked first and written after a second look (`looked`).

    `doubts` are what the rules find odd and a person may accept.
    """

    name = forms.CharField(label=_("姓名"), max_length=50)
    citizen_number = forms.CharField(
        label=_("公民身份号码"), max_length=18, help_text=_("用来核对是否已在册；出生日期和性别由此得出。")
    )
    category = forms.ChoiceField(label=_("人员类别"), choices=Member.Category.choices)
    joined_on = DateField(label=_("入党日期"), required=False, help_text=_("支部大会通过之日；还不是党员的不填。"))
    converted_on = DateField(label=_("转正日期"), required=False)
    phone = forms.CharField(label=_("手机号码"), required=False, max_length=20)
    ethnic_group = forms.ChoiceField(label=_("民族"), required=False)
    education = forms.ChoiceField(label=_("学历"), required=False)
    destination = UnitField(queryset=Unit.objects.none(), label=_("编入哪个党支部"), empty_label=None)
    origin_name = forms.CharField(label=_("原党组织"), max_length=120, help_text=_("介绍信上开具单位的全称。"))
    number = forms.CharField(label=_("介绍信编号"), required=False, max_length=60)
    reason = forms.ChoiceField(label=_("转接原因"), choices=Transfer.Reason.choices)
    issued_on = DateField(label=_("介绍信开具日期"))
    paid_until = MonthField(label=_("党费交至"), required=False, help_text=_("介绍信上写明的月份。"))
    looked = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, by: User, on: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.on = on
        self.fields["destination"].queryset = branches_to_accept(by)  # type: ignore[attr-defined]
        for name, codes in (("ethnic_group", ETHNIC_GROUPS), ("education", EDUCATION)):
            blank = [("", "—"), *codes.choices(get_language() or "")]
            self.fields[name].choices = blank  # type: ignore[attr-defined]
        self.fields["valid_days"] = days_field()
        self.doubts: list[str] = []

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        texts = {name: str(said.get(name) or "") for name in _JUDGED}
        judgement = judge(texts, on=self.on, known=False)
        for problem in judgement.barring:
            field = problem.field if problem.field in self.fields else None
            if field is None or field not in self.errors:
                self.add_error(field, problem.message)
        self.doubts = [problem.message for problem in (*judgement.doubts, *judgement.remarks)]
        said["values"] = {name: value for name, value in judgement.values.items() if value not in (None, "")}
        return said

    def arrival(self) -> Arrival:
        """Of a valid form."""
        said = self.cleaned_data
        known = ("name", "citizen_number", "sex", "birth_date", *_JUDGED[2:])
        return Arrival(
            newcomer=Newcomer(**{name: said["values"][name] for name in known if name in said["values"]}),
            destination=said["destination"],
            origin_name=said["origin_name"],
            number=said["number"],
            reason=said["reason"],
            issued_on=said["issued_on"],
            valid_days=said["valid_days"],
            paid_until=said["paid_until"],
        )
