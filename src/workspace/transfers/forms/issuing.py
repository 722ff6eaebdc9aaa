"""What a letter says: for one person, or the same for several of a branch."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shared.forms import DateField, MonthField
from shared.widgets import PeoplePicker
from workspace.accounts.models import User
from workspace.members.models import Member
from workspace.organization.models import Unit
from workspace.transfers.actions.issuing import Order
from workspace.transfers.forms.fields import PersonField, UnitField, days_field, head_fields, head_of
from workspace.transfers.models import Transfer
from workspace.transfers.queries.visibility import branches_to_send_to, members_to_issue

_WHERE = ((Transfer.Kind.WITHIN.value, _("本单位的另一个党支部")), (Transfer.Kind.OUT.value, _("外单位的党组织")))


class IssueForm(forms.Form):
    """With `unit`, its people stand as boxes to tick; without, they are searched for."""

    people = PersonField(
        queryset=Member.objects.none(),
        label=_("转接的人"),
        help_text=_("可以多选：每人一封介绍信，编号连续。"),
        error_messages={"required": _("还没有选择人。")},
    )
    kind = forms.ChoiceField(label=_("转到哪里"), choices=_WHERE, widget=forms.RadioSelect)
    destination = UnitField(
        queryset=Unit.objects.none(),
        label=_("接收的党支部（本单位）"),
        error_messages={"required": _("请选择接收的党支部。")},
    )
    destination_name = forms.CharField(
        label=_("接收的党组织（外单位）"),
        max_length=120,
        error_messages={"required": _("请填写接收党组织的名称。")},
        help_text=_("写全称，例如“中共××大学××学院委员会”。"),
    )
    reason = forms.ChoiceField(label=_("转接原因"), choices=Transfer.Reason.choices)
    issued_on = DateField(label=_("开具日期"))
    paid_until = MonthField(
        label=_("党费交至"), required=False, help_text=_("写在介绍信上；留空时按党费登记填写，没有登记的打印后手填。")
    )
    word = forms.CharField(
        label=_("介绍信代字"), max_length=20, help_text=_("编号由代字、年份和当年的流水号组成，按上一封的代字接着编。")
    )

    def __init__(self, *args: Any, by: User, unit: Unit | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        people = members_to_issue(by).order_by("pinyin", "pk")
        chosen: Any = self.fields["people"]
        chosen.of_one_branch = unit is not None
        chosen.queryset = people.below(unit) if unit else people
        chosen.widget = (
            forms.CheckboxSelectMultiple() if unit else PeoplePicker(url=reverse("transfers:people"), shown=50)
        )
        chosen.widget.choices = chosen.choices
        self.fields["destination"].queryset = branches_to_send_to()  # type: ignore[attr-defined]
        self.fields["valid_days"] = days_field()
        self.fields.update(head_fields())
        if self.is_bound:  # only one of the two is asked for
            inside = self.data.get("kind") != Transfer.Kind.OUT
            self.fields["destination"].required, self.fields["destination_name"].required = inside, not inside

    def order(self) -> Order:
        """Of a valid form."""
        said = self.cleaned_data
        inside = said["kind"] == Transfer.Kind.WITHIN
        return Order(
            destination=said["destination"] if inside else None,
            destination_name="" if inside else said["destination_name"],
            reason=said["reason"],
            issued_on=said["issued_on"],
            valid_days=said["valid_days"],
            word=said["word"].strip(),
            paid_until=said["paid_until"],
            letterhead=head_of(said),
        )


class UnitForm(forms.Form):
    """Whose people are shown as boxes."""

    unit = UnitField(queryset=Unit.objects.none(), label=_("党支部"), empty_label=None)

    def __init__(self, *args: Any, branches: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].queryset = branches  # type: ignore[attr-defined]
