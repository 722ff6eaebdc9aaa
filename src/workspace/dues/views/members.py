"""One member's dues: their own page, the page of those who collect, and the assessment."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rules import dues
from rules.workdays import add_months
from shared.clock import today
from shared.http import Request
from shared.refusals import Refusal
from workspace.access.queries import may, units_where
from workspace.accounts.models import User
from workspace.dues import months
from workspace.dues.actions import assessing
from workspace.dues.forms import AssessForm
from workspace.dues.models import Payer
from workspace.dues.queries.places import places_since
from workspace.dues.queries.standing import Account, account_of
from workspace.dues.queries.visibility import member_seen_by, own
from workspace.dues.wording import rounding_note
from workspace.members.models import Member
from workspace.organization.models import Unit

_ABOUT: dict[type[Refusal], str] = {
    assessing.BaseNeeded: "base",
    assessing.BaseNotAllowed: "base",
    assessing.FixedAmountNotAllowed: "chosen",
    assessing.BeforeMembership: "since",
}


@login_required
@require_safe
def me(request: Request) -> HttpResponse:
    """What I paid, and what is next."""
    member = own(request.user)
    if member is None:
        return render(request, "dues/me_unknown.html")
    return render(request, "dues/member.html", _context(request, member) | {"is_own": True})


@login_required
@require_safe
def member(request: Request, pk: int) -> HttpResponse:
    """The same for those who collect."""
    found = member_seen_by(request.user, pk)
    return render(request, "dues/member.html", _context(request, found) | {"is_own": found.user_id == request.user.pk})


@login_required
@require_http_methods(["GET", "POST"])
def assess(request: Request, pk: int) -> HttpResponse:
    """What this member pays from a month on. The base is used and forgotten."""
    found = member_seen_by(request.user, pk, to="dues.change")
    form = AssessForm(request.POST or None, initial={"since": _first_since(found), "payer": dues.Payer.WAGE.value})
    if request.method == "POST" and form.is_valid():
        try:
            basis = assessing.assess(found, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(_ABOUT.get(type(refusal)), str(refusal))
        else:
            said = _("{member}自 {month} 起每月交纳 {amount} 元。")
            month = months.shown(basis.since)
            messages.success(request, said.format(member=found, month=month, amount=basis.monthly))
            return redirect("dues:member", found.pk)
    context = {"form": form, "member": found, "rules": _rules(today()), "rounding": rounding_note()}
    return render(request, "dues/assess.html", context, status=422 if form.errors else 200)


def _context(request: Request, member: Member) -> dict[str, Any]:
    account = account_of(member, today=today())
    return {
        "open_months": _open_months(account, member, request.user),
        "member": member,
        "account": account,
        "next": _next(account, member),
        "may_change": may(request.user, "dues.change", member.unit),
    }


def _open_months(account: Account, member: Member, user: User) -> list[tuple[date, Unit | None, bool]]:
    """(month, branch in which it is paid, whether this person records it there)"""
    if account.behind is None:
        return []
    found = account.behind.open_months
    places = places_since(found[0])
    where = {month: places.unit_in(month, member) for month in found}
    units = Unit.objects.in_bulk(set(where.values()))
    mine = set(units_where(user, "dues.change").filter(pk__in=units).values_list("pk", flat=True))
    return [(month, units.get(key), key in mine) for month, key in where.items()]


def _next(account: Account, member: Member) -> dict[str, Any] | None:
    """The first month that is not settled, counting from the oldest open one."""
    if not account.bases or member.category not in Member.MEMBERS or not member.is_present:
        return None
    if account.behind:
        month = account.behind.open_months[0]
    else:
        settled = {payment.month for payment in account.payments}
        month = today().replace(day=1)
        while month in settled:
            month = add_months(month, 1)
    basis = account.basis_in(month)
    return {"month": months.shown(month), "amount": basis.monthly if basis else None}


def _first_since(member: Member) -> date:
    """The running month, or the month of joining for somebody just admitted."""
    running = today().replace(day=1)
    return max(running, dues.first_month(member.joined_on)) if member.joined_on else running


def _rules(on: date) -> list[dict[str, Any]]:
    """The kinds of payers with where the regulation says so."""
    return [{"label": Payer(payer.value).label, "citation": payer.rule(on).citation} for payer in dues.Payer]
