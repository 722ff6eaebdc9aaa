"""The month of a branch: record who paid, print it, take it away, remind the others."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shared.clock import now, today
from shared.confirmation import ask
from shared.exports import list_response
from shared.http import Request
from shared.refusals import Refusal
from workspace.access.queries import may
from workspace.audit import actions as audit
from workspace.dues import months
from workspace.dues.actions import paying, reminding
from workspace.dues.forms import PaymentsForm
from workspace.dues.queries.sheets import Sheet, sheet_of
from workspace.dues.queries.visibility import branches_seen_by, payment_to_change, unit_seen_by
from workspace.dues.wording import rounding_note
from workspace.organization.models import Unit


@login_required
@require_http_methods(["GET", "POST"])
def sheet(request: Request, pk: int) -> HttpResponse:
    """Who paid this month, and the boxes to tick for those who have now. `?month=2026-11`."""
    unit = unit_seen_by(request.user, pk)
    if unit.type not in Unit.BRANCHES:
        return redirect(f"{reverse('dues:overview')}?unit={unit.pk}")
    month = months.month_from(request.GET.get("month", ""), today=today())
    found = sheet_of(unit, month)
    form = PaymentsForm(request.POST or None, lines=found.unpaid, initial={"paid_on": today(), "method": "cash"})
    if request.method == "POST":
        unit_seen_by(request.user, pk, to="dues.change")
        if form.is_valid() and _recorded(request, form, found):
            return redirect(_address(unit, found))
    return render(request, "dues/sheet.html", _context(request, found, form), status=422 if form.errors else 200)


def _recorded(request: Request, form: PaymentsForm, found: Sheet) -> bool:
    said = form.cleaned_data
    try:
        rows = paying.record_payments(
            found.unit,
            found.month,
            form.amounts(),
            paid_on=said["paid_on"],
            method=said["method"],
            note=said["note"],
            by=request.user,
            today=today(),
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    total = sum(row.amount for row in rows)
    messages.success(request, _("已登记 {count} 人，共 {total} 元。").format(count=len(rows), total=total))
    return True


def _context(request: Request, found: Sheet, form: PaymentsForm) -> dict[str, Any]:
    before, after = months.around(found.month)
    return {
        "sheet": found,
        "unit": found.unit,
        "month": months.shown(found.month),
        "before": before,
        "after": after,
        "form": form,
        "totals": found.totals,
        "may_change": may(request.user, "dues.change", found.unit),
        "has_others": branches_seen_by(request.user).exclude(pk=found.unit.pk).exists(),
        "rounding": rounding_note(),
    }


@login_required
@require_safe
def printed(request: Request, pk: int) -> HttpResponse:
    """The month as a page made for paper, with lines to sign."""
    unit = unit_seen_by(request.user, pk)
    month = months.month_from(request.GET.get("month", ""), today=today())
    found = sheet_of(unit, month)
    meta = [(_("党组织"), unit.name), (_("月份"), months.shown(month)), (_("打印日期"), f"{today():%Y-%m-%d}")]
    context = {"sheet": found, "totals": found.totals, "unit": unit, "month": months.shown(month), "meta": meta}
    return render(request, "dues/printed.html", context)


@login_required
@require_safe
def export(request: Request, pk: int) -> HttpResponse:
    """`?month=2026-11&form=xlsx`; CSV otherwise."""
    unit = unit_seen_by(request.user, pk)
    month = months.month_from(request.GET.get("month", ""), today=today())
    header = [_("姓名"), _("交纳类别"), _("应交"), _("实交"), _("交纳日期"), _("交纳方式"), _("备注")]
    rows = [
        [
            line.member.name,
            str(line.basis.get_payer_display()) if line.basis else _("未核定"),
            line.basis.monthly if line.basis else None,
            line.payment.amount if line.payment else None,
            line.payment.paid_on if line.payment else None,
            str(line.payment.get_method_display()) if line.payment else "",
            line.payment.note if line.payment else "",
        ]
        for line in sheet_of(unit, month).lines
    ]
    details = {"month": month.isoformat(), "rows": len(rows)}
    audit.record("dues.exported", of=unit, by=request.user, details=details)
    return list_response(request.GET.get("form", ""), f"dues-{unit.pk}-{months.shown(month)}", header, rows)


@login_required
@require_POST
def remind(request: Request, pk: int) -> HttpResponse:
    """Tell those whose month is open."""
    unit = unit_seen_by(request.user, pk, to="dues.change")
    month = months.month_from(request.GET.get("month", ""), today=today())
    told = reminding.remind(unit, month, by=request.user, at=now())
    text = _("已提醒 {count} 人。").format(count=told.told)
    if told.without_account:
        text += _("没有账号、请当面告知：{names}。").format(names="、".join(told.without_account))
    messages.success(request, text)
    return redirect(f"{reverse('dues:sheet', args=[unit.pk])}?month={months.shown(month)}")


@login_required
@require_http_methods(["GET", "POST"])
def undo(request: Request, pk: int) -> HttpResponse:
    """Take a mistaken payment back."""
    payment = payment_to_change(request.user, pk)
    back = f"{reverse('dues:sheet', args=[payment.member.unit_id])}?month={months.shown(payment.month)}"
    said = _("撤销{member} {month} 的交纳登记（{amount} 元）？撤销会留下记录。").format(
        member=payment.member, month=months.shown(payment.month), amount=payment.amount
    )
    if question := ask(request, title=_("撤销交纳登记"), message=said, back=back, label=_("撤销")):
        return question
    paying.undo_payment(payment, by=request.user)
    messages.success(request, _("已撤销。"))
    return redirect(back)


def _address(unit: Unit, found: Sheet) -> str:
    return f"{reverse('dues:sheet', args=[unit.pk])}?month={months.shown(found.month)}"
