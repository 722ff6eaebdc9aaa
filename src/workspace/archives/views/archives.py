"""`/archives/`: have the whole workspace made into one file, take it away, delete it."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shared.clock import now
from shared.components import Job
from shared.confirmation import ask
from shared.http import Request
from shared.refusals import Refusal
from workspace.archives import actions, files
from workspace.archives.consents import NOTICE
from workspace.archives.models import Archive
from workspace.archives.queries import archive_for, archives_for, others_who_may
from workspace.archives.responses import file_response

# A worker takes a job within seconds and says every second how far it is.
PATIENCE = timedelta(minutes=2)


@login_required
@require_safe
def index(request: Request) -> HttpResponse:
    """What was made, what is being made, and what is in it."""
    found = list(archives_for(request.user))
    waiting = next((archive for archive in found if archive.state == Archive.State.WAITING), None)
    context = {
        "archives": [archive for archive in found if archive is not waiting],
        "job": _job(waiting) if waiting else None,
        "kept": actions.KEPT,
        "days": actions.LIFETIME.days,
        "me": request.user.pk,
        "takes_two": actions.takes_two(),
        "others": others_who_may(request.user),
        "hours": round(NOTICE.total_seconds() / 3600),
    }
    return render(request, "archives/index.html", context)


@login_required
@require_POST
def new(request: Request) -> HttpResponse:
    """Ask for one. When one is being made already, the page says so and shows it."""
    archives_for(request.user)
    try:
        made = actions.ask(by=request.user, reason=request.POST.get("reason", ""), at=now())
        if made.consent_id:
            return redirect("access:consent", made.consent_id)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("archives:list")


@login_required
@require_safe
def progress(request: Request, pk: int) -> HttpResponse:
    """The bar; scripts fetch it alone until the work ends. One that was cancelled meanwhile says so."""
    found = archives_for(request.user).filter(pk=pk).first()
    if not getattr(request, "htmx", False):
        return redirect("archives:list")
    return render(request, "shared/components/job.html", {"job": _job(found)})


@login_required
@require_safe
def file(request: Request, pk: int) -> FileResponse:
    """Download. Written down before the first byte leaves."""
    found = archive_for(request.user, pk)
    actions.take(found, by=request.user)
    return file_response(found)


@login_required
@require_http_methods(["GET", "POST"])
def delete(request: Request, pk: int) -> HttpResponse:
    """Delete a file, cancel one that is being made, or take back one that waits for a second person."""
    found = archive_for(request.user, pk)
    back = reverse("archives:list")
    waiting = found.state in {Archive.State.WAITING, Archive.State.ASKED}
    title, label = (_("取消导出"), _("取消导出")) if waiting else (_("删除存档"), _("删除"))
    said = _("存档文件会立即删除，不能找回；空间里的数据不受影响。")
    if not waiting and (question := ask(request, title=title, message=said, back=back, label=label)):
        return question
    actions.delete(found, by=request.user)
    messages.success(request, _("已取消。") if waiting else _("已删除。"))
    return redirect(back)


def _job(archive: Archive | None) -> Job:
    """As the bar shows it. None: it was cancelled."""
    back = reverse("archives:list")
    label = _("导出全部数据")
    if archive is None:
        return Job(label=label, url=back, state="cancelled", result_url=back, result_label=_("返回"))
    if archive.state != Archive.State.WAITING:
        done = archive.state == Archive.State.DONE
        state = "done" if done else "failed"
        message = "" if done else archive.failure
        return Job(label=label, url=back, state=state, message=message, result_url=back, result_label=_("查看存档"))
    standing = files.standing(archive.token)
    since = standing.at if standing else archive.asked_at
    stopped = now() - since > PATIENCE
    return Job(
        label=label,
        url=reverse("archives:progress", args=[archive.pk]),
        state="running" if standing else "waiting",
        step=standing.what if standing else "",
        done=standing.done if standing else 0,
        total=standing.total if standing else 0,
        message=_("两分钟没有动静，后台可能停了。可以再等等，或取消后重试。") if stopped else "",
        cancel_url=reverse("archives:delete", args=[archive.pk]),
    )
