"""Closings: the list, and the page of one with its steps, its dates and its proof."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from console import words
from console.actions import closings as actions
from console.forms.closings import RESULTS, ClosingFilter, ReasonForm
from console.models import Proposal
from console.queries import closings as queries
from console.queries import proposals
from provisioning import saga
from provisioning.models import Closing, ClosingStep
from shared.clock import now
from shared.components import Column, Empty, Table
from shared.components.badges import badge
from shared.http import Request

OF_THE_END = (Proposal.Verb.CLOSE, Proposal.Verb.ERASE)
_LEVELS = {"grace": "info", "running": "info", "failed": "bad", "archived": "late", "done": "", "cancelled": "good"}


def result(row: Closing) -> SafeString:
    """Where a closing stands."""
    found = queries.result(row, at=now())
    return badge(dict(RESULTS)[found], _LEVELS[found])


COLUMNS = (
    Column(
        name="name",
        label=gettext_lazy("单位"),
        sort="tenant__name",
        value=lambda row: row.tenant.name,
        link=lambda row: reverse("console:closing", args=[row.uuid]),
    ),
    Column(name="result", label=gettext_lazy("状态"), value=result),
    Column(name="created_at", label=gettext_lazy("申请日期"), sort="created_at", kind="date"),
    Column(name="grace_until", label=gettext_lazy("可撤销到"), sort="grace_until", kind="date"),
    Column(name="kept_until", label=gettext_lazy("封存到"), sort="kept_until", kind="date"),
    Column(name="requested_by", label=gettext_lazy("发起"), value=lambda row: words.actor(row.requested_by)),
)


@require_safe
@login_required
def index(request: Request) -> HttpResponse:
    form = ClosingFilter(request.GET)
    form.is_valid()
    table = Table(
        request,
        queries.narrowed(queries.closings(), form.cleaned_data),
        COLUMNS,
        caption=_("关闭记录"),
        sort="-created_at",
        filters=form,
        empty=Empty(
            title=_("没有关闭的工作空间"),
            text=_("单位管理员可以自己申请关闭；运营人员的申请要由另一人复核。"),
            icon="building-community",
        ),
    )
    context = {"table": table, "proposals": proposals.waiting(OF_THE_END), "me": request.user.username}
    return render(request, "console/closings.html", context)


@require_safe
@login_required
def show(request: Request, uuid: UUID) -> HttpResponse:
    return render(request, "console/closing.html", _page(queries.closing(uuid)))


def _page(row: Closing, form: ReasonForm | None = None) -> dict[str, Any]:
    found = queries.result(row, at=now())
    rows = {step.name: step for step in row.steps.all()}
    return {
        "closing": row,
        "state": found,
        "result": result(row),
        "asked_by": words.actor(row.requested_by),
        "in_hand": saga.is_held(row),
        "erase": found == "archived" and Proposal.Verb.ERASE.value in queries.proposable(row.tenant),
        "steps": [(name.label, rows.get(name.value)) for name in ClosingStep.Name],
        "size": words.size(row.archive_bytes),
        "stores": [
            (words.STORES.get(store, store), left) for store, left in (row.proof or {}).get("stores", {}).items()
        ],
        "proved_at": datetime.fromisoformat(row.proof["at"]) if row.proof else None,
        "form": (form or ReasonForm()) if found == "grace" else None,
        "crumbs": [(_("关闭空间"), reverse("console:closings")), (row.tenant.name, "")],
    }


@require_POST
@login_required
def cancel(request: Request, uuid: UUID) -> HttpResponse:
    row = queries.closing(uuid)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return render(request, "console/closing.html", _page(row, form), status=422)
    actions.cancel(row, by=request.user, reason=form.cleaned_data["reason"], at=now())
    messages.success(request, _("已撤销关闭，「{tenant}」恢复原来的状态。").format(tenant=row.tenant))
    return redirect("console:closing", row.uuid)


@require_POST
@login_required
def retry(request: Request, uuid: UUID) -> HttpResponse:
    row = queries.closing(uuid)
    actions.retry(row, by=request.user)
    messages.success(request, _("已排队，从停下的那一步继续。"))
    return redirect("console:closing", row.uuid)


@require_safe
@login_required
def proof(request: Request, uuid: UUID) -> HttpResponse:
    """The proof of erasure as a file."""
    row = queries.closing(uuid)
    if not row.proof:
        raise Http404
    name = f"erasure-{row.tenant.uuid}.json"
    answer = JsonResponse(row.proof, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
