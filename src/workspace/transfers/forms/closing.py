"""How a letter ends: on which day, and why."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shared.forms import DateField, MonthField
from workspace.organization.models import Unit
from workspace.transfers.forms.fields import UnitField, days_field, head_fields, head_of
from workspace.transfers.models import Transfer
from workspace.transfers.queries.visibility import branches_to_send_to


class AcceptForm(forms.Form):
    on = DateField(label=_("接收日期"))
    note = forms.CharField(label=_("说明"), required=False, max_length=200)


class ReceiptForm(AcceptForm):
    """The receipt (回执) that came back from outside."""

    on = DateField(label=_("回执上的接收日期"))
    note = forms.CharField(
        label=_("回执说明"), required=False, max_length=200, help_text=_("例如经办人、收到回执的方式和日期。")
    )


class RefuseForm(forms.Form):
    """Rejected or revoked."""

    on = DateField(label=_("日期"))
    reason = forms.CharField(label=_("原因"), min_length=2, max_length=200)


class CorrectForm(forms.Form):
    """What may still be put right. `seen_at` tells two editors apart."""

    seen_at = forms.CharField(widget=forms.HiddenInput)
    origin_name = forms.CharField(label=_("原党组织"), max_length=120)
    number = forms.CharField(label=_("介绍信编号"), required=False, max_length=60)
    destination = UnitField(queryset=Unit.objects.none(), label=_("接收的党支部"), empty_label=None)
    destination_name = forms.CharField(label=_("接收的党组织（外单位）"), max_length=120)
    reason = forms.ChoiceField(label=_("转接原因"), choices=Transfer.Reason.choices)
    paid_until = MonthField(label=_("党费交至"), required=False)

    def __init__(self, *args: Any, transfer: Transfer, **options: Any) -> None:
        options["initial"] = _as_it_is(transfer) | options.get("initial", {})
        super().__init__(*args, **options)
        self.fields["valid_days"] = days_field()
        self.fields.update(head_fields())
        outside = {"origin_name", "number"}
        gone = outside if transfer.kind != Transfer.Kind.IN else set()
        gone |= {"destination"} if transfer.kind == Transfer.Kind.OUT else {"destination_name"}
        for name in gone:
            del self.fields[name]
        if "destination" in self.fields:
            self.fields["destination"].queryset = branches_to_send_to()  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """Of a valid form, for `correcting.correct`."""
        said = self.cleaned_data
        names = ("origin_name", "number", "destination", "destination_name", "reason", "paid_until", "valid_days")
        return {name: said[name] for name in names if name in said} | {"letterhead": head_of(said)}


def _as_it_is(transfer: Transfer) -> dict[str, Any]:
    names = ("origin_name", "number", "destination", "destination_name", "reason", "paid_until", "valid_days")
    plain = {name: getattr(transfer, name) for name in names}
    return plain | transfer.letterhead | {"seen_at": transfer.updated_at.isoformat()}
