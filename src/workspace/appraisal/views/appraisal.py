"""One appraisal as a guide: how it stands, what is next, and everything that belongs to it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shared.clock import today
from shared.http import Request
from workspace.access.queries import may
from workspace.appraisal.actions.ending import last_step, may_reopen
from workspace.appraisal.models.ballots import Grade, Way
from workspace.appraisal.queries import history
from workspace.appraisal.queries.guide import guide
from workspace.appraisal.queries.progress import cap_of, is_writing, not_voted, without_review
from workspace.appraisal.queries.results import lines
from workspace.appraisal.queries.visibility import HANDLE, READ, appraisal_for
from workspace.appraisal.views.words import grade_badge, state_badge


@login_required
@require_safe
def appraisal(request: Request, pk: int) -> HttpResponse:
    found = appraisal_for(request.user, pk)
    on = today()
    handles = may(request.user, HANDLE, found.unit)
    voting = found.voting
    unqualified = [one for one in found.outcome if one.grade == Grade.UNQUALIFIED]
    context = {
        "appraisal": found,
        "guide": guide(found, on=on),
        "state": state_badge(found),
        "may_handle": handles and found.is_running,
        "may_read": may(request.user, READ, found.unit),
        "may_undo": handles and bool(last_step(found)) and (found.is_running or may_reopen(found, on)),
        "may_place": handles and found.is_running and is_writing(found),
        "missing": without_review(found),
        "voting": voting,
        "by_phone": voting is not None and voting.way == Way.PHONE,
        "not_voted": not_voted(found),
        "rows": [(line, grade_badge(line.verdict.grade) if line.verdict else "") for line in lines(found)],
        "cap": cap_of(found),
        "unqualified": unqualified,
        "moments": history.moments(found),
    }
    return render(request, "appraisal/appraisal.html", context)
