"""A form over a case that another may change meanwhile: it carries the time that the page was made from."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

from django import forms

from workspace.elections.models import Election


class SeenForm(forms.Form):
    """`election` is the case as it stands; `as_it_is` its values by field."""

    seen_at = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, election: Election, **options: Any) -> None:
        options["initial"] = self.as_it_is(election) | options.get("initial", {})
        options["initial"]["seen_at"] = election.updated_at.isoformat()
        self.election = election
        super().__init__(*args, **options)

    def as_it_is(self, election: Election) -> dict[str, Any]:
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

    def over(self, election: Election, **options: Any) -> Self:
        """The same typed text, over the case as it stands now."""
        data: Any = self.data
        typed = data.copy()
        typed["seen_at"] = election.updated_at.isoformat()
        again = type(self)(typed, election=election, **options)
        again.is_valid()
        return again

    def differences(self) -> list[tuple[str, str]]:
        """(label, what the case says now) where it is not what was typed."""
        now: Mapping[str, Any] = self.as_it_is(self.election)
        typed = self.cleaned_data
        names = [name for name in now if name in typed and self.say(name, now[name]) != self.say(name, typed[name])]
        return [(str(self.fields[name].label), self.say(name, now[name])) for name in names]
