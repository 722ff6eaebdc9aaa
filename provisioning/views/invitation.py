"""The link of an invitation."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from provisioning import cookies
from provisioning.actions import invitations, signups
from shared.clock import now
from shared.codes import PROVINCES
from shared.http import Request


@never_cache
@require_http_methods(["GET", "POST"])
def invitation(request: Request, token: str) -> HttpResponse:
    """Say who asks whom in; on the button, begin a sign-up that already holds what is known."""
    try:
        found = invitations.open_link(token, at=now())
    except (invitations.InvitationUnknown, invitations.InvitationExpired, invitations.InvitationUsed) as refusal:
        refused = {"refusal": refusal, "used": isinstance(refusal, invitations.InvitationUsed)}
        return render(request, "provisioning/invitation_refused.html", refused, status=refusal.status)
    signup = cookies.held(request)
    if signup and signup.invitation_id == found.pk:
        # The same browser came back through the link: go on where it stood.
        return redirect("provisioning:sign-up")
    if request.method == "POST":
        signup = signups.begin(language=get_language() or "zh-hans", at=now(), invitation=found)
        return cookies.hold(redirect("provisioning:sign-up"), signup)
    province = PROVINCES.get(found.region)
    values = {"invitation": found, "region": province.label(get_language() or "") if province else ""}
    return render(request, "provisioning/invitation.html", values)
