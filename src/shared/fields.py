"""How a form field is dressed: Bootstrap's classes, and help and errors tied to their input."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString


def shape(bound: BoundField) -> str:
    """`check` (one box), `choices` (a set of boxes or radios) or `line` (label above the input)."""
    widget = bound.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
        return "choices"
    return "line"


def control(bound: BoundField) -> SafeString:
    widget = bound.field.widget
    attrs: dict[str, Any] = {"class": f"{widget.attrs.get('class', '')} {_class(widget)}".strip()}
    if described := _described_by(bound):
        attrs["aria-describedby"] = described
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return bound.as_widget(attrs=attrs)


def _class(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxInput):
        return "form-check-input"
    if isinstance(widget, forms.Select):
        return "form-select"
    return "form-control"


def _described_by(bound: BoundField) -> str:
    parts = []
    if bound.help_text:
        parts.append(f"{bound.auto_id}_help")
    if bound.errors:
        parts.append(f"{bound.auto_id}_error")
    return " ".join(parts)
