"""Change the state of a workspace, with a reason and its address typed."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from console.actions import moves
from console.forms.workspaces import MoveForm
from console.queries import workspaces
from shared.http import Request
from shared.workspace import absolute_url
from tenants.models import Tenant

State = Tenant.State


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: Request, uuid: UUID, to: str) -> HttpResponse:
    tenant = workspaces.workspace(uuid)
    if to not in workspaces.moves(tenant):
        raise Http404
    form = MoveForm(request.POST or None, slug=tenant.slug)
    if form.is_valid():
        moves.move(tenant, to=to, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("「{tenant}」现在是：{state}").format(tenant=tenant, state=State(to).label))
        return redirect("console:workspace", tenant.uuid)
    here = reverse("console:workspace", args=[tenant.uuid])
    context = {
        "tenant": tenant,
        "form": form,
        "title": title(to),
        "meaning": meaning(to),
        "is_harmless": to == State.ACTIVE,
        "address": absolute_url(tenant.slug),
        "back": here,
        "crumbs": [(_("工作空间"), reverse("console:workspaces")), (tenant.name, here), (title(to), "")],
    }
    return render(request, "console/move.html", context, status=422 if form.errors else 200)


def title(to: str) -> str:
    """What the change is called."""
    names = {State.SUSPENDED: _("暂停使用"), State.READ_ONLY: _("设为只读"), State.ACTIVE: _("恢复使用")}
    return names[State(to)]


def meaning(to: str) -> str:
    """What the people of the workspace will notice."""
    meanings = {
        State.SUSPENDED: _("所有人立即无法访问，看到“暂停服务”页面；数据原样保留，可随时恢复。"),
        State.READ_ONLY: _("所有人可以查看和导出，不能新增或修改；可随时恢复。"),
        State.ACTIVE: _("所有人恢复正常使用，数据与暂停前一致。"),
    }
    return meanings[State(to)]
