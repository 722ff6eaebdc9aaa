"""A member's side of check-in: scan, sign in if need be, one tap."""

from datetime import datetime, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shared.clock import now
from workspace.activities.actions import check_in as actions
from workspace.activities.forms.record import SpokenCodeForm
from workspace.activities.models import Activity, CheckIn
from workspace.activities.queries import codes
from workspace.activities.queries.notice import when
from workspace.activities.queries.visibility import get_activity, member_of
from workspace.activities.views import person

# A scan is kept in this browser's session while its owner signs in. A link that is passed on carries nothing.
_SCANNED = "scanned"
_SCAN_LASTS = timedelta(minutes=10)


@require_GET
def scan(request: HttpRequest, code: str) -> HttpResponse:
    """Where the camera lands, signed in or not. A good code is noted in the session; then the one-tap page."""
    key, at = codes.activity_key(code), now()
    activity = Activity.objects.filter(pk=key).first() if key is not None else None
    if activity is None or not activity.takes_check_ins or not codes.accepts(activity, code, at=at):
        return render(request, "activities/expired.html", status=410)
    request.session[_SCANNED] = {**request.session.get(_SCANNED, {}), str(activity.pk): at.isoformat()}
    return redirect("activities:check-in", pk=activity.pk)


@login_required
@require_http_methods(["GET", "POST"])
def here(request: HttpRequest, pk: int) -> HttpResponse:
    """One tap after a scan; the six digits without one."""
    activity = _activity(request, pk)
    member = member_of(person(request))
    scanned = _was_scanned(request, activity)
    if request.method == "POST":
        if not scanned:
            raise actions.CodeExpired
        actions.check_in_by_scan(activity, member, by=person(request), at=now(), device_at=_device_time(request))
        return redirect("activities:check-in", pk=pk)
    arrival = CheckIn.objects.filter(activity=activity, member=member).first() if member else None
    context = {
        "activity": activity,
        "when": when(activity),
        "arrival": arrival,
        "scanned": scanned,
        "member": member,
        "form": SpokenCodeForm(),
    }
    return render(request, "activities/check_in.html", context)


@login_required
@require_POST
def code(request: HttpRequest, pk: int) -> HttpResponse:
    """The six digits. A wrong try is answered and not raised, so that its note is kept."""
    activity = _activity(request, pk)
    member = member_of(person(request))
    form = SpokenCodeForm(request.POST)
    if form.is_valid():
        given, at = form.cleaned_data["code"], now()
        try:
            actions.check_in_by_code(
                activity, member, given, by=person(request), at=at, device_at=_device_time(request)
            )
        except actions.WrongCode as wrong:
            if member is not None:
                actions.note_wrong_code(activity, member, at=at)
            form.add_error("code", str(wrong))
        else:
            return redirect("activities:check-in", pk=pk)
    context = {"activity": activity, "when": when(activity), "member": member, "form": form}
    return render(request, "activities/check_in.html", context, status=422)


@login_required
@require_POST
def remote(request: HttpRequest, pk: int) -> HttpResponse:
    """Take part from afar: noted, then the link to the online meeting, since no form may lead off-site."""
    activity = get_activity(pk, visible_to=person(request))
    actions.join_remotely(
        activity, member_of(person(request)), by=person(request), at=now(), device_at=_device_time(request)
    )
    messages.success(request, _("已登记线上参加。"))
    return redirect("activities:check-in", pk=pk)


def _activity(request: HttpRequest, pk: int) -> Activity:
    """The activity as this person sees it, or because its code was scanned here: then they are told plainly that they
    are not on its roll, instead of finding nothing."""
    if str(pk) in request.session.get(_SCANNED, {}):
        return Activity.objects.select_related("unit").get(pk=pk)
    return get_activity(pk, visible_to=person(request))


def _was_scanned(request: HttpRequest, activity: Activity) -> bool:
    """Within ten minutes, and since check-in was opened."""
    noted = request.session.get(_SCANNED, {}).get(str(activity.pk))
    at = datetime.fromisoformat(noted) if noted else None
    opened = activity.check_in_opened_at
    return bool(at and opened and at >= opened and now() - at <= _SCAN_LASTS and activity.takes_check_ins)


def _device_time(request: HttpRequest) -> datetime | None:
    """What the person's own clock says, when scripts run; kept beside ours, never used instead of it."""
    try:
        found = parse_datetime(request.POST.get("device_at", ""))
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None
