"""One step of a case: ask, do it, go back to the case. The second of two editors sees what the first one wrote."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from shared.http import Request
from shared.refusals import Refusal
from workspace.appraisal.actions.locking import ChangedMeanwhile, NotRunning
from workspace.appraisal.forms.seen import SeenForm
from workspace.appraisal.models import Appraisal

Words = dict[str, Any]


def stepping(
    request: Request,
    found: Appraisal,
    form: forms.Form,
    act: Callable[[Any], str],
    words: Words,
    *,
    template: str = "appraisal/step.html",
    to: str = "appraisal:appraisal",
    done_too: bool = False,
) -> HttpResponse:
    """`act` gets the valid form and returns what to say; `to` is where to go on; with `done_too` a case that is closed
    may be asked as well."""
    newer: list[tuple[str, str]] = []
    if request.method == "GET" and not found.is_running and not done_too:
        raise NotRunning(state=found.get_state_display())
    if request.method == "POST" and form.is_valid():
        try:
            said = act(form)
        except ChangedMeanwhile as refusal:
            form, newer = _over(form, found)
            form.add_error(None, str(refusal))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said)
            return redirect(to, found.pk)
    context = {"form": form, "appraisal": found, "newer": newer, "back": to, **words}
    return render(request, template, context, status=422 if form.errors else 200)


def _over(form: forms.Form, found: Appraisal) -> tuple[forms.Form, list[tuple[str, str]]]:
    if not isinstance(form, SeenForm):
        return form, []
    again = form.over(Appraisal.objects.select_related("unit").get(pk=found.pk))
    return again, again.differences() if not again.errors else []
