"""Form fields that more than one app uses; `{% form %}` in `templatetags/ui.py` draws them."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from shared.dates import parse_date, parse_month
from shared.widgets import DateInput


class DateField(forms.DateField):
    """A date typed in any form an office uses: 2026-11-23, 2026.11.23, 2026年11月23日, 20261123."""

    widget = DateInput
    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("请输入完整日期，例如 2026-11-23 或 2026年11月23日。")
    }

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, str) and (read := parse_date(value)):
            return read
        return super().to_python(value)


class CodeField(forms.CharField):
    """A six-digit code from a mail, a text or a big screen; spaces between digits are forgiven."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "code-field", "maxlength": 11}
        )
        super().__init__(**({"widget": widget} | kwargs))

    def to_python(self, value: Any) -> str:
        return "".join(str(super().to_python(value) or "").split())

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not (value.isascii() and value.isdigit() and len(value) == 6):
            raise forms.ValidationError(_("请输入六位数字。"), code="invalid")


class MonthField(forms.CharField):
    """The first day of a month: 2026-11."""

    widget = forms.TextInput(attrs={"type": "month", "placeholder": "2026-11"})

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        found = parse_month(text)
        if found is None:
            raise forms.ValidationError(_("请输入年月，例如 2026-11。"), code="invalid")
        return found

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%Y-%m}" if isinstance(value, date) else value
