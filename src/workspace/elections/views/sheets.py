"""Sheets to print: who may vote, the ballot paper, the result."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from shared.http import Request
from shared.refusals import Refusal
from workspace.elections.models import Election
from workspace.elections.models.candidates import Post
from workspace.elections.queries.guide import results
from workspace.elections.queries.progress import (
    current_purpose,
    is_by_committee,
    names_of,
    progress,
    purposes,
    standing_for,
)
from workspace.elections.queries.visibility import election_for
from workspace.elections.views.election import told
from workspace.elections.views.rolls import roll_context


class NoCandidatesYet(Refusal):
    message = _("还没有候选人，先确定候选人再打印选票。")
    status = 404


class NothingCountedYet(Refusal):
    message = _("还没有计票结果，登记计票结果后再打印报告。")
    status = 404


@login_required
@require_safe
def sheet(request: Request, pk: int, name: str) -> HttpResponse:
    """`voters`, `ballot` or `result`."""
    found = election_for(request.user, pk)
    if name == "voters":
        context = roll_context(request, found)
    elif name == "ballot":
        context = _ballot(found)
    elif name == "result":
        context = _result(found)
    else:
        raise Http404
    return render(request, f"elections/sheets/{name}.html", context)


def _ballot(found: Election) -> dict[str, object]:
    """Of the round that comes next; before the meeting of the first one."""
    purpose = current_purpose(found) or purposes(found)[0]
    names = names_of(found)
    standing = standing_for(found, purpose)
    people = [one.name for one in found.people if one.member in standing]
    people += [names[key] for key in standing if key not in {one.member for one in found.people}]
    if not people:
        raise NoCandidatesYet
    so_far = progress(found, purpose)
    return {
        "election": found,
        "post": Post(purpose).label,
        "people": people,
        "seats": so_far.left or so_far.seats,
        "round": len(so_far.rounds) + 1,
        "by_committee": is_by_committee(found, purpose),
    }


def _result(found: Election) -> dict[str, object]:
    counted = results(found)
    if not counted:
        raise NothingCountedYet
    return {
        "election": found,
        "results": [told(found, one) for one in counted],
        "voters": len(found.list_of_voters.voters),
    }
