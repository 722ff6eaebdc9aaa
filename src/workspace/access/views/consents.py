"""`/access/consents/`: what waits for a second person, and what became of it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shared.clock import now
from shared.components.badges import badge
from shared.confirmation import ask
from shared.http import Request
from shared.pagination import page_of
from workspace.access.actions import consents as actions
from workspace.access.consents import kind_of
from workspace.access.models import Consent
from workspace.access.queries import consents as queries
from workspace.access.queries import may

_LEVELS = {"waiting": "info", "lapsed": "late", "refused": "bad", "agreed": "good", "over": ""}


class RefusalForm(forms.Form):
    """POST. Why not; the one who asked reads it."""

    reason = forms.CharField(
        label=gettext_lazy("不同意的原因"), max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )


def state_badge(consent: Consent) -> SafeString:
    """Where it stands now."""
    state = consent.state(at=now())
    return badge(state.label, _LEVELS[state])


@login_required
@require_safe
def consents(request: Request) -> HttpResponse:
    """Those that wait for me first; then all that I asked or may decide."""
    every = queries.consents(visible_to=request.user)
    if not may(request.user, "member.export") and not every.exists():
        raise Http404
    page = page_of(request, every)
    context = {
        "waiting": [(row, kind_of(row).label) for row in queries.waiting_for(request.user, at=now())],
        "page": page,
        "rows": [(row, kind_of(row).label, state_badge(row)) for row in page],
    }
    return render(request, "access/consents.html", context)


@login_required
@require_safe
def consent(request: Request, pk: int) -> HttpResponse:
    return render(request, "access/consent.html", _page(request, queries.consent(pk, visible_to=request.user)))


def _page(request: Request, found: Consent, form: RefusalForm | None = None) -> dict[str, Any]:
    kind, state = kind_of(found), found.state(at=now())
    mine, waits = found.by_id == request.user.pk, state == Consent.State.WAITING
    return {
        "consent": found,
        "label": kind.label,
        "facts": kind.facts(found),
        "badge": state_badge(found),
        "state": state,
        "mine": mine,
        "waits": waits,
        "deciders": list(queries.deciders(found)[:6]) if waits and mine else [],
        "form": (form or RefusalForm()) if waits and not mine else None,
        "use": (kind.url(found), kind.go) if mine and state == Consent.State.AGREED else None,
        "crumbs": [(_("双人复核"), reverse("access:consents")), (kind.label, "")],
    }


@login_required
@require_POST
def agree(request: Request, pk: int) -> HttpResponse:
    actions.agree(queries.consent(pk, visible_to=request.user), by=request.user, at=now())
    messages.success(request, _("已同意，并通知了申请人。"))
    return redirect("access:consents")


@login_required
@require_POST
def refuse(request: Request, pk: int) -> HttpResponse:
    found = queries.consent(pk, visible_to=request.user)
    form = RefusalForm(request.POST)
    if not form.is_valid():
        return render(request, "access/consent.html", _page(request, found, form), status=422)
    actions.refuse(found, by=request.user, reason=form.cleaned_data["reason"], at=now())
    messages.success(request, _("已退回，申请人会看到原因。"))
    return redirect("access:consents")


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request: Request, pk: int) -> HttpResponse:
    found = queries.consent(pk, visible_to=request.user)
    if question := ask(
        request,
        title=_("撤回申请"),
        message=_("撤回后，复核的人不再看到它；需要时可以重新申请。"),
        back=reverse("access:consent", args=[found.pk]),
        label=_("撤回"),
    ):
        return question
    actions.withdraw(found, by=request.user)
    messages.success(request, _("已撤回。"))
    return redirect("access:consents")
