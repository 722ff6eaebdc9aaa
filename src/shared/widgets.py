"""Inputs that more than one app uses."""

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _


class DateInput(forms.DateInput):
    """The browser's own date input: a wheel on a phone, a calendar on a desk, always ISO on the wire."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class DateTimeInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%dT%H:%M")


class LongSelect(forms.Select):
    """A select of hundreds of options: one piece of text, where Django draws a template for each of them."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        chosen = set(self.format_value(value))
        options = ((key, _SELECTED if str(key) in chosen else "", label) for key, label in self.choices)
        own = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        return format_html(
            "<select{}>{}</select>", own, format_html_join("", '<option value="{}"{}>{}</option>', options)
        )


_SELECTED = mark_safe(" selected")


class _Picker:
    """A select that becomes a search box when scripts run.

    `url` answers `?q=` with `{"results": [{"value", "text", "detail", "pinyin"}]}`. `shown` limits how many choices
    are written into the page: with a large queryset only what is chosen plus the first few, so that a page for
    20,000 members stays small and still works as a plain select for a branch.
    """

    def __init__(self, *, url: str = "", shown: int = 200, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs)  # type: ignore[call-arg]
        self.url = url
        self.shown = shown

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)  # type: ignore[misc]
        context["widget"]["attrs"] |= {
            "data-picker": "",
            "data-picker-url": str(self.url),
            "data-picker-none": str(_("没有匹配的人")),
            "data-picker-remove": str(_("移除")),
        }
        return context

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        chosen = set(value)
        groups: list[Any] = []
        for index, (key, label) in enumerate(self.choices):  # type: ignore[attr-defined]
            picked = str(key) in chosen
            # without a search address everything must stay reachable
            if self.url and index > self.shown and not picked:
                continue
            option = self.create_option(name, key, label, picked, index, attrs=attrs)  # type: ignore[attr-defined]
            groups.append((None, [option], index))
        return groups


class PersonPicker(_Picker, forms.Select):
    """One person."""


class PeoplePicker(_Picker, forms.SelectMultiple):
    """Several people."""
