"""Choices that are known only when a form is drawn."""

from collections.abc import Sequence
from typing import cast

from django import forms
from django.utils.functional import Promise


def offer(form: forms.Form, name: str, choices: Sequence[tuple[str, str | Promise]]) -> None:
    """Give the choice field `name` these (value, label) pairs."""
    cast(forms.ChoiceField, form.fields[name]).choices = list(choices)
