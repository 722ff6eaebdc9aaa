"""One transfer: what the letter says, how it stands, and what can be done about it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rules.rulebook import rulebook
from shared.clock import today
from shared.http import Request
from shared.refusals import Refusal
from workspace.transfers.actions import accepting, closing, correcting
from workspace.transfers.forms.closing import AcceptForm, CorrectForm, ReceiptForm, RefuseForm
from workspace.transfers.models import Transfer
from workspace.transfers.queries import history, standing
from workspace.transfers.queries.visibility import (
    issues,
    receives,
    transfer_for,
    transfer_to_change,
    transfer_to_receive,
)
from workspace.transfers.views.words import state_badge


@login_required
@require_safe
def transfer(request: Request, pk: int) -> HttpResponse:
    found = transfer_for(request.user, pk)
    may_issue, may_receive = issues(request.user, found), receives(request.user, found)
    context = {
        "transfer": found,
        "state": state_badge(found, today()),
        "is_expired": found.is_expired(today()),
        "facts": standing.facts(found),
        "left_behind": standing.left_behind(found) if found.is_open and (may_issue or may_receive) else [],
        "moments": history.moments(found) if may_issue or may_receive else [],
        "may_issue": may_issue,
        "may_receive": may_receive,
        "basis": rulebook().get("membership.old_stays_responsible").citation,
        "is_own": found.member is not None and found.member.user_id == request.user.pk,
    }
    return render(request, "transfers/transfer.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def acceptance(request: Request, pk: int) -> HttpResponse:
    """Take the person in; of a letter to the outside, enter the receipt."""
    found = transfer_to_receive(request.user, pk)
    out = found.kind == Transfer.Kind.OUT
    kind = ReceiptForm if out else AcceptForm
    form = kind(request.POST or None, initial={"on": today()})

    def act(said: dict[str, Any]) -> str:
        accepting.accept(found, on=said["on"], note=said["note"], by=request.user, today=today())
        return _("已登记，{name}的组织关系已转到{where}。").format(name=found.person_name, where=found.destination_name)

    title = _("登记回执") if out else _("接收组织关系")
    note = _("从这一天起，{name}由{where}管理。").format(name=found.person_name, where=found.destination_name)
    left = standing.left_behind(found)
    return _step(request, found, form, act, {"title": title, "submit": title, "note": note, "left_behind": left})


@login_required
@require_http_methods(["GET", "POST"])
def rejection(request: Request, pk: int) -> HttpResponse:
    found = transfer_to_receive(request.user, pk)
    form = RefuseForm(request.POST or None, initial={"on": today()})

    def act(said: dict[str, Any]) -> str:
        closing.reject(found, on=said["on"], reason=said["reason"], by=request.user, today=today())
        return _("已登记为未接收，{name}仍在原党组织。").format(name=found.person_name)

    note = _("不接收要写明原因，开具介绍信的党组织会收到通知。")
    return _step(request, found, form, act, {"title": _("不予接收"), "submit": _("登记不接收"), "note": note})


@login_required
@require_http_methods(["GET", "POST"])
def revocation(request: Request, pk: int) -> HttpResponse:
    found = transfer_to_change(request.user, pk)
    form = RefuseForm(request.POST or None, initial={"on": today()})

    def act(said: dict[str, Any]) -> str:
        closing.revoke(found, on=said["on"], reason=said["reason"], by=request.user, today=today())
        return _("已撤回，编号作废，不会再用。")

    note = _("只能在对方接收之前撤回。撤回后需要的话可以重新开具。")
    return _step(request, found, form, act, {"title": _("撤回介绍信"), "submit": _("撤回"), "note": note})


@login_required
@require_http_methods(["GET", "POST"])
def correction(request: Request, pk: int) -> HttpResponse:
    """Put right what an open letter says. The second of two editors sees what the first one wrote."""
    found = transfer_to_change(request.user, pk)
    form = CorrectForm(request.POST or None, transfer=found)
    newer: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        seen_at = _instant(form.cleaned_data["seen_at"])
        try:
            changed = correcting.correct(found, form.values(), by=request.user, seen_at=seen_at, on=today())
        except correcting.ChangedMeanwhile as refusal:
            newer = _now_says(form, found)
            form = _again(form, found)
            form.add_error(None, str(refusal))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已保存。") if changed else _("没有需要保存的修改。"))
            return redirect("transfers:transfer", found.pk)
    elif request.method == "GET" and not found.is_open:
        raise closing.ClosedAlready(state=found.get_outcome_display(), day=found.closed_on)
    context = {"form": form, "transfer": found, "newer": newer}
    return render(request, "transfers/correction.html", context, status=422 if form.errors else 200)


def _step(
    request: Request, found: Transfer, form: forms.Form, act: Callable[[dict[str, Any]], str], words: dict[str, Any]
) -> HttpResponse:
    """Ask, do it, go back to the transfer."""
    if request.method == "GET" and not found.is_open:
        raise closing.ClosedAlready(state=found.get_outcome_display(), day=found.closed_on)
    if request.method == "POST" and form.is_valid():
        try:
            done = act(form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect("transfers:transfer", found.pk)
    context = {"form": form, "transfer": found, **words}
    return render(request, "transfers/step.html", context, status=422 if form.errors else 200)


def _again(form: CorrectForm, found: Transfer) -> CorrectForm:
    """The same typed text, now over the letter as it stands."""
    typed = dict(form.data.items())
    typed["seen_at"] = found.updated_at.isoformat()
    again = CorrectForm(typed, transfer=found)
    again.is_valid()
    return again


def _now_says(form: CorrectForm, found: Transfer) -> list[tuple[str, str]]:
    """Where the letter as it stands differs from what was typed: (field, what it says)."""
    return standing.differences(form.values(), found, {name: str(f.label) for name, f in form.fields.items()})


def _instant(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return datetime.min  # noqa: DTZ901  never equal to a stored time: asks to look again
