"""Whether the machinery runs."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from console import words
from console.queries import health as queries
from console.queries import rollout
from shared.clock import now
from shared.http import Request
from shared.pagination import page_of
from tenants.models import Tenant


@require_safe
@login_required
def index(request: Request) -> HttpResponse:
    at = now()
    workers = [(worker, queries.is_alive(worker, at=at)) for worker in queries.workers()]
    queues = [(queue, queue.is_slow(at=at)) for queue in queries.queues(at=at)]
    page = page_of(request, queries.failed_jobs().order_by("-pk"), size=20)
    names = _names(page)
    context = {
        "at": at,
        "verdict": _verdict(workers, queues),
        "workers": workers,
        "alive": sum(alive for _worker, alive in workers),
        "queues": queues,
        "waiting": sum(queue.waiting for queue, _slow in queues),
        "page": page,
        "failing": queries.failing(),
        "jobs": [(job, names.get(job.workspace)) for job in page],
        "size": words.size(queries.database_bytes()),
        "last_round": rollout.last_round(),
    }
    return render(request, "console/health.html", context)


def _names(page: Any) -> dict[Any, str]:
    uuids = {job.workspace for job in page if job.workspace}
    return dict(Tenant.objects.filter(uuid__in=uuids).values_list("uuid", "name"))


def _verdict(workers: list[tuple[Any, bool]], queues: list[tuple[Any, bool]]) -> tuple[str, str]:
    if not any(alive for _worker, alive in workers):
        return _("没有后台程序在运行：开通、邮件和统计都停住了。请启动后台程序。"), "late"
    if any(slow for _queue, slow in queues):
        return _("后台程序在运行，但有任务等了五分钟以上。"), "late"
    if failed := sum(queue.failed for queue, _slow in queues):
        return _("后台程序正常，有 {number} 个任务失败，可以重试。").format(number=failed), ""
    return _("一切正常：后台程序在运行，没有积压，没有失败。"), "good"
