"""An activity from plan to notice: the list, the page, the plan."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from rules import satisfied_by
from shared.clock import now, today
from shared.components import Column, Empty, Table
from workspace.access.queries import may
from workspace.activities.actions import planning
from workspace.activities.actions.roll import draw_up_roll, invite
from workspace.activities.forms.plan import PlanForm, filled_anew, filled_for, filled_from
from workspace.activities.forms.record import ReasonForm, RemarkForm
from workspace.activities.models import Activity, Obligation
from workspace.activities.queries.coming import coming, duties, organised_units, to_record
from workspace.activities.queries.events import event_of
from workspace.activities.queries.listing import Filter, listed
from workspace.activities.queries.notice import notice_text, when
from workspace.activities.queries.roster import roster
from workspace.activities.queries.verdicts import verdict
from workspace.activities.queries.visibility import get_activity, get_activity_to_change, get_unit, own_unit
from workspace.activities.views import badges, person, sections
from workspace.activities.views.planning import aimed_at, overdue_of
from workspace.organization.models import Unit


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """What is next, and for organisers what waits to be put on record."""
    user, at = person(request), now()
    organises = may(user, "activity.change")
    context = {
        "sections": sections(),
        "rows": [_row(activity) for activity in coming(user, at=at)[:50]],
        "waiting": [_row(activity) for activity in to_record(user, at=at)[:50]] if organises else [],
        "duties": duties(user, on=today()) if organises else None,
        "organises": organises,
    }
    return render(request, "activities/index.html", context)


def _row(activity: Activity) -> dict[str, Any]:
    return {"activity": activity, "when": when(activity), "badge": badges.of_activity(activity, at=now())}


class ListForm(forms.Form):
    """Narrows the list; read leniently by `Filter`."""

    q = forms.CharField(label=gettext_lazy("主题"), required=False)
    month = forms.CharField(label=gettext_lazy("月份"), required=False, widget=forms.TextInput(attrs={"type": "month"}))
    state = forms.ChoiceField(
        label=gettext_lazy("状态"), required=False, choices=[("", gettext_lazy("全部")), *Activity.State.choices]
    )


@login_required
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Everything this person may see, to sort, filter and page through."""
    rows = listed(person(request), Filter.read(request.GET.dict()), at=now())
    columns = [
        Column(name="title", label=_("主题"), link=lambda row: reverse("activities:activity", args=[row.pk])),
        Column(name="starts_at", label=_("时间"), sort="starts_at", value=when),
        Column(name="unit", label=_("组织"), value=lambda row: str(row.unit)),
        Column(name="kinds", label=_("类型"), value=lambda row: "、".join(row.kind_names)),
        Column(name="state", label=_("状态"), value=lambda row: badges.of_activity(row, at=now())),
        Column(
            name="present", label=_("到会 / 应到"), kind="number", value=lambda row: f"{row.present} / {row.expected}"
        ),
    ]
    empty = Empty(title=_("还没有活动"), text=_("从年度要求里点“安排”，或直接新建。"), icon="calendar-event")
    table = Table(
        request,
        rows,
        columns,
        caption=_("活动"),
        sort="-starts_at",
        filters=ListForm(request.GET),
        empty=empty,
    )
    return render(request, "activities/list.html", {"sections": sections(), "table": table})


@login_required
@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One activity: what it is, what to do next, who comes, what was decided."""
    user, at = person(request), now()
    activity = get_activity(pk, visible_to=user)
    people = roster(activity)
    own = next((line for line in people.lines if line.member.user_id == user.pk), None)
    state = activity.state(at=at)
    votes = [(vote, verdict(vote)) for vote in activity.votes.select_related("activity").order_by("pk")]
    context = {
        "activity": activity,
        "badge": badges.of_activity(activity, at=at),
        "state": state.value,
        "when": when(activity),
        "organises": may(user, "activity.change", activity.unit),
        "people": people,
        "own": own,
        "reason_form": ReasonForm(label=_("请假原因")),
        "remark_form": RemarkForm(initial={"text": own.place.remark if own else ""}),
        "votes": votes,
        "resolutions": activity.resolutions.select_related("owner").order_by("pk"),
        "minutes": getattr(activity, "minutes", None),
        "met": activity.met.order_by("due"),
        "today": today(),
    }
    return render(request, "activities/activity.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Plan an activity for `?unit=`; `?aim=` (repeatable) names obligations it is to meet."""
    user = person(request)
    unit = _unit_asked_for(request)
    aims = aimed_at(unit, request.GET.getlist("aim"))
    overdue = overdue_of(unit, on=today())
    first = filled_for(aims, today=today()) if aims else filled_anew(today=today())
    form = PlanForm(request.POST or None, unit=unit, overdue=overdue, initial=first)
    if request.method == "POST" and form.is_valid():
        chosen = list(form.cleaned_data["chosen"])
        activity = planning.plan(unit, by=user, chosen=chosen if _is_chosen(form) else (), **form.details())
        if not _is_chosen(form):
            invite(activity, chosen)
        messages.success(request, _said(activity))
        return redirect("activities:activity", pk=activity.pk)
    units = list(organised_units(user)[:200])
    context = {"form": form, "unit": unit, "units": units if len(units) > 1 else [], "aims": aims}
    return render(request, "activities/plan.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the plan; people who were given notice are told of a new time or place."""
    activity = get_activity_to_change(pk, by=person(request))
    overdue = overdue_of(activity.unit, on=today(), besides=activity.aims)
    form = PlanForm(request.POST or None, unit=activity.unit, overdue=overdue, initial=filled_from(activity))
    if request.method == "POST" and form.is_valid():
        planning.change(activity, by=person(request), **form.details())
        if _is_chosen(form):
            draw_up_roll(activity, chosen=list(form.cleaned_data["chosen"]))
        messages.success(request, _said(activity))
        return redirect("activities:activity", pk=activity.pk)
    context = {"form": form, "unit": activity.unit, "activity": activity}
    return render(request, "activities/plan.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice: send it to accounts, copy it to a chat group, print it."""
    activity = get_activity_to_change(pk, by=person(request))
    if request.method == "POST":
        told = planning.notify(activity, by=person(request), at=now())
        messages.success(request, _("已向 {people} 位有账号的党员发送通知。").format(people=told))
        return redirect("activities:activity", pk=activity.pk)
    accounts = activity.roll.filter(member__user__is_active=True).count()
    context = {
        "activity": activity,
        "text": notice_text(activity),
        "accounts": accounts,
        "on_roll": activity.roll.count(),
    }
    return render(request, "activities/notice.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def cancellation(request: HttpRequest, pk: int) -> HttpResponse:
    """Call the activity off, with a reason."""
    activity = get_activity_to_change(pk, by=person(request))
    form = ReasonForm(request.POST or None, label=_("取消原因"), help_text=_("参加人员会看到。"))
    if request.method == "POST" and form.is_valid():
        planning.cancel(activity, by=person(request), reason=form.cleaned_data["reason"], at=now())
        messages.success(request, _("活动已取消。"))
        return redirect("activities:activity", pk=activity.pk)
    context = {"activity": activity, "form": form, "title": _("取消活动"), "submit": _("取消这个活动")}
    return render(request, "activities/reason.html", context)


def _unit_asked_for(request: HttpRequest) -> Unit:
    """`?unit=`, else the person's own unit, else the first one they organise."""
    asked = request.GET.get("unit", "")
    if asked.isascii() and asked.isdigit() and len(asked) < 19:
        return get_unit(int(asked), user=person(request), verb="activity.change")
    units = organised_units(person(request))
    own = own_unit(person(request))
    found = units.filter(pk=own.pk).first() if own else None
    found = found or units.first()
    if found is None:
        raise planning.NothingToOrganise
    return found


def _is_chosen(form: PlanForm) -> bool:
    return bool(form.cleaned_data["audience"] == Activity.Audience.CHOSEN)


def _said(activity: Activity) -> str:
    """What the plan will count for, in the words of the year's list."""
    rows = Obligation.objects.filter(unit__path=activity.unit.path, period_start__year__lte=activity.day.year)
    open_rows = [row for row in rows.filter(period_end__year__gte=activity.day.year) if row.state == "open"]
    counted = satisfied_by(event_of(activity), [row.owed for row in open_rows])
    if not counted:
        return _("已保存。这次活动不对应待完成的年度要求。")
    return _("已保存。归档后可计入：{what}。").format(what="、".join(item.title for item in counted))
