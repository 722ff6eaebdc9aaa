"""For the level above: what waits for an answer, and how the terms of all units below stand."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

import rules
from shared.clock import today
from shared.components import Column, Table
from shared.http import Request
from workspace.access.queries import may
from workspace.elections.queries.lists import Narrowing, elections
from workspace.elections.queries.terms import UnitTerm, terms_seen_by
from workspace.elections.queries.visibility import APPROVE
from workspace.elections.queries.waiting import answers
from workspace.elections.views.words import standing_badge, term_badge

_STAGES = ("over", "due", "within", "unknown")


@login_required
@require_safe
def board(request: Request) -> HttpResponse:
    """Verdict, four numbers, questions to answer, every unit by the end of its term."""
    if not may(request.user, APPROVE):
        raise PermissionDenied
    on = today()
    found = terms_seen_by(request.user, on=on)
    stages = [one.stage for one in found]
    context = {
        "counts": {stage: stages.count(stage) for stage in _STAGES},
        "running": elections(request.user, "running", Narrowing()).count(),
        "answers": answers(request.user, most=50),
        "table": Table(request, found, _columns(on), caption=_("各党组织任期")),
        "verdict": _verdict(stages),
        "level": "late" if "over" in stages else "good",
        "rule": rules.rulebook().get("election.postponement"),
    }
    return render(request, "elections/board.html", context)


def _verdict(stages: list[str]) -> str:
    known = len(stages) - stages.count("unknown")
    if not known:
        return _("还没有党组织登记本届选举日期，无法推算任期。")
    if over := stages.count("over"):
        return _("{known} 个党组织中有 {over} 个任期届满未换届。").format(known=known, over=over)
    return _("{known} 个党组织都在任期内。").format(known=known)


def _columns(on: date) -> list[Column]:
    return [
        Column(
            name="unit",
            label=_("党组织"),
            value=lambda row: str(row.unit),
            link=lambda row: reverse("organization:unit", args=[row.unit.pk]),
        ),
        Column(name="elected_on", label=_("本届选举日期"), kind="date", sort="elected_on"),
        Column(name="ends", label=_("任期届满"), kind="date", sort="ends"),
        Column(name="left", label=_("期限"), kind="html", value=lambda row: term_badge(row, on)),
        Column(name="standing", label=_("换届状态"), kind="html", value=_linked),
    ]


def _linked(row: UnitTerm) -> object:
    said = standing_badge(row)
    if row.election is None:
        return said
    return format_html('<a href="{}">{}</a>', reverse("elections:election", args=[row.election.pk]), said)
