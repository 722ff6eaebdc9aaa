"""The log of openings, the page of one with its steps, and trying again."""

from datetime import datetime
from uuid import UUID

from django import forms
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
from console.actions import retries
from console.queries import openings as queries
from provisioning.models import Opening
from shared.clock import now
from shared.components import Column, Empty, Job, Table
from shared.components.badges import badge
from shared.http import Request

RESULTS = (("done", gettext_lazy("已开通")), ("running", gettext_lazy("进行中")), ("failed", gettext_lazy("失败")))


class OpeningFilter(forms.Form):
    """GET."""

    q = forms.CharField(label=gettext_lazy("单位或网址"), required=False, max_length=120)
    result = forms.ChoiceField(
        label=gettext_lazy("结果"), required=False, choices=[("", gettext_lazy("全部")), *RESULTS]
    )


def _result(row: Opening) -> SafeString:
    levels = {"done": "good", "running": "info", "failed": "bad"}
    result = queries.result(row)
    if queries.is_stuck(row, at=now()):
        return badge(_("停住了"), "late")
    return badge(dict(RESULTS)[result], levels[result])


def _seconds(row: Opening) -> str | None:
    spent = row.milliseconds
    return None if spent is None else f"{spent / 1000:.2f}"


COLUMNS = (
    Column(
        name="tenant.name",
        label=gettext_lazy("单位"),
        sort="tenant__name",
        link=lambda row: reverse("console:opening", args=[row.uuid]),
    ),
    Column(name="tenant.slug", label=gettext_lazy("网址"), sort="tenant__slug"),
    Column(name="result", label=gettext_lazy("结果"), value=_result),
    Column(name="created_at", label=gettext_lazy("申请日期"), sort="created_at", kind="date"),
    Column(name="seconds", label=gettext_lazy("用时（秒）"), kind="number", value=_seconds),
    Column(name="attempts", label=gettext_lazy("尝试次数"), sort="attempts", kind="number"),
    Column(name="requested_by", label=gettext_lazy("发起"), hidden=True),
)


@require_safe
@login_required
def index(request: Request) -> HttpResponse:
    form = OpeningFilter(request.GET)
    form.is_valid()
    rows = queries.narrowed(queries.openings().prefetch_related("steps"), form.cleaned_data)
    table = Table(
        request,
        rows,
        COLUMNS,
        caption=_("开通记录"),
        sort="-created_at",
        filters=form,
        empty=Empty(title=_("还没有开通记录"), text=_("有单位注册后，每一步都会记在这里。"), icon="rocket"),
    )
    return render(request, "console/openings.html", {"table": table})


@require_safe
@login_required
def show(request: Request, uuid: UUID) -> HttpResponse:
    at = now()
    row = queries.opening(uuid)
    context = {
        "opening": row,
        "asked_by": words.actor(row.requested_by),
        "result": _result(row),
        "steps": row.shown_steps(),
        "job": progress_of(row, at=at),
        "is_stuck": queries.is_stuck(row, at=at),
        "can_retry": row.finished_at is None and not queries.is_held(row, at=at),
        "crumbs": [(_("开通记录"), reverse("console:openings")), (row.tenant.name, "")],
    }
    return render(request, "console/opening.html", context)


@require_safe
@login_required
def progress(request: Request, uuid: UUID) -> HttpResponse:
    """The bar alone, for the page that watches it."""
    job = progress_of(queries.opening(uuid), at=now())
    return render(request, "shared/components/job.html", {"job": job})


def progress_of(row: Opening, *, at: datetime) -> Job:
    """The opening as a bar: steps done, the one at work, and what went wrong."""
    steps = row.shown_steps()
    begun = [(label, step) for label, step in steps if step]
    at_work = [label for label, step in begun if not step.finished_at]
    states = {"done": "done", "failed": "failed", "running": "running" if begun else "waiting"}
    return Job(
        label=row.tenant.name,
        url=reverse("console:opening-progress", args=[row.uuid]),
        state=states[queries.result(row)],
        step=at_work[0] if at_work else "",
        done=len(begun) - len(at_work),
        total=len(steps),
        message=row.error.splitlines()[0] if row.error else "",
        result_url=reverse("console:workspace", args=[row.tenant.uuid]) if row.finished_at else "",
        result_label=_("看工作空间"),
    )


@require_POST
@login_required
def retry(request: Request, uuid: UUID) -> HttpResponse:
    row = queries.opening(uuid)
    retries.retry_opening(row, by=request.user, at=now())
    messages.success(request, _("已排队重试，从上次停下的那一步继续。"))
    return redirect("console:opening", row.uuid)
