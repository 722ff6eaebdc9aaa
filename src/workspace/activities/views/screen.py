"""The big screen: the turning code, the spoken word, how many are here."""

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shared.clock import now
from workspace.activities.actions import check_in as actions
from workspace.activities.models import Activity
from workspace.activities.queries import codes
from workspace.activities.queries.visibility import get_activity_to_change
from workspace.activities.views import person


@login_required
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """A page for the projector; it polls `live` and, without scripts, loads itself anew."""
    activity = get_activity_to_change(pk, by=person(request))
    return render(request, "activities/screen.html", _shown(activity))


@login_required
@require_GET
def live(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the screen that changes."""
    activity = get_activity_to_change(pk, by=person(request))
    return render(request, "activities/screen_live.html", _shown(activity))


@login_required
@require_POST
def opening(request: HttpRequest, pk: int) -> HttpResponse:
    """Open or close check-in."""
    activity = get_activity_to_change(pk, by=person(request))
    if request.POST.get("open") == "0":
        actions.close_check_in(activity, by=person(request), at=now())
        messages.success(request, _("签到已关闭，仍可点名登记。"))
        return redirect("activities:activity", pk=pk)
    actions.open_check_in(activity, by=person(request), at=now())
    return redirect(f"{reverse('activities:screen', args=[pk])}?screen=wall")


def _shown(activity: Activity) -> dict[str, object]:
    at = now()
    link = codes.qr_link(activity, at=at) if activity.takes_check_ins else ""
    return {
        "activity": activity,
        "svg": segno.make(link, error="m").svg_inline(border=2, omitsize=True) if link else "",
        "link": link,
        "code": codes.spoken_code(activity, at=at) if link else "",
        "seconds": codes.seconds_left(at),
        "here": activity.check_ins.count(),
        "expected": activity.roll.filter(is_expected=True).count(),
        "latest": list(activity.check_ins.select_related("member").order_by("-at", "-pk")[:6]),
    }
