"""`/archives/schedules/`: exports that come by themselves."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shared.clock import now, today
from shared.confirmation import ask
from shared.http import Request
from shared.refusals import Refusal
from workspace.access.queries import may
from workspace.accounts.models import User
from workspace.archives import running, scheduling
from workspace.archives.forms import ScheduleForm, UnitForm
from workspace.archives.models import Schedule
from workspace.archives.queries import own_run, schedule_for, schedules_for
from workspace.archives.responses import sheet_response
from workspace.archives.sources import SOURCES
from workspace.archives.wording import often


@login_required
@require_safe
def index(request: Request) -> HttpResponse:
    """Those of one's units, and those one gets."""
    may_set = may(request.user, scheduling.VERB)
    lines = [_line(each) for each in schedules_for(request.user)]
    if not may_set and not lines:
        raise Http404
    return render(request, "archives/schedules/index.html", {"lines": lines, "may_set": may_set})


@login_required
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """`?unit=`: first of which unit, then the rest."""
    if not may(request.user, scheduling.VERB):
        raise scheduling.MayNotSchedule(unit=_("本单位"))
    which = UnitForm(request.GET if "unit" in request.GET else None, person=request.user)
    if not which.is_valid():
        context: dict[str, Any] = {"form": which, "method": "get"}
        return render(request, "archives/schedules/new.html", context, status=422 if which.errors else 200)
    unit = which.cleaned_data["unit"]
    form = ScheduleForm(request.POST or None, unit=unit, initial={"people": [request.user.pk]})
    if request.method == "POST" and form.is_valid():
        try:
            made = scheduling.set_up(form.cleaned_data["what"], unit, form.terms, by=request.user, at=now())
        except Refusal as refusal:
            form.add_error("people" if isinstance(refusal, scheduling.WrongPeople) else None, str(refusal))
        else:
            waits = made.state == Schedule.State.ASKED
            messages.success(request, _("已提交复核，同意后开始。") if waits else _("已设定。"))
            return redirect("archives:schedule", made.pk)
    context = {"form": form, "unit": unit, "method": "post"}
    return render(request, "archives/schedules/new.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def schedule(request: Request, pk: int) -> HttpResponse:
    """What it is, and what the last runs brought; files are offered to those they were made for."""
    found = schedule_for(request.user, pk)
    people = User.objects.filter(pk__in=found.said.people).order_by("pk")
    manages = may(request.user, scheduling.VERB, found.unit)
    at = now().isoformat()
    runs = [
        (run, bool(run.token) and run.person == request.user.pk and at <= run.until)
        for run in found.history
        if manages or run.person == request.user.pk
    ]
    context = {
        "schedule": found,
        "line": _line(found),
        "people": people,
        "runs": runs,
        "manages": manages,
        "renewable": manages and found.state != Schedule.State.ASKED and scheduling.needs_agreement(found, at=now()),
    }
    return render(request, "archives/schedules/schedule.html", context)


@login_required
@require_POST
def pause(request: Request, pk: int) -> HttpResponse:
    return _done(request, pk, lambda found: scheduling.pause(found, by=request.user), _("已暂停。"))


@login_required
@require_POST
def resume(request: Request, pk: int) -> HttpResponse:
    return _done(request, pk, lambda found: scheduling.resume(found, by=request.user, on=today()), _("已恢复。"))


@login_required
@require_POST
def renew(request: Request, pk: int) -> HttpResponse:
    said = _("已提交复核，同意后继续。")
    return _done(request, pk, lambda found: scheduling.renew(found, by=request.user, at=now()), said)


@login_required
@require_POST
def run_now(request: Request, pk: int) -> HttpResponse:
    said = _("已交给后台执行，完成后会收到消息。")
    return _done(request, pk, lambda found: scheduling.run_now(found, by=request.user), said)


@login_required
@require_POST
def delete(request: Request, pk: int) -> HttpResponse:
    found = schedule_for(request.user, pk)
    back = redirect("archives:schedule", found.pk)
    said = _("以后不再执行，还没有下载的文件一起删除。")
    if question := ask(request, title=_("删除定期导出"), message=said, back=back.url, label=_("删除")):
        return question
    scheduling.delete(found, by=request.user)
    messages.success(request, _("已删除。"))
    return redirect("archives:schedules")


@login_required
@require_safe
def file(request: Request, pk: int, number: int) -> FileResponse:
    """One's own file, while the right is still there. Written down before it leaves."""
    found = schedule_for(request.user, pk)
    run = running.take(found, own_run(found, number, person=request.user), by=request.user, at=now())
    return sheet_response(found, run)


def _line(found: Schedule) -> dict[str, Any]:
    last = found.history[0] if found.history else None
    return {"schedule": found, "what": SOURCES[found.what].label, "often": often(found.said), "last": last}


def _done(request: Request, pk: int, act: Callable[[Schedule], object], said: str) -> HttpResponse:
    found = schedule_for(request.user, pk)
    try:
        act(found)
    except Refusal as refusal:
        if refusal.status == 403:
            raise
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("archives:schedule", found.pk)
