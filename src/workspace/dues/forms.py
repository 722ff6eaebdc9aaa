"""Text into values for dues. Nothing here saves."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rules.dues import Payer as Kind
from shared.forms import DateField, MonthField
from workspace.dues.models import Payer, Payment
from workspace.dues.queries.sheets import Line


class MoneyField(forms.DecimalField):
    """Yuan with two decimals."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "size": 8, "autocomplete": "off", "class": "w-auto"})
        usual: dict[str, Any] = {"max_digits": 9, "decimal_places": 2, "min_value": Decimal(0), "widget": widget}
        super().__init__(**(usual | options))


class AssessForm(forms.Form):
    payer = forms.ChoiceField(label=_("交纳类别"), choices=Payer.choices)
    base = MoneyField(
        label=_("交纳基数（元／月）"),
        required=False,
        help_text=_("每月相对固定的税后工资收入。只用来算出金额，不保存。"),
    )
    chosen = MoneyField(
        label=_("每月金额（元）"), required=False, help_text=_("只有农民等按固定金额交纳的才填，0.2 元至 1 元。")
    )
    since = MonthField(label=_("自哪个月起"), help_text=_("工资变动的当月起按新标准交纳。"))

    def clean_payer(self) -> Kind:
        return Kind(self.cleaned_data["payer"])


class PaymentsForm(forms.Form):
    """The open lines of a month: who paid, and how much where it differs from what was assessed."""

    method = forms.ChoiceField(label=_("交纳方式"), choices=Payment.Method.choices)
    paid_on = DateField(label=_("交纳日期"))
    note = forms.CharField(
        label=_("备注"), required=False, max_length=200, help_text=_("免交须写明批准日期或文号；代交写明代交人。")
    )

    def __init__(self, *args: Any, lines: Sequence[Line], **options: Any) -> None:
        super().__init__(*args, **options)
        self.lines = lines
        for line in lines:
            name = f"amount_{line.member.pk}"
            self.fields[name] = MoneyField(label=line.member.name, required=False, initial=line.due)

    def rows(self) -> Iterator[tuple[Line, Any, bool]]:
        """(line, its amount's field, whether it is chosen) for the page."""
        chosen = self._chosen()
        for line in self.lines:
            yield line, self[f"amount_{line.member.pk}"], line.member.pk in chosen

    def amounts(self) -> dict[int, Decimal | None]:
        """Of the chosen; None stands for what was assessed. Keys that are not on the page are left to the action."""
        return {key: self.cleaned_data.get(f"amount_{key}") for key in sorted(self._chosen())}

    def _chosen(self) -> set[int]:
        sent = self.data.getlist("chosen") if self.is_bound else []  # type: ignore[attr-defined]  # a QueryDict
        return {int(key) for key in sent if key.isdecimal() and len(key) < 19}
