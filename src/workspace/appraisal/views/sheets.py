"""Sheets to print: the ballot paper, and the summary of the result."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from shared.http import Request
from shared.refusals import Refusal
from workspace.appraisal.forms.ballots import MARK_CHOICES
from workspace.appraisal.queries.progress import cap_of, grade_counts
from workspace.appraisal.queries.results import lines
from workspace.appraisal.queries.visibility import appraisal_for


class NothingCountedYet(Refusal):
    message = _("还没有测评结果，登记之后再打印汇总表。")
    status = 404


@login_required
@require_safe
def sheet(request: Request, pk: int, name: str) -> HttpResponse:
    """`ballot` or `summary`."""
    found = appraisal_for(request.user, pk)
    if name not in {"ballot", "summary"}:
        raise Http404
    if name == "summary" and not found.ballot:
        raise NothingCountedYet
    context = {
        "appraisal": found,
        "marks": [label for _mark, label in MARK_CHOICES],
        "rows": lines(found),
        "ungraded": [one for one in found.persons if not one.is_graded],
        "counted": found.counted,
        "counts": grade_counts(found).values(),
        "cap": cap_of(found),
    }
    return render(request, f"appraisal/sheets/{name}.html", context)
