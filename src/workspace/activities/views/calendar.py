"""The month, and the person's own calendar address."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shared.clock import now, today
from shared.components import Happening, Month
from shared.workspace import current_workspace
from workspace.activities.actions import feeds as actions
from workspace.activities.models import Activity
from workspace.activities.queries.calendar import calendar_of
from workspace.activities.queries.feeds import feed_by_secret, feed_of
from workspace.activities.queries.listing import last_day, month_of
from workspace.activities.queries.visibility import activities_visible_to
from workspace.activities.views import person, sections
from workspace.activities.views.holidays import days_off

_MOST_A_MONTH = 500


@login_required
@require_GET
def month(request: HttpRequest) -> HttpResponse:
    """One month of what this person may see; on a phone, the days that hold something."""
    first = month_of(request.GET.get("month", "")) or today().replace(day=1)
    if not 2000 <= first.year <= 2100:
        first = today().replace(day=1)
    rows = activities_visible_to(person(request)).standing().between(first, last_day(first)).order_by("starts_at", "pk")
    at = now()
    happenings = [_happening(activity, at) for activity in rows[:_MOST_A_MONTH]]
    shown = Month(first, happenings, today=today(), rest=days_off(first, last_day(first)))
    return render(request, "activities/calendar.html", {"sections": sections(), "month": shown})


def _happening(activity: Activity, at: datetime) -> Happening:
    state = activity.state(at=at)
    mark = {Activity.State.CLOSED: "done", Activity.State.HELD: "late"}.get(state, "")
    start = timezone.localtime(activity.starts_at)
    url = reverse("activities:activity", args=[activity.pk])
    return Happening(on=activity.day, label=f"{start:%H:%M} {activity.title}", url=url, state=mark)


@login_required
@require_http_methods(["GET", "POST"])
def address(request: HttpRequest) -> HttpResponse:
    """Give oneself a calendar address, replace it, or withdraw it. It is shown once."""
    user = person(request)
    shown = ""
    if request.method == "POST":
        if request.POST.get("withdraw"):
            actions.withdraw_address(user)
            messages.success(request, _("日历地址已停用。"))
            return redirect("activities:calendar-address")
        secret = actions.give_address(user)
        shown = f"{current_workspace().url}{reverse('activities:feed', args=[secret])}"
    context = {"feed": feed_of(user), "address": shown}
    return render(request, "activities/calendar_address.html", context)


@require_GET
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar itself, for calendar programs: no session, only the secret in the address."""
    found = feed_by_secret(secret)
    if found is None:
        raise Http404
    actions.note_reading(found, at=now())
    answer = HttpResponse(calendar_of(found.user, at=now()), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="activities.ics"'
    answer["Cache-Control"] = "private, no-store"
    return answer
