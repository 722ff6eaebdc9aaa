"""How far the opening is: the real steps with what they took."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from provisioning import cookies
from provisioning.models import Opening, Signup
from provisioning.opening import activation_url
from provisioning.queries import worker_seems_away
from shared.clock import now
from shared.components import Job
from shared.http import Request
from shared.queue import later
from shared.workspace import absolute_url
from tenants.models import Tenant


@never_cache
@require_GET
def progress(request: Request) -> HttpResponse:
    """The page, or with htmx only the part that changes."""
    signup = cookies.held(request)
    if signup is None or signup.opening is None:
        return redirect("provisioning:sign-up")
    name = "provisioning/signup/opening.html" if request.htmx else "provisioning/signup/progress.html"
    return render(request, name, _values(signup, signup.opening))


@never_cache
@require_POST
def try_again(request: Request) -> HttpResponse:
    """Ask the worker once more for an opening that failed; the steps that are done stay done."""
    signup = cookies.held(request)
    if signup and signup.opening and signup.opening.tenant.state == Tenant.State.FAILED:
        later("provisioning.open", opening_id=signup.opening.pk)
        messages.info(request, _("已重新排队。"))
    return redirect("provisioning:progress")


def _values(signup: Signup, opening: Opening) -> dict[str, Any]:
    steps = opening.shown_steps()
    state = _state(opening)
    return {
        "signup": signup,
        "opening": opening,
        "steps": steps,
        "state": state,
        "away": worker_seems_away(signup, at=now()),
        "job": Job(
            label=_("开通 {name}").format(name=signup.name),
            url="",
            state=state,
            step=next((label for label, row in steps if row and not row.finished_at), ""),
            done=sum(1 for _label, row in steps if row and row.finished_at),
            total=len(steps),
        ),
        "seconds": f"{(opening.milliseconds or 0) / 1000:.2f}",
        "address": absolute_url(opening.tenant.slug),
        "activation": activation_url(opening),
    }


def _state(opening: Opening) -> str:
    if opening.finished_at:
        return "done"
    if opening.tenant.state == Tenant.State.FAILED:
        return "failed"
    return "running" if opening.attempts else "waiting"
