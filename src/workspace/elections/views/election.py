"""One election as a guide: how it stands, what is next, and everything that belongs to it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

import rules
from shared.clock import today
from shared.http import Request
from workspace.access.queries import may
from workspace.elections.actions.ending import last_step
from workspace.elections.models import Election
from workspace.elections.models.candidates import Post
from workspace.elections.queries import history
from workspace.elections.queries.above import committee_above
from workspace.elections.queries.guide import guide, results
from workspace.elections.queries.progress import Progress, current_purpose, names_of, progress
from workspace.elections.queries.rolls import day_of, roll_of
from workspace.elections.queries.visibility import HANDLE, election_for, may_decide
from workspace.elections.views.words import state_badge
from workspace.organization.terms import term_of


@login_required
@require_safe
def election(request: Request, pk: int) -> HttpResponse:
    found = election_for(request.user, pk)
    on = today()
    may_handle = may(request.user, HANDLE, found.unit) and found.is_running
    roll = roll_of(found, on=day_of(found, on))
    needed = rules.candidates_needed(found.seats) if found.elects_committee else 1
    context = {
        "election": found,
        "guide": guide(found, on=on),
        "state": state_badge(found),
        "term": term_of(found.unit) if found.is_running else None,
        "above": committee_above(found.unit),
        "roll": roll,
        "needed": needed,
        "present_needed": rules.voters_needed(len(roll.voters)),
        "results": [told(found, one) for one in results(found)],
        "purpose": current_purpose(found) if found.held_on else "",
        "purpose_label": _label(current_purpose(found)),
        "may_leave_open": may_handle and _may_leave_open(found),
        "may_handle": may_handle,
        "may_decide": found.is_running and bool(found.asks) and may_decide(request.user, found),
        "undoable": may_handle and not found.asks and last_step(found),
        "sheets": list(reversed(found.sheets)),
        "moments": history.moments(found),
    }
    return render(request, "elections/election.html", context)


def _label(purpose: str) -> str:
    return str(Post(purpose).label) if purpose else ""


def _may_leave_open(found: Election) -> bool:
    """Some seats of the committee or of deputies stayed empty after a round."""
    purpose = current_purpose(found)
    if found.asks or not purpose or purpose == Post.SECRETARY:
        return False
    so_far = progress(found, purpose)
    return bool(so_far.rounds) and (bool(so_far.elected) or purpose == Post.DEPUTY)


def told(found: Election, one: Progress) -> dict[str, object]:
    """The rounds of one post with names and marks, the most votes first."""
    names = names_of(found)
    told = []
    for number, held in enumerate(one.rounds, start=1):
        ranked = sorted(held.votes.items(), key=lambda pair: (-pair[1].yes, int(pair[0])))
        rows = [
            {
                "name": names[int(key)],
                "marks": marks,
                "elected": int(key) in held.elected,
                "tied": int(key) in held.undecided,
            }
            for key, marks in ranked
        ]
        told.append({"number": number, "round": held, "rows": rows, "needed": rules.yes_needed(held.entitled)})
    return {"label": _label(one.purpose), "progress": one, "rounds": told}
