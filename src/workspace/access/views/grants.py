"""`/access/grants/<id>/revoke/`: a role taken away."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shared.confirmation import ask
from shared.http import Request
from workspace.access.actions import grants
from workspace.access.queries import people as queries


@login_required
@require_http_methods(["GET", "POST"])
def revoke(request: Request, pk: int) -> HttpResponse:
    held = queries.grant_visible_to(request.user, pk)
    back = reverse("access:person", args=[held.user_id])
    if question := ask(
        request,
        title=_("收回角色"),
        message=_("收回后，%(name)s立即失去“%(role)s”在%(unit)s的权限。")
        % {"name": held.user.name, "role": held.get_role_display(), "unit": held.unit},
        back=back,
        label=_("收回"),
    ):
        return question
    grants.revoke(held, by=request.user)
    messages.success(request, _("角色已收回。"))
    # Whoever gave up their own last role here no longer sees the page of the person.
    return redirect("/" if held.user_id == request.user.pk else back)
