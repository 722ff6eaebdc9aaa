"""Certify the hours of activities held, add a class by hand, take back."""

from decimal import Decimal

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shared.clock import today
from shared.confirmation import ask
from shared.http import Request
from shared.pagination import page_of
from shared.refusals import Refusal
from workspace.learning.actions import certifying
from workspace.learning.forms import CertifyForm, StudyForm
from workspace.learning.models import StudyRecord
from workspace.learning.queries.uncertified import hours_of, uncertified
from workspace.learning.queries.visibility import activity_kept_by, record_kept_by, unit_kept_by
from workspace.members.models import Member

_LATEST = 10


@login_required
@require_safe
def waiting(request: Request, pk: int) -> HttpResponse:
    """Closed activities of this year whose hours nobody certified: one click each."""
    unit = unit_kept_by(request.user, pk)
    page = page_of(request, uncertified(unit, today().year), size=20)
    rows = [
        (activity, CertifyForm(prefix=str(activity.pk), initial={"hours": hours_of(activity), "listed": unit.pk}))
        for activity in page
    ]
    latest = (
        StudyRecord.objects.filter(activity__unit__path__startswith=unit.path)
        .order_by("activity_id", "pk")
        .distinct("activity_id")
        .values("activity_id", "title", "on", "hours", "activity__unit_id", "activity__unit__name")
    )
    done = sorted(latest, key=lambda row: row["on"], reverse=True)[:_LATEST]
    return render(request, "learning/waiting.html", {"unit": unit, "page": page, "rows": rows, "done": done})


@login_required
@require_POST
def certify(request: Request, pk: int) -> HttpResponse:
    """The hours of one activity, for all who were there."""
    activity = activity_kept_by(request.user, pk)
    form = CertifyForm(request.POST, prefix=str(activity.pk))
    valid = form.is_valid()
    hours: Decimal | None = form.cleaned_data["hours"] if valid else Decimal(0)  # refused in its own words
    rows = certifying.certify_activity(activity, hours=hours, by=request.user)
    said = _("已为 {count} 人认定 {hours} 学时。")
    messages.success(request, said.format(count=len(rows), hours=rows[0].hours.normalize() + 0))
    return redirect("learning:waiting", form.cleaned_data.get("listed") or activity.unit_id)


@login_required
@require_http_methods(["GET", "POST"])
def undo_activity(request: Request, pk: int) -> HttpResponse:
    activity = activity_kept_by(request.user, pk)
    back = reverse("learning:waiting", args=[activity.unit_id])
    said = _("撤销「{activity}」为所有人认定的学时？").format(activity=activity)
    if question := ask(request, title=_("撤销认定"), message=said, back=back, label=_("撤销")):
        return question
    gone = certifying.undo_activity(activity, by=request.user)
    messages.success(request, _("已撤销 {count} 人的学时。").format(count=gone))
    return redirect(back)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: Request, pk: int) -> HttpResponse:
    """A class attended or work passed, for several members."""
    unit = unit_kept_by(request.user, pk)
    people = Member.objects.present().below(unit).filter(category__in=Member.MEMBERS).order_by("pinyin", "pk")
    form = StudyForm(request.POST or None, members=people, initial={"on": today(), "source": "class"})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            rows = certifying.add_study(
                unit,
                [member.pk for member in said["members"]],
                on=said["on"],
                title=said["title"],
                hours=said["hours"],
                source=said["source"],
                by=request.user,
                today=today(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已为 {count} 人登记。").format(count=len(rows)))
            return redirect("learning:sheet", unit.pk)
    context = {"form": form, "unit": unit}
    return render(request, "learning/new.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def undo_record(request: Request, pk: int) -> HttpResponse:
    record = record_kept_by(request.user, pk)
    back = reverse("learning:member", args=[record.member_id])
    said = _("撤销{member}的「{title}」{hours} 学时？").format(
        member=record.member, title=record.title, hours=record.hours
    )
    if question := ask(request, title=_("撤销学时"), message=said, back=back, label=_("撤销")):
        return question
    certifying.undo_record(record, by=request.user)
    messages.success(request, _("已撤销。"))
    return redirect(back)
