"""A member's own side: the self-review, words for the others, the vote, and the result once it is announced."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shared.clock import today
from shared.http import Request
from workspace.appraisal.actions import balloting, writing
from workspace.appraisal.actions.locking import NotYet, WritingIsOver
from workspace.appraisal.forms.ballots import VoteForm
from workspace.appraisal.forms.texts import OpinionForm, ReviewForm
from workspace.appraisal.models.people import Person
from workspace.appraisal.queries.progress import is_writing, step_of
from workspace.appraisal.queries.results import verdict_of
from workspace.appraisal.queries.texts import heard
from workspace.appraisal.queries.visibility import Own, own_appraisal, own_appraisals
from workspace.appraisal.queries.waiting import asked_of
from workspace.appraisal.views.stepping import stepping
from workspace.appraisal.views.words import grade_badge, state_badge

TO = "appraisal:mine"


@login_required
@require_safe
def own(request: Request) -> HttpResponse:
    """Every year's appraisal that this person takes part in."""
    rows = [(one, state_badge(one.appraisal), asked_of(one)) for one in own_appraisals(request.user)]
    return render(request, "appraisal/own.html", {"rows": rows})


@login_required
@require_safe
def mine(request: Request, pk: int) -> HttpResponse:
    """What to do now, what one wrote; after the announcement one's own grade and what others wrote."""
    found = own_appraisal(request.user, pk)
    row, key = found.appraisal, found.person.member
    verdict = verdict_of(row, key)
    context = {
        "appraisal": row,
        "person": found.person,
        "step": step_of(row),
        "asked": asked_of(found),
        "writing": is_writing(row) and found.person.takes_part,
        "review": next((one for one in row.self_reviews if one.member == key), None),
        "others": _others(found) if row.mutual_on and found.person.takes_part else [],
        "verdict": verdict,
        "grade": grade_badge(verdict.grade) if verdict else "",
        "heard": heard(row, key) if row.announced_on else [],
        "has_voted": row.voting is not None and key in row.voting.voted,
    }
    return render(request, "appraisal/mine.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def review(request: Request, pk: int) -> HttpResponse:
    found = own_appraisal(request.user, pk)
    row, key = found.appraisal, found.person.member
    _refuse_late(request, found)
    there = next((one.text for one in row.self_reviews if one.member == key), "")
    form = ReviewForm(request.POST or None, initial={"text": there})

    def act(said: ReviewForm) -> str:
        writing.review(row, key, said.cleaned_data["text"], by=request.user, on=today())
        return _("自评已保存，测评开始前还可以修改。")

    note = _("支部委员会能看到您的自评。")
    words = {"title": _("个人自评"), "submit": _("保存"), "note": note}
    return stepping(request, row, form, act, words, to=TO)


@login_required
@require_http_methods(["GET", "POST"])
def opinion(request: Request, pk: int, member: int) -> HttpResponse:
    """What this person says of a colleague."""
    found = own_appraisal(request.user, pk)
    row, key = found.appraisal, found.person.member
    whom = row.person(member)
    if whom is None or not whom.takes_part or member == key:
        raise Http404
    _refuse_late(request, found)
    if request.method == "GET" and row.mutual_on is None:
        raise NotYet(before=_("会议召开、开始互评之后再写。"))
    there = next((one for one in row.said if (one.writer, one.about) == (key, member)), None)
    first = {"text": there.text, "at_meeting": there.at_meeting} if there else {}
    form = OpinionForm(request.POST or None, initial=first)

    def act(said: OpinionForm) -> str:
        made = writing.say(row, key, member, **said.said(), by=request.user, on=today())
        return _("已保存给{name}的意见。").format(name=whom.name) if made else _("已撤回。")

    words = {"title": _("给{name}提意见").format(name=whom.name), "submit": _("保存")}
    return stepping(request, row, form, act, words, to=TO)


@login_required
@require_http_methods(["GET", "POST"])
def vote(request: Request, pk: int) -> HttpResponse:
    """One's own ballot: secret, and once."""
    found = own_appraisal(request.user, pk)
    row, key = found.appraisal, found.person.member
    if request.method == "GET" and row.is_running:
        balloting.refuse_vote(row, key)
    form = VoteForm(request.POST or None, appraisal=row)

    def act(said: VoteForm) -> str:
        balloting.vote(row, key, said.marks(), by=request.user)
        return _("已投票。系统只记下您投过票，不记您投了什么。")

    words = {"title": _("民主测评"), "submit": _("投票")}
    return stepping(request, row, form, act, words, template="appraisal/vote.html", to=TO)


def _others(found: Own) -> list[tuple[Person, str]]:
    """Colleagues with what one said of them so far: `text`, `meeting` or nothing."""
    said = {one.about: one for one in found.appraisal.said if one.writer == found.person.member}
    others = [one for one in found.appraisal.participants if one.member != found.person.member]
    return [(one, ("text" if said[one.member].text else "meeting") if one.member in said else "") for one in others]


def _refuse_late(request: Request, found: Own) -> None:
    """Before anything is typed."""
    if request.method != "GET" or not found.appraisal.is_running:
        return
    if not is_writing(found.appraisal):
        raise WritingIsOver
    if not found.person.takes_part:
        raise writing.NotTakingPart(reason=found.person.reason)
