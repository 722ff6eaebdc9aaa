"""Restorings: the list, and the page of one with its steps, its error and what may be done about it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from console import words
from console.actions import restorings as actions
from console.forms.closings import ReasonForm
from console.forms.restorings import RESULTS, RestoringFilter
from console.models import Proposal
from console.queries import closings, proposals
from console.queries import restorings as queries
from provisioning import fallbacks
from provisioning.models import Restoring
from shared.clock import now
from shared.components import Column, Empty, Table
from shared.components.badges import badge
from shared.http import Request

_LEVELS = {"running": "info", "failed": "bad", "stopped": "late", "done": "good", "abandoned": ""}


def result(row: Restoring) -> SafeString:
    """Where it stands."""
    found = queries.result(row, at=now())
    return badge(dict(RESULTS)[found], _LEVELS[found])


COLUMNS = (
    Column(
        name="name",
        label=gettext_lazy("单位"),
        sort="tenant__name",
        value=lambda row: row.tenant.name,
        link=lambda row: reverse("console:restoring", args=[row.uuid]),
    ),
    Column(name="kind", label=gettext_lazy("做什么"), value=lambda row: row.get_kind_display()),
    Column(name="result", label=gettext_lazy("状态"), value=result),
    Column(name="created_at", label=gettext_lazy("开始日期"), sort="created_at", kind="date"),
    Column(name="fallback_until", label=gettext_lazy("可退回到"), kind="date"),
    Column(name="requested_by", label=gettext_lazy("发起"), value=lambda row: words.actor(row.requested_by)),
)


@require_safe
@login_required
def index(request: Request) -> HttpResponse:
    form = RestoringFilter(request.GET)
    form.is_valid()
    table = Table(
        request,
        queries.narrowed(queries.restorings(), form.cleaned_data, at=now()),
        COLUMNS,
        caption=_("恢复与复制记录"),
        sort="-created_at",
        filters=form,
        empty=Empty(
            title=_("没有恢复或复制过"),
            text=_("从存档恢复、复制空间在服务器上用命令开始（manage.py workspace），经过显示在这里。"),
            icon="history",
        ),
    )
    context = {"table": table, "proposals": proposals.waiting(Proposal.OF_CONTENT), "me": request.user.username}
    return render(request, "console/restorings.html", context)


@require_safe
@login_required
def show(request: Request, uuid: UUID) -> HttpResponse:
    return render(request, "console/restoring.html", _page(queries.one(uuid)))


def _page(row: Restoring, form: ReasonForm | None = None) -> dict[str, Any]:
    found = queries.result(row, at=now())
    stands = found in {"failed", "stopped"}
    newest = queries.fallback(row.tenant)
    offered = closings.proposable(row.tenant) if newest and newest.pk == row.pk else []
    return {
        "restoring": row,
        "state": found,
        "result": result(row),
        "asked_by": words.actor(row.requested_by),
        "steps": queries.course(row),
        "notes": [(words.NOTES.get(name, name), number) for name, number in sorted(row.notes.items())],
        "stands": stands,
        "form": (form or ReasonForm()) if stands and fallbacks.may_abandon(row) else None,
        "offered": [(verb, Proposal.Verb(verb).label) for verb in offered if verb in Proposal.OF_CONTENT],
        "fallback": bool(row.former_schema) and row.fallback_dropped_at is None and row.finished_at,
        "crumbs": [(_("恢复与复制"), reverse("console:restorings")), (row.tenant.name, "")],
    }


@require_POST
@login_required
def resume(request: Request, uuid: UUID) -> HttpResponse:
    row = queries.one(uuid)
    actions.resume(row, by=request.user)
    messages.success(request, _("已排队，从停下的那一步继续。"))
    return redirect("console:restoring", row.uuid)


@require_POST
@login_required
def abandon(request: Request, uuid: UUID) -> HttpResponse:
    row = queries.one(uuid)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return render(request, "console/restoring.html", _page(row, form), status=422)
    actions.abandon(row, by=request.user, reason=form.cleaned_data["reason"])
    messages.success(request, _("已排队，几秒后放弃；「{tenant}」保持原来的内容。").format(tenant=row.tenant))
    return redirect("console:restoring", row.uuid)
