"""Resolutions after the meeting: whose they are, which are overdue, what was done."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from shared.clock import now, today
from shared.pagination import page_of
from shared.refusals import NotAllowed
from workspace.access.queries import may
from workspace.accounts.models import User
from workspace.activities.actions import record as actions
from workspace.activities.forms.record import DoneForm
from workspace.activities.models import Resolution
from workspace.activities.queries.visibility import get_resolution, resolutions_visible_to
from workspace.activities.views import person, sections


class MayNotFinish(NotAllowed):
    message = gettext_lazy("只有责任人和组织者可以办结这项决议。")


@login_required
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """`?show=mine|overdue|done|open`: open ones by due day, done ones newest first."""
    shown, day = request.GET.get("show", "open"), today()
    rows = resolutions_visible_to(person(request))
    if shown == "done":
        rows = rows.filter(done_at__isnull=False).order_by("-done_at", "-pk")
    else:
        rows = rows.filter(done_at__isnull=True).order_by("due", "pk")
    if shown == "mine":
        rows = rows.filter(owner__user=person(request))
    elif shown == "overdue":
        rows = rows.filter(due__lt=day)
    choices = [("open", _("未办结")), ("mine", _("我负责的")), ("overdue", _("逾期")), ("done", _("已办结"))]
    context = {"sections": sections(), "page": page_of(request, rows), "shown": shown, "choices": choices, "today": day}
    return render(request, "activities/resolutions.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def resolution(request: HttpRequest, pk: int) -> HttpResponse:
    """Report it done, or take it up again."""
    found = get_resolution(pk, visible_to=person(request))
    allowed = may_finish(person(request), found)
    form = DoneForm(request.POST or None)
    if request.method == "POST":
        if not allowed:
            raise MayNotFinish
        if request.POST.get("again"):
            actions.take_up_again(found, by=person(request))
            messages.success(request, _("已恢复为未办结。"))
            return redirect("activities:resolution", pk=pk)
        if form.is_valid():
            actions.finish(found, by=person(request), note=form.cleaned_data["note"], at=now())
            messages.success(request, _("已办结。"))
            return redirect("activities:resolutions")
    context = {"resolution": found, "form": form, "allowed": allowed, "today": today()}
    return render(request, "activities/resolution.html", context, status=422 if form.is_bound else 200)


def may_finish(user: User, resolution: Resolution) -> bool:
    """Its owner and the organisers of its unit."""
    if resolution.owner is not None and resolution.owner.user_id == user.pk:
        return True
    return may(user, "activity.change", resolution.activity.unit)
