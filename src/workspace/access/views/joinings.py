"""`/access/joinings/`: people who wait to be let in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shared.clock import now
from shared.confirmation import ask
from shared.http import Request
from shared.pagination import page_of
from workspace.access.actions import joinings as actions
from workspace.access.queries import may
from workspace.access.queries import people as queries


@login_required
@require_GET
def joinings(request: Request) -> HttpResponse:
    if not may(request.user, "access.invite"):
        raise Http404
    every = queries.joinings(visible_to=request.user)
    page = {
        "waiting": page_of(request, every.waiting()),
        "decided": every.exclude(decided_at=None)[:20],
    }
    return render(request, "access/joinings.html", page)


@login_required
@require_POST
def accept(request: Request, pk: int) -> HttpResponse:
    found = queries.joining(pk, visible_to=request.user)
    actions.accept(found, by=request.user, at=now())
    messages.success(request, _("%(name)s已加入。") % {"name": found.user.name})
    return redirect("access:joinings")


@login_required
@require_http_methods(["GET", "POST"])
def refuse(request: Request, pk: int) -> HttpResponse:
    found = queries.joining(pk, visible_to=request.user)
    if question := ask(
        request,
        title=_("不通过"),
        message=_("不通过后，%(name)s不能登录；本人可以凭有效的邀请重新申请。") % {"name": found.user.name},
        back=reverse("access:joinings"),
        label=_("不通过"),
    ):
        return question
    actions.refuse(found, by=request.user, at=now())
    messages.success(request, _("已处理。"))
    return redirect("access:joinings")
