"""The list of those entitled, and what people change about it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import rules
from shared.clock import today
from shared.http import Request
from shared.refusals import Refusal
from workspace.access.queries import may
from workspace.elections.actions import rolls
from workspace.elections.actions.opening import AlreadyHeld
from workspace.elections.forms.rolls import AmendForm, people_url
from workspace.elections.models import Election
from workspace.elections.queries.rolls import day_of, people_to_put_on, roll_of, shown_reason
from workspace.elections.queries.visibility import HANDLE, election_for, election_to_handle
from workspace.members.models import Member

_FOUND_AT_ONCE = 20
WAYS = ("in", "out")


@login_required
@require_safe
def roll(request: Request, pk: int) -> HttpResponse:
    """Who votes, who does not and why, and each change with its reason."""
    found = election_for(request.user, pk)
    context = roll_context(request, found) | {
        "may_amend": found.is_running and not found.held_on and may(request.user, HANDLE, found.unit),
        "rule": rules.rulebook().get("election.no_vote"),
        "not_counted": rules.rulebook().get("election.not_counted"),
    }
    return render(request, "elections/roll.html", context)


def roll_context(request: Request, found: Election) -> dict[str, Any]:
    """For the page and for the printed sheet."""
    on = day_of(found, today())
    lines = roll_of(found, on=on)
    in_full = may(request.user, "member.change", found.unit)
    without = [(line.name, shown_reason(line, in_full=in_full)) for line in lines.without_vote]
    needed = rules.voters_needed(len(lines.voters))
    return {"election": found, "roll": lines, "without": without, "day": on, "present_needed": needed}


@login_required
@require_http_methods(["GET", "POST"])
def amendment(request: Request, pk: int, way: str) -> HttpResponse:
    """`in`: put somebody on the list; `out`: leave somebody out of those entitled."""
    if way not in WAYS:
        raise Http404
    found = election_to_handle(request.user, pk)
    if found.held_on:
        raise AlreadyHeld(day=found.held_on)
    on, is_in = day_of(found, today()), way == "in"
    people = people_to_put_on(found, by=request.user, on=on) if is_in else _voters(found)
    form = AmendForm(request.POST or None, people=people, is_in=is_in, url=people_url(pk) if is_in else "")
    if request.method == "POST" and form.is_valid():
        try:
            rolls.amend(found, form.cleaned_data["member"], form.change(), by=request.user, on=on)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("名单已调整。"))
            return redirect("elections:roll", found.pk)
    title = _("补入名单") if is_in else _("不计入应到会")
    context = {"form": form, "election": found, "title": title, "is_in": is_in}
    return render(request, "elections/amendment.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def restoring(request: Request, pk: int, number: int) -> HttpResponse:
    """Take one change back."""
    found = election_to_handle(request.user, pk)
    rolls.take_back(found, number, by=request.user)
    messages.success(request, _("已撤销这项调整。"))
    return redirect("elections:roll", found.pk)


@login_required
@require_safe
def people(request: Request, pk: int) -> JsonResponse:
    """For the picker: those who may be put on the list. `?q=`"""
    found = election_to_handle(request.user, pk)
    words = request.GET.get("q", "").strip()[:60]
    chosen = people_to_put_on(found, by=request.user, on=day_of(found, today()))
    rows = chosen.matching(words)[:_FOUND_AT_ONCE] if words else chosen.none()
    results = [{"value": m.pk, "text": m.name, "detail": str(m.unit), "pinyin": m.pinyin} for m in rows]
    return JsonResponse({"results": results})


def _voters(found: Election) -> Any:
    keys = [line.member for line in roll_of(found, on=day_of(found, today())).voters]
    return Member.objects.filter(pk__in=keys).order_by("pinyin", "pk")
