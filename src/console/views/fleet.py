"""Versions and their roll-out: who stands where, how far it came, what failed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from console import words
from console.actions import rolling_out
from console.forms.closings import ReasonForm
from console.forms.fleet import RingForm, RollOutForm
from console.queries import workspaces
from provisioning.fleet import counts, reports, runs
from provisioning.fleet.refusals import NoRun
from provisioning.models import FleetRun
from shared.components import Job
from shared.http import Request
from shared.pagination import page_of
from shared.workspace import absolute_url

State = FleetRun.State
# What a run in this state may be asked to do.
_GO_ON = {State.PAUSED, State.STOPPED}


@require_safe
@login_required
def index(request: Request) -> HttpResponse:
    return render(request, "console/fleet.html", _page(request))


def _page(request: Request, **forms: Any) -> dict[str, Any]:
    run, heads = runs.current(), reports.heads()
    behind = sum(head["workspaces"] for head in heads if not head["is_current"])
    context: dict[str, Any] = {
        "heads": heads,
        "behind": behind,
        "run": run,
        "form": forms.get("form") or (RollOutForm(initial=_initial(run)) if behind else None),
    }
    if run is not None:
        failed = page_of(request, counts.failures(run), size=20)
        context |= {
            "job": job_of(run),
            "rings": [(ring.label, count, ring <= run.through) for ring, count in counts.rings(run).items()],
            "page": failed,
            "asked_by": words.actor(run.requested_by),
            "move": _move(run),
            "reason_form": forms.get("reason_form") or ReasonForm(prefix="move"),
        }
    return context


def _initial(run: FleetRun | None) -> dict[str, Any]:
    return {"through": run.through, "error_budget": run.error_budget} if run else {}


def _move(run: FleetRun) -> tuple[str, str] | None:
    """The one thing to do with it now: the name of its address, and what the button says."""
    if run.state == State.RUNNING:
        return "console:fleet-pause", _("暂停")
    return ("console:fleet-resume", _("继续")) if run.state in _GO_ON else None


def job_of(run: FleetRun) -> Job:
    """The run as a bar, over the rings that it may migrate."""
    counted = counts.rings(run)
    share = counts.allowed(run, counted)
    ring = counts.current_ring(run)
    states = {State.RUNNING: "running", State.DONE: "done", State.PAUSED: "cancelled", State.STOPPED: "failed"}
    return Job(
        label=_("升级到 {head}").format(head=run.head[:12]),
        url=reverse("console:fleet-progress"),
        state=states.get(State(run.state), "cancelled"),
        step=str(ring.label) if ring is not None else "",
        done=share.ended,
        total=share.total,
        message=_message(run, share.failed),
        every_s=2,
    )


def _message(run: FleetRun, failed: int) -> str:
    if run.state == State.STOPPED:
        return _("失败超过了允许的比例，已停下：{number} 个单位失败。处理后可以重试或继续。").format(number=failed)
    if run.state == State.RUNNING and not counts.is_at_work(run):
        return _("已排队，等后台程序来做。")
    return str(run.get_state_display()) if run.state in {State.PAUSED, State.SUPERSEDED} else ""


@require_safe
@login_required
def progress(request: Request) -> HttpResponse:
    """The bar alone, for the page that watches it."""
    run = runs.current()
    if run is None:
        raise Http404
    return render(request, "shared/components/job.html", {"job": job_of(run)})


@require_POST
@login_required
def begin(request: Request) -> HttpResponse:
    form = RollOutForm(request.POST)
    if not form.is_valid():
        return render(request, "console/fleet.html", _page(request, form=form), status=422)
    rolling_out.begin(**form.cleaned_data, by=request.user)
    messages.success(request, _("已开始，后台程序会逐环升级。"))
    return redirect("console:fleet")


@require_POST
@login_required
def pause(request: Request) -> HttpResponse:
    return _with_reason(request, rolling_out.pause, _("已暂停；正在升级的单位会做完。"))


@require_POST
@login_required
def resume(request: Request) -> HttpResponse:
    return _with_reason(request, rolling_out.resume, _("已继续。"))


def _with_reason(request: Request, verb: Any, said: str) -> HttpResponse:
    form = ReasonForm(request.POST, prefix="move")
    if not form.is_valid():
        return render(request, "console/fleet.html", _page(request, reason_form=form), status=422)
    verb(runs.required(), by=request.user, reason=form.cleaned_data["reason"])
    messages.success(request, said)
    return redirect("console:fleet")


@require_POST
@login_required
def retry(request: Request, uuid: UUID | None = None) -> HttpResponse:
    """All that failed, or one workspace."""
    run = runs.current()
    if run is None:
        raise NoRun
    number = rolling_out.retry(run, by=request.user, tenant=workspaces.workspace(uuid) if uuid else None)
    messages.success(request, _("{number} 个单位会再试一次。").format(number=number))
    return redirect("console:fleet")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def ring(request: Request, uuid: UUID) -> HttpResponse:
    """In which ring a workspace stands."""
    tenant = workspaces.workspace(uuid)
    form = RingForm(request.POST or None, initial={"ring": tenant.ring})
    here = reverse("console:workspace", args=[tenant.uuid])
    if form.is_valid():
        said = form.cleaned_data
        rolling_out.move_ring(tenant, said["ring"], by=request.user, reason=said["reason"])
        messages.success(request, _("「{tenant}」现在在：{ring}").format(tenant=tenant, ring=said["ring"].label))
        return redirect(here)
    context = {
        "tenant": tenant,
        "form": form,
        "title": _("调整发布环"),
        "meaning": _("新版本依次到达：自用、试点、先行一成、其余全部。前一环没有问题，才到下一环。"),
        "is_harmless": True,
        "address": absolute_url(tenant.slug),
        "back": here,
        "crumbs": [(_("工作空间"), reverse("console:workspaces")), (tenant.name, here), (_("调整发布环"), "")],
    }
    return render(request, "console/move.html", context, status=422 if form.errors else 200)
