"""One time away: what is known, what calls for people, every contact."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rules.transfers import Paper, paper_for
from shared.clock import today
from shared.confirmation import ask
from shared.http import Request
from shared.refusals import Refusal
from workspace.access.queries import may
from workspace.transfers.actions import absences, contacting
from workspace.transfers.forms.absences import AwayForm, ContactForm, EndForm
from workspace.transfers.models import Absence
from workspace.transfers.models.contacts import Contact
from workspace.transfers.queries import history
from workspace.transfers.queries.flags import flags_of
from workspace.transfers.queries.visibility import ISSUE, MayNotIssue, absence_for
from workspace.transfers.views.words import due_badge

_USUAL_ENDING = {
    Absence.Kind.FLOATING: Absence.Ending.RETURNED,
    Absence.Kind.GRADUATE: Absence.Ending.TRANSFERRED,
    Absence.Kind.ABROAD: Absence.Ending.RETURNED,
    Absence.Kind.LOST: Absence.Ending.FOUND,
}


@login_required
@require_http_methods(["GET", "POST"])
def new(request: Request, kind: str) -> HttpResponse:
    """`?member=` chooses somebody."""
    if kind not in Absence.Kind.values:
        raise Http404
    if not may(request.user, ISSUE):
        raise MayNotIssue
    chosen = Absence.Kind(kind)
    form = AwayForm(
        request.POST or None, by=request.user, kind=chosen, initial={"member": request.GET.get("member", "")}
    )
    if request.method == "POST" and form.is_valid():
        try:
            row = absences.begin(form.cleaned_data["member"], form.away(), by=request.user, on=today())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                _("已登记{member}，下次联系不晚于 {day}。").format(
                    member=row.member, day=f"{row.next_contact_on:%Y-%m-%d}"
                ),
            )
            return redirect("transfers:absence", row.pk)
    context = {"form": form, "kind": chosen.label}
    return render(request, "transfers/absences/new.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def absence(request: Request, pk: int) -> HttpResponse:
    return _page(request, absence_for(request.user, pk))


@login_required
@require_POST
def contacts(request: Request, pk: int) -> HttpResponse:
    """Note a contact."""
    found = absence_for(request.user, pk, to=ISSUE)
    form = ContactForm(request.POST)
    if not form.is_valid():
        return _page(request, found, contact=form)
    try:
        row = contacting.note(found, form.contact(by=request.user), by=request.user, today=today())
    except Refusal as refusal:
        form.add_error("on", str(refusal))
        return _page(request, found, contact=form)
    text = _("已登记，下次联系不晚于 {day}。").format(day=f"{row.next_contact_on:%Y-%m-%d}")
    if row.kind == Absence.Kind.LOST and form.cleaned_data["reached"]:
        text = _("已登记。既然联系上了，请确认后在下面“结束登记”。")
    messages.success(request, text)
    return redirect("transfers:absence", found.pk)


@login_required
@require_http_methods(["GET", "POST"])
def strike(request: Request, pk: int, number: int) -> HttpResponse:
    """Take the contact with this place in the column back."""
    found = absence_for(request.user, pk, to=ISSUE)
    if number >= len(found.contacts):
        raise contacting.NoSuchContact
    contact = Contact.of(found.contacts[number])
    back = reverse("transfers:absence", args=[found.pk])
    said = _("删除 {day} 的联系记录？删除会留下记录。").format(day=f"{contact.on:%Y-%m-%d}")
    if question := ask(request, title=_("删除联系记录"), message=said, back=back, label=_("删除")):
        return question
    contacting.strike(found, contact, by=request.user)
    messages.success(request, _("已删除。"))
    return redirect(back)


@login_required
@require_http_methods(["GET", "POST"])
def ending(request: Request, pk: int) -> HttpResponse:
    found = absence_for(request.user, pk, to=ISSUE)
    if not found.is_open:
        raise absences.OverAlready(day=found.ended_on)
    usual = _USUAL_ENDING[Absence.Kind(found.kind)]
    form = EndForm(request.POST or None, initial={"on": today(), "ending": usual})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            absences.end(found, on=said["on"], ending=said["ending"], note=said["note"], by=request.user, today=today())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已结束登记。"))
            return redirect("transfers:absence", found.pk)
    context = {"form": form, "absence": found}
    return render(request, "transfers/absences/ending.html", context, status=422 if form.errors else 200)


def _page(request: Request, found: Absence, *, contact: ContactForm | None = None) -> HttpResponse:
    on = today()
    may_change = may(request.user, ISSUE, found.member.unit)
    numbered = sorted(enumerate(found.contacts), key=lambda pair: pair[1]["on"], reverse=True)
    context: dict[str, Any] = {
        "absence": found,
        "state": due_badge(found, on),
        "flags": flags_of(found, on=on),
        "facts": _facts(found),
        "paper": _advice(found),
        "member_key": str(found.member_id),
        "contacts": [(number, Contact.of(row)) for number, row in numbered],
        "contact_form": contact or ContactForm(initial={"on": on, "way": "phone"}),
        "may_change": may_change and found.is_open,
        "moments": history.moments(found) if may_change else [],
    }
    return render(request, "transfers/absences/absence.html", context, status=422 if contact else 200)


def _facts(found: Absence) -> list[tuple[str, str]]:
    pairs = [
        (_("党支部"), found.member.unit.name),
        (_("类别"), str(found.get_kind_display())),
        (_("起始日期"), f"{found.since:%Y-%m-%d}"),
        (_("原因"), str(found.get_reason_display())),
        (_("所在地"), found.place),
        (_("预计返回"), f"{found.expected_until:%Y-%m-%d}" if found.expected_until else ""),
        (_("联系间隔"), _("每 {months} 个月").format(months=found.contact_months)),
        (_("最近联系"), f"{found.contacted_on:%Y-%m-%d}" if found.contacted_on else _("还没有联系上")),
        (_("说明"), found.note),
        (_("结束"), f"{found.ended_on:%Y-%m-%d} {found.get_ended_for_display()}" if found.ended_on else ""),
        (_("结束说明"), found.ended_note),
    ]
    return [(label, text) for label, text in pairs if text]


def _advice(found: Absence) -> Any:
    """Which paper somebody who floats takes along; None for the other kinds."""
    if found.kind != Absence.Kind.FLOATING or not found.is_open:
        return None
    advice = paper_for(found.since, found.expected_until, has_fixed_place=found.has_fixed_place)
    return {"advice": advice, "is_letter": advice.paper is Paper.LETTER}
