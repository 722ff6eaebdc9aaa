"""Steps four and five: the bar, what was made, and taking it back; and the list of all imports."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shared.clock import now
from shared.components import Job
from shared.confirmation import ask
from shared.pagination import page_of
from workspace.members.actions.imports import undoing
from workspace.members.models import Batch, Row
from workspace.members.queries.batches import batches_for, problems_of, tally
from workspace.members.views.imports.frame import RESULT, REVIEW, RUN, batch_of, elsewhere, importer, page, place

_SHOWN = 50
_AT_WORK = (Batch.State.JUDGING, Batch.State.RUNNING)


@login_required
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """Every import this person may see, newest first."""
    batches = page_of(request, batches_for(importer(request)), size=20)
    context = {"page": batches, "lines": [(batch, place(batch)) for batch in batches]}
    return render(request, "members/imports/history.html", context)


@login_required
@require_safe
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Where this import stands."""
    return redirect(place(batch_of(request, pk)))


@login_required
@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The bar; scripts fetch it alone until the work ends."""
    found = batch_of(request, pk)
    htmx = getattr(request, "htmx", False)
    if not htmx and (moved := elsewhere(found, *_AT_WORK)):
        return moved
    job = _job(found)
    if htmx:
        return render(request, "shared/components/job.html", {"job": job})
    return page(request, "progress", REVIEW if found.is_open else RUN, found, job=job)


@login_required
@require_safe
def result(request: HttpRequest, pk: int) -> HttpResponse:
    found = batch_of(request, pk)
    if moved := elsewhere(found, Batch.State.DONE, Batch.State.UNDONE, Batch.State.DROPPED):
        return moved
    done = found.state == Batch.State.DONE
    left_out = [(row, problems_of(row)) for row in found.rows.problems().order_by("number")[:_SHOWN]] if done else []
    context: dict[str, Any] = {
        "counts": found.counts or tally(found),
        "left_out": left_out,
        "plan": undoing.plan(found) if done else None,
        "kept": found.rows.filter(outcome=Row.Outcome.KEPT).count(),
    }
    return page(request, "result", RESULT, found, **context)


@login_required
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the import back. Asked twice: in the page, and here without scripts."""
    user = importer(request)
    found = batch_of(request, pk)
    back = reverse("members:import-result", args=[found.pk])
    if question := ask(
        request,
        title=_("撤销导入"),
        message=_("将移除这批新增的人，并把更新过的内容恢复到导入之前。"),
        back=back,
        label=_("撤销这批导入"),
    ):
        return question
    planned = undoing.undo(found, keep_newer=request.POST.get("keep") == "yes", by=user, at=now())
    said = _("已撤销：移除 {removed} 人，恢复 {restored} 人，保留 {kept} 人。")
    messages.success(
        request,
        said.format(removed=len(planned.remove), restored=len(planned.restore), kept=len(planned.kept)),
    )
    return redirect(back)


def _job(found: Batch) -> Job:
    running = found.state in _AT_WORK
    label = _("试算{file}") if found.is_open else _("导入{file}")
    return Job(
        label=label.format(file=found.file_name),
        url=reverse("members:import-progress", args=[found.pk]),
        state=("running" if found.done else "waiting") if running else "done",
        step=_("正在核对每一行") if found.is_open else _("正在写入名册"),
        done=found.done,
        total=found.total,
        result_url="" if running else place(found),
    )
