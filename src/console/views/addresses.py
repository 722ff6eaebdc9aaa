"""Give a workspace another address."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from console.actions import addressing
from console.forms.closings import AddressForm
from console.queries import workspaces
from shared.clock import now
from shared.http import Request
from shared.refusals import Refusal
from shared.workspace import absolute_url


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: Request, uuid: UUID) -> HttpResponse:
    tenant = workspaces.workspace(uuid)
    if not tenant.is_serving:
        raise Http404
    former = absolute_url(tenant.slug)
    form = AddressForm(request.POST or None, slug=tenant.slug)
    if form.is_valid():
        said = form.cleaned_data
        try:
            addressing.change(tenant, to=said["address"], by=request.user, reason=said["reason"], at=now())
        except Refusal as refusal:
            form.add_error("address", str(refusal))
        else:
            messages.success(request, _("网址已改为 {address}。").format(address=absolute_url(tenant.slug)))
            return redirect("console:workspace", tenant.uuid)
    here = reverse("console:workspace", args=[tenant.uuid])
    context = {
        "tenant": tenant,
        "form": form,
        "title": _("更换网址"),
        "meaning": _("新网址立即生效；旧网址继续通到这里，旧链接和二维码还能用。所有人需要在新网址重新登录。"),
        "is_harmless": True,
        "address": former,
        "back": here,
        "crumbs": [(_("工作空间"), reverse("console:workspaces")), (tenant.name, here), (_("更换网址"), "")],
    }
    return render(request, "console/move.html", context, status=422 if form.errors else 200)
