"""Who stands."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

import rules
from shared.clock import today
from shared.http import Request
from workspace.elections.actions.candidates import nominate
from workspace.elections.forms.candidates import CandidatesForm
from workspace.elections.models.papers import About
from workspace.elections.queries.rolls import day_of, roll_of
from workspace.elections.queries.visibility import election_to_handle
from workspace.elections.views.stepping import stepping
from workspace.members.models import Member


@login_required
@require_http_methods(["GET", "POST"])
def candidates(request: Request, pk: int) -> HttpResponse:
    found = election_to_handle(request.user, pk)
    on = day_of(found, today())
    keys = [line.member for line in roll_of(found, on=on).voters]
    options: dict[str, Any] = {
        "voters": Member.objects.filter(pk__in=keys).order_by("pinyin", "pk"),
        "may_ask_again": found.is_approved(About.CANDIDATES),
    }
    form = CandidatesForm(request.POST or None, election=found, **options)

    def act(said: CandidatesForm) -> str:
        again = bool(said.cleaned_data.get("again"))
        changed = nominate(found, said.candidates(), by=request.user, on=on, seen=said.seen, again=again)
        return _("候选人已保存。") if changed else _("没有需要保存的修改。")

    note = _("候选人从有选举权的党员中产生。")
    if found.elects_committee:
        needed = rules.candidates_needed(found.seats)
        note = _("应选 {seats} 名，差额不少于 20%，至少提名 {needed} 名。候选人从有选举权的党员中产生。").format(
            seats=found.seats, needed=needed
        )
    words = {"title": _("候选人"), "submit": _("保存"), "note": note}
    return stepping(request, found, form, act, words, **options)
