"""A form over a case that another may change meanwhile: it carries the time that the page was made from."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

from django import forms

from workspace.appraisal.models import Appraisal


class SeenForm(forms.Form):
    """`appraisal` is the case as it stands; `as_it_is` its values by field."""

    seen_at = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, appraisal: Appraisal, **options: Any) -> None:
        options["initial"] = options.get("initial", {}) | self.as_it_is(appraisal)
        options["initial"]["seen_at"] = appraisal.updated_at.isoformat()
        self.appraisal = appraisal
        super().__init__(*args, **options)

    def as_it_is(self, appraisal: Appraisal) -> dict[str, Any]:
        """Only what the case says already."""
        return {}

    def say(self, name: str, value: Any) -> str:
        """A value of a field, for people."""
        return str(value if value not in (None, "") else "—")

    @property
    def seen(self) -> datetime:
        """Of a valid form. What cannot be read is never a stored time, and asks to look again."""
        try:
            return datetime.fromisoformat(self.cleaned_data["seen_at"])
        except ValueError:
            return datetime.min  # noqa: DTZ901  equal to nothing stored

    def over(self, appraisal: Appraisal) -> Self:
        """The same typed text, over the case as it stands now."""
        data: Any = self.data
        typed = data.copy()
        typed["seen_at"] = appraisal.updated_at.isoformat()
        again = type(self)(typed, appraisal=appraisal)
        again.is_valid()
        return again

    def differences(self) -> list[tuple[str, str]]:
        """(label, what the case says now) where it is not what was typed."""
        now: Mapping[str, Any] = self.as_it_is(self.appraisal)
        typed = self.cleaned_data
        names = [name for name in now if name in typed and self.say(name, now[name]) != self.say(name, typed[name])]
        return [(str(self.fields[name].label), self.say(name, now[name])) for name in names]
