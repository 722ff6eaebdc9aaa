"""One member: facts, timeline, and what can be done."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shared.clock import today
from shared.refusals import NotAllowed, Refusal
from workspace.access.queries import may
from workspace.accounts.models import User
from workspace.members import member_panels
from workspace.members.actions import records
from workspace.members.actions.events.refusals import EventRefused
from workspace.members.forms.member import MemberForm, units_for
from workspace.members.models import Member
from workspace.members.queries.facts import facts_of
from workspace.members.queries.merges import merged_away
from workspace.members.queries.register import branches_to_fill
from workspace.members.queries.timeline import Moment, by_year, timeline
from workspace.members.queries.visibility import member_for


@login_required
@require_safe
def member(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        found = member_for(_who(request), pk)
    except Http404:
        if away := merged_away(pk):
            return redirect("members:member", member_for(_who(request), away.member_id or 0).pk)
        raise
    return member_page(request, found)


def member_page(request: HttpRequest, member: Member, *, opened: str = "") -> HttpResponse:
    """The page, with at most one hidden fact opened."""
    user = _who(request)
    may_change = may(user, "member.change", member.unit)
    context = {
        "member": member,
        "facts": list(facts_of(member, on=today(), open_fields=[opened])),
        "opened": opened,
        "posts": member.appointments.current().select_related("unit"),
        "years": by_year(_linked(timeline(member, user=user, record=may_change), member)),
        "may_change": may_change,
        "may_take": may(user, "member.export", member.unit),
        "may_merge": may(user, "member.merge", member.unit),
        "account": member.user,
        "panels": member_panels.filled(member, user),
    }
    return render(request, "members/member.html", context)


def _linked(moments: list[Moment], member: Member) -> Iterator[Moment]:
    """Events lead to their page."""
    for moment in moments:
        url = reverse("members:event", args=[member.pk, moment.event]) if moment.event else ""
        yield replace(moment, url=url)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Put one person on the register by hand."""
    user = _who(request)
    units = branches_to_fill(user, "member.change")
    if not may(user, "member.change"):
        raise NotAllowed
    form = MemberForm(request.POST or None, units=units, on=today(), initial={"unit": request.GET.get("unit")})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data["values"]
        try:
            made = records.register_member(values.pop("unit"), values, by=user)
        except Refusal as refusal:
            form.add_error("citizen_number", str(refusal))
        else:
            messages.success(request, _("已登记{name}。").format(name=made.name))
            return redirect("members:member", made.pk)
    return render(request, "members/new.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user = _who(request)
    found = member_for(user, pk, to="member.change")
    units = units_for(found, branches_to_fill(user, "member.change"))
    form = MemberForm(request.POST or None, units=units, on=today(), member=found)
    newer: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        seen_at = _instant(form.cleaned_data["seen_at"])
        try:
            changed = records.change(
                found, form.cleaned_data["values"], by=user, seen_at=seen_at, basis=form.cleaned_data["basis"]
            )
        except records.ChangedMeanwhile as refusal:
            # What was typed stays; the next "save" speaks for the record as it is now.
            newer = _now_says(form, found)
            form = _again(form, found)
            form.add_error(None, str(refusal))
        except (records.BasisMissing, EventRefused) as refusal:
            form.add_error("basis", str(refusal))
        except Refusal as refusal:
            form.add_error("citizen_number", str(refusal))
        else:
            messages.success(request, _("已保存。") if changed else _("没有需要保存的修改。"))
            return redirect("members:member", found.pk)
    context = {"form": form, "member": found, "newer": newer}
    return render(request, "members/edit.html", context, status=422 if form.errors else 200)


def _again(form: MemberForm, found: Member) -> MemberForm:
    """The same typed text, now over the record as it stands."""
    typed = dict(form.data.items())
    typed["seen_at"] = found.updated_at.isoformat()
    again = MemberForm(typed, units=form.fields["unit"].queryset, on=form.on, member=found)  # type: ignore[attr-defined]
    again.is_valid()
    return again


def _now_says(form: MemberForm, found: Member) -> list[tuple[str, str]]:
    """Where the record as it stands differs from what was typed: (column, what the record says)."""
    values = form.cleaned_data["values"]
    facts = {fact.field: fact for fact in facts_of(found, on=today())}
    return [
        (f.label, f.text or "—") for name, f in facts.items() if name in values and getattr(found, name) != values[name]
    ]


def _instant(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return datetime.min  # noqa: DTZ901  never equal to a stored time: asks to look again


def _who(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]
