"""One step of a case: ask, do it, go back to the case. The second of two editors sees what the first one wrote."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from shared.http import Request
from shared.refusals import Refusal
from workspace.elections.actions.locking import ChangedMeanwhile, NotRunning
from workspace.elections.forms.seen import SeenForm
from workspace.elections.models import Election

Words = dict[str, Any]


def stepping(
    request: Request,
    found: Election,
    form: forms.Form,
    act: Callable[[Any], str],
    words: Words,
    *,
    template: str = "elections/step.html",
    **options: Any,
) -> HttpResponse:
    """`act` gets the valid form and returns what to say; `options` are those the form was made with."""
    newer: list[tuple[str, str]] = []
    if request.method == "GET" and not found.is_running:
        raise NotRunning(state=found.get_state_display())
    if request.method == "POST" and form.is_valid():
        try:
            said = act(form)
        except ChangedMeanwhile as refusal:
            form, newer = _over(form, found, options)
            form.add_error(None, str(refusal))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said)
            return redirect("elections:election", found.pk)
    context = {"form": form, "election": found, "newer": newer, **words}
    return render(request, template, context, status=422 if form.errors else 200)


def _over(form: forms.Form, found: Election, options: dict[str, Any]) -> tuple[forms.Form, list[tuple[str, str]]]:
    if not isinstance(form, SeenForm):
        return form, []
    fresh = Election.objects.select_related("unit").get(pk=found.pk)
    again = form.over(fresh, **options)
    return again, again.differences() if not again.errors else []
