"""What the unit looked like when the page was made, carried through the form."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.dateparse import parse_datetime


class SeenField(forms.Field):
    """A unit's `updated_at`, to the microsecond. What cannot be read counts as never seen."""

    widget = forms.HiddenInput

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, datetime) else value

    def to_python(self, value: Any) -> datetime | None:
        try:
            return parse_datetime(value or "")
        except ValueError:
            return None
