"""Let a form try a verb, and say a refusal where the person typed what it is about."""

from collections.abc import Callable, Mapping
from typing import TypeVar, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from shared.refusals import Refusal
from workspace.organization.actions import ChangedMeanwhile, chronicle
from workspace.organization.models import Unit

Done = TypeVar("Done")
ABOUT_THE_DAY: Mapping[type[Refusal], str] = {
    chronicle.InTheFuture: "on",
    chronicle.BeforeItExisted: "on",
    chronicle.OutOfOrder: "on",
    chronicle.AboveTooYoung: "on",
}


def attempt(
    form: forms.Form,
    verb: Callable[[], Done],
    *,
    about: Mapping[type[Refusal], str] | None = None,
    is_of_one: bool = True,
) -> Done | None:
    """The verb's answer, or None with its refusal as an error of the form.

    `about` names the field that a kind of refusal is about; others are said above the form. `is_of_one` says
    that the form is about one unit, so that what is there now can stand beside what was typed.
    """
    try:
        return verb()
    except Refusal as refusal:
        form.add_error((about or {}).get(type(refusal)), str(refusal))
        if is_of_one and isinstance(refusal, ChangedMeanwhile):
            _see_now(form, refusal.values["unit"])
        return None


def _see_now(form: forms.Form, unit: Unit) -> None:
    """Keep what was typed, show what is there now beside it, and let the next save go over it."""
    data = cast(QueryDict, form.data).copy()
    data[form.add_prefix("seen")] = unit.updated_at.isoformat()
    form.data = data
    for name in form.fields:
        present = getattr(unit, name, None)
        if name in form.cleaned_data and hasattr(unit, name) and (present or "") != (form.cleaned_data[name] or ""):
            shown = unit.get_type_display() if name == "type" else present
            form.add_error(name, _now(shown))


def _now(value: object) -> str:
    return _("现在的内容是：{value}").format(value=value or _("空"))


def answer_status(form: forms.Form) -> int:
    """422 for a page that shows what is wrong with a form, 200 otherwise."""
    return 422 if form.is_bound and form.errors else 200
