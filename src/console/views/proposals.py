"""Propose what destroys, and decide as the second person."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from console.actions import proposals
from console.forms.workspaces import MoveForm
from console.models import Proposal
from console.queries import closings as queries
from console.queries import proposals as waiting
from console.queries import workspaces
from shared.clock import now
from shared.http import Request
from shared.workspace import absolute_url

Verb = Proposal.Verb


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: Request, uuid: UUID, verb: str) -> HttpResponse:
    tenant = workspaces.workspace(uuid)
    if verb not in queries.proposable(tenant):
        raise Http404
    # An archived workspace still has its address in its row; it is what is typed either way.
    form = MoveForm(request.POST or None, slug=tenant.slug)
    if form.is_valid():
        proposals.propose(tenant, verb, by=request.user, reason=form.cleaned_data["reason"], at=now())
        messages.success(request, _("已提出，等另一位运营人员复核后执行。"))
        return redirect(_page_of(verb))
    here = reverse("console:workspace", args=[tenant.uuid])
    title = Verb(verb).label
    context = {
        "tenant": tenant,
        "form": form,
        "title": title,
        "meaning": meaning(verb),
        "address": absolute_url(tenant.slug),
        "back": here,
        "crumbs": [(_("工作空间"), reverse("console:workspaces")), (tenant.name, here), (title, "")],
    }
    return render(request, "console/move.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def agree(request: Request, number: int) -> HttpResponse:
    row = proposals.agree(waiting.proposal(number), by=request.user, at=now())
    messages.success(request, _("已复核通过：{what}").format(what=row))
    return redirect(_page_of(row.verb))


@require_POST
@login_required
def turn_down(request: Request, number: int) -> HttpResponse:
    row = proposals.turn_down(waiting.proposal(number), by=request.user, at=now())
    messages.success(request, _("已退回：{what}").format(what=row))
    return redirect(_page_of(row.verb))


def _page_of(verb: str) -> str:
    return "console:restorings" if verb in Proposal.OF_CONTENT else "console:closings"


def meaning(verb: str) -> str:
    """What follows when the second person agrees."""
    meanings = {
        Verb.CLOSE: _(
            "由另一位运营人员复核后生效：先只读，期限内可以撤销；期满后封存数据、删除空间，封存期满销毁密钥，不能恢复。"
        ),
        Verb.ERASE: _("由另一位运营人员复核后立即执行：封存的数据和密钥一并销毁，不能恢复。"),
        Verb.BACK: _(
            "由另一位运营人员复核后立即执行：恢复之前的内容换回来，恢复之后录入的内容随之换下，"
            "保留 14 天，还可以再换一次。更换的几秒钟里，单位看到“正在恢复”。"
        ),
        Verb.FORGET: _(
            "由另一位运营人员复核后立即执行：恢复时换下的内容永久删除，不能再退回；单位现在的内容不受影响。"
        ),
    }
    return meanings[Verb(verb)]
