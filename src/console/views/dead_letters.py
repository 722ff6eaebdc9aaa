"""Jobs that failed for good: try them again, or discard them with a reason."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from console.actions import dead_letters
from console.forms.dead_letters import DiscardForm
from console.queries.health import failed_jobs
from shared.http import Request


@require_POST
@login_required
def retry(request: Request, number: int) -> HttpResponse:
    dead_letters.retry_job(number, by=request.user)
    messages.success(request, _("任务 {number} 已重新排队。").format(number=number))
    return redirect("console:health")


@require_POST
@login_required
def retry_all(request: Request, name: str) -> HttpResponse:
    number = dead_letters.retry_jobs(name, by=request.user)
    messages.success(request, _("“{name}”的 {number} 个失败任务已重新排队。").format(name=name, number=number))
    return redirect("console:health")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def discard(request: Request, number: int) -> HttpResponse:
    job = failed_jobs().filter(pk=number).first()
    if job is None:
        raise Http404
    form = DiscardForm(request.POST or None)
    if form.is_valid():
        dead_letters.discard_job(number, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("任务 {number} 已丢弃。").format(number=number))
        return redirect("console:health")
    return _page(request, form, name=job.task_name, what=_("编号 {number}").format(number=number), error=job.error)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def discard_all(request: Request, name: str) -> HttpResponse:
    jobs = failed_jobs(name)
    number = jobs.count()
    if not number:
        raise Http404
    form = DiscardForm(request.POST or None)
    if form.is_valid():
        gone = dead_letters.discard_jobs(name, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("“{name}”的 {number} 个失败任务已丢弃。").format(name=name, number=gone))
        return redirect("console:health")
    return _page(request, form, name=name, what=_("全部 {number} 个").format(number=number), error="")


def _page(request: Request, form: forms.Form, *, name: str, what: str, error: str) -> HttpResponse:
    title = _("丢弃失败的任务")
    crumbs = [(_("运行状况"), reverse("console:health")), (title, "")]
    context = {"form": form, "title": title, "name": name, "what": what, "error": error, "crumbs": crumbs}
    return render(request, "console/discard.html", context, status=422 if form.errors else 200)
