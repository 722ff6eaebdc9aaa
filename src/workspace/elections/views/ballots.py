"""The meeting, its ballots, and what the committee shares out."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

import rules
from rules import ballot_rules
from shared.clock import today
from shared.http import Request
from workspace.elections.actions import balloting, meeting, posts
from workspace.elections.actions.balloting import NotToBeVotedOn
from workspace.elections.forms.ballots import BallotForm, first_values
from workspace.elections.forms.meeting import MeetingForm, ReasonForm
from workspace.elections.forms.posts import PostsForm
from workspace.elections.models.candidates import Post
from workspace.elections.models.rounds import PURPOSES
from workspace.elections.queries.progress import current_purpose, entitled_of, is_by_committee, progress
from workspace.elections.queries.rolls import day_of, roll_of
from workspace.elections.queries.visibility import election_to_handle
from workspace.elections.views.stepping import stepping


@login_required
@require_http_methods(["GET", "POST"])
def opening(request: Request, pk: int) -> HttpResponse:
    """The meeting opens; the list is frozen."""
    found = election_to_handle(request.user, pk)
    form = MeetingForm(request.POST or None, election=found, initial={"on": min(found.planned_on, today())})

    def act(said: MeetingForm) -> str:
        given = said.cleaned_data
        meeting.open_meeting(
            found, on=given["on"], present=given["present"], by=request.user, today=today(), seen=said.seen
        )
        return _("已登记党员大会，有选举权的党员名单已固定。")

    voters = len(roll_of(found, on=day_of(found, today())).voters)
    needed = rules.voters_needed(voters)
    note = _("应到会有选举权的党员 {voters} 人，实到不少于 {needed} 人（五分之四）才能选举。").format(
        voters=voters, needed=needed
    )
    words = {"title": _("登记党员大会"), "submit": _("开会，固定名单"), "note": note}
    return stepping(request, found, form, act, words)


@login_required
@require_http_methods(["GET", "POST"])
def ballot(request: Request, pk: int, purpose: str) -> HttpResponse:
    """Count one round. `purpose` is the post voted on."""
    if purpose not in PURPOSES:
        raise Http404
    found = election_to_handle(request.user, pk)
    if request.method == "GET" and (found.held_on is None or current_purpose(found) != purpose):
        raise NotToBeVotedOn
    by_committee = is_by_committee(found, purpose)
    entitled = entitled_of(found, purpose)
    first = first_values(found, today()) | ({"present": entitled} if by_committee else {})
    form = BallotForm(request.POST or None, election=found, purpose=purpose, initial=first)

    def act(said: BallotForm) -> str:
        made = balloting.count(found, purpose, said.counted(), by=request.user, today=today(), seen=said.seen)
        return _("已登记，本轮当选 {count} 名。").format(count=len(made.elected))

    so_far = progress(found, purpose)
    words = {
        "title": _("计票：{post}").format(post=Post(purpose).label),
        "submit": _("登记计票结果"),
        "so_far": so_far,
        "number": len(so_far.rounds) + 1,
        "entitled": entitled,
        "by_committee": by_committee,
        "needed": rules.yes_needed(entitled),
        "present_needed": rules.voters_needed(entitled),
        "rules": ballot_rules()[:2],
    }
    return stepping(request, found, form, act, words, template="elections/ballot.html", purpose=purpose)


@login_required
@require_http_methods(["GET", "POST"])
def vacancies(request: Request, pk: int) -> HttpResponse:
    """Seats that nobody won stay open for now."""
    found = election_to_handle(request.user, pk)
    form = ReasonForm(request.POST or None)

    def act(said: ReasonForm) -> str:
        balloting.leave_open(found, reason=said.cleaned_data["reason"], by=request.user)
        return _("已登记：缺额暂不补选。")

    note = _("空缺的名额以后另行补选。请写明由哪次会议决定。")
    return stepping(request, found, form, act, {"title": _("缺额暂不补选"), "submit": _("登记"), "note": note})


@login_required
@require_http_methods(["GET", "POST"])
def sharing(request: Request, pk: int) -> HttpResponse:
    """Which post each elected member takes."""
    found = election_to_handle(request.user, pk)
    form = PostsForm(request.POST or None, election=found)

    def act(said: PostsForm) -> str:
        posts.divide(found, said.chosen(), by=request.user, seen=said.seen)
        return _("委员分工已登记。")

    note = _("由新一届委员会第一次会议决定。书记、副书记已由选举产生，不在这里。")
    return stepping(request, found, form, act, {"title": _("委员分工"), "submit": _("保存"), "note": note})
