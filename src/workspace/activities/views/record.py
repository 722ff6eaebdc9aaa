"""Minutes, votes, resolutions, closing and the printed sheet."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rules.ballots import VoteKind
from shared.clock import now
from workspace.access.queries import may
from workspace.activities.actions import record as actions
from workspace.activities.forms.record import MinutesForm, ReasonForm, ReportForm, ResolutionForm, VoteForm
from workspace.activities.models import Activity, Resolution, Vote
from workspace.activities.queries.notice import when
from workspace.activities.queries.roster import Roster, roster
from workspace.activities.queries.verdicts import verdict
from workspace.activities.queries.visibility import get_activity, get_activity_to_change
from workspace.activities.views import person
from workspace.members.models import Member


@login_required
@require_http_methods(["GET", "POST"])
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the minutes."""
    activity = get_activity_to_change(pk, by=person(request))
    found = getattr(activity, "minutes", None)
    form = MinutesForm(request.POST or None, initial={"text": found.text if found else _outline(activity)})
    if request.method == "POST" and form.is_valid():
        actions.write_minutes(activity, text=form.cleaned_data["text"], by=person(request))
        messages.success(request, _("会议记录已保存。"))
        return redirect("activities:activity", pk=pk)
    return _form(request, activity, form, _("会议记录"), _("保存记录"), wide=True)


@login_required
@require_http_methods(["GET", "POST"])
def new_vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a counted vote; the page answers with the verdict and its yardstick."""
    activity = get_activity_to_change(pk, by=person(request))
    people = roster(activity)
    form = VoteForm(
        request.POST or None, initial={"entitled": people.with_vote or None, "present": people.with_vote_here or None}
    )
    if request.method == "POST" and form.is_valid():
        vote = actions.count_vote(
            activity,
            motion=form.cleaned_data["motion"],
            kind=VoteKind(form.cleaned_data["kind"]),
            ballot=form.ballot(),
            is_secret=form.cleaned_data["is_secret"],
            by=person(request),
            at=now(),
        )
        found = verdict(vote)
        say = messages.success if vote.passed else messages.warning
        say(request, f"{vote.motion}：{found.word}。{found.reason}")
        return redirect("activities:activity", pk=pk)
    return _form(request, activity, form, _("登记表决"), _("保存并判定"))


@login_required
@require_POST
def strike_vote(request: HttpRequest, pk: int, vote: int) -> HttpResponse:
    """Take a wrongly entered vote off the record."""
    activity = get_activity_to_change(pk, by=person(request))
    found = Vote.objects.filter(activity=activity, pk=vote).select_related("activity").first()
    if found is None:
        raise Http404
    actions.strike_vote(found, by=person(request))
    messages.success(request, _("已删除这条表决记录。"))
    return redirect("activities:activity", pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def new_resolution(request: HttpRequest, pk: int) -> HttpResponse:
    """Note a decision with its owner and day."""
    activity = get_activity_to_change(pk, by=person(request))
    form = ResolutionForm(request.POST or None, people=_people(activity))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.resolve(activity, text=given["text"], owner=given["owner"], due=given["due"], by=person(request))
        messages.success(request, _("决议已登记。"))
        return redirect("activities:activity", pk=pk)
    return _form(request, activity, form, _("登记决议"), _("保存"))


@login_required
@require_POST
def strike_resolution(request: HttpRequest, pk: int, resolution: int) -> HttpResponse:
    """Take a wrongly entered resolution off the record."""
    activity = get_activity_to_change(pk, by=person(request))
    found = Resolution.objects.filter(activity=activity, pk=resolution).select_related("activity").first()
    if found is None:
        raise Http404
    actions.strike_resolution(found, by=person(request))
    messages.success(request, _("已删除这条决议。"))
    return redirect("activities:activity", pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def closing(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the activity on record, with its attendance summed up."""
    activity = get_activity_to_change(pk, by=person(request))
    form = ReportForm(request.POST or None, initial={"report": activity.report})
    if request.method == "POST" and form.is_valid():
        changed = actions.close(activity, by=person(request), at=now(), report=form.cleaned_data["report"])
        met = "、".join(row.label for row in changed if row.state != "open")
        messages.success(request, _("已归档，完成：{what}。").format(what=met) if met else _("已归档。"))
        return redirect("activities:activity", pk=pk)
    context = {
        "activity": activity,
        "form": form,
        "people": roster(activity),
        "has_minutes": hasattr(activity, "minutes"),
    }
    return render(request, "activities/closing.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def reopening(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed record again, with a reason."""
    activity = get_activity_to_change(pk, by=person(request))
    form = ReasonForm(
        request.POST or None, label=_("重新打开的原因"), help_text=_("会记入审计记录；重新归档前不计入年度要求。")
    )
    if request.method == "POST" and form.is_valid():
        actions.reopen(activity, by=person(request), at=now(), reason=form.cleaned_data["reason"])
        messages.success(request, _("已重新打开，改好后请再次归档。"))
        return redirect("activities:activity", pk=pk)
    return _form(request, activity, form, _("重新打开"), _("重新打开"))


@login_required
@require_GET
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes as a page to print and sign."""
    activity = get_activity(pk, visible_to=person(request))
    people = roster(activity)
    context = {
        "activity": activity,
        "organises": may(person(request), "activity.change", activity.unit),  # why somebody was away is not for all
        "people": people,
        "meta": _facts(activity, people),
        "minutes": getattr(activity, "minutes", None),
        "votes": [(vote, verdict(vote)) for vote in activity.votes.select_related("activity").order_by("pk")],
        "resolutions": activity.resolutions.select_related("owner").order_by("pk"),
    }
    return render(request, "activities/sheet.html", context)


def _facts(activity: Activity, people: Roster) -> list[tuple[str, str]]:
    counted = _("应到 {expected} 人，实到 {present} 人（其中线上 {remote} 人），列席 {guests} 人")
    pairs = [
        (_("组织"), activity.unit.name),
        (_("类型"), "、".join(activity.kind_names)),
        (_("时间"), when(activity)),
        (_("地点"), activity.place),
        (_("主持人"), activity.host),
        (
            _("到会"),
            counted.format(
                expected=people.expected,
                present=people.expected_here,
                remote=len(people.remote),
                guests=len(people.guests),
            ),
        ),
    ]
    return [(label, value) for label, value in pairs if value]


def _people(activity: Activity) -> object:
    """Who may own a resolution: those on the roll and the members of the unit."""
    rows = Member.objects.present().filter(category__in=Member.MEMBERS)
    own = rows.filter(unit__path__startswith=activity.unit.path) | rows.filter(participations__activity=activity)
    return own.distinct().order_by("pinyin", "name")


def _outline(activity: Activity) -> str:
    return activity.agenda


def _form(
    request: HttpRequest, activity: Activity, form: object, title: str, submit: str, *, wide: bool = False
) -> HttpResponse:
    context = {"activity": activity, "form": form, "title": title, "submit": submit, "wide": wide}
    return render(request, "activities/reason.html", context, status=422 if request.method == "POST" else 200)
