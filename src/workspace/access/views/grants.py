"""`/access/grants/<id>/`: a role taken away, or given another end."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shared.confirmation import ask
from shared.http import Request
from shared.refusals import Refusal
from workspace.access.actions import grants
from workspace.access.forms import EndForm
from workspace.access.models import Grant
from workspace.access.queries import may
from workspace.access.queries import people as queries


@login_required
@require_http_methods(["GET", "POST"])
def end(request: Request, pk: int) -> HttpResponse:
    """Another last day, or none."""
    held = _held(request, pk)
    form = EndForm(request.POST or None, initial={"until": held.until})
    if request.method == "POST" and form.is_valid():
        try:
            grants.change_end(held, until=form.cleaned_data["until"], by=request.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("期限已修改。"))
            return redirect("access:person", pk=held.user_id)
    return render(request, "access/end.html", {"form": form, "held": held}, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def revoke(request: Request, pk: int) -> HttpResponse:
    held = _held(request, pk)
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


def _held(request: Request, pk: int) -> Grant:
    held = queries.grant_visible_to(request.user, pk)
    if not may(request.user, "access.grant", held.unit):
        raise grants.MayNotGrant(unit=held.unit)
    return held
