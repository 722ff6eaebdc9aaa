"""The papers of a case: which are there, since when, and where they are kept; and what a notice brought in."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from rules import CASE_STEPS, Outcome
from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.development.actions.recording import BasisMissing, NotOpen
from workspace.development.actions.refreshing import refresh
from workspace.development.models import Case, Step
from workspace.development.queries.visibility import refuse_unless_handles

PAPERS = {paper.code: paper for step in CASE_STEPS for paper in step.materials}


class NoSuchPaper(Refusal):
    message = _("没有这种材料。")
    status = 400


class NoNotice(Refusal):
    message = _("还没有张贴公示。")


@transaction.atomic
def keep_papers(case: Case, *, received: Collection[str], place: str, on: date, by: User) -> Case:
    """The papers that are there now; new ones get the day and the place, those that are gone are taken off the list."""
    if set(received) - set(PAPERS):
        raise NoSuchPaper
    now = Case.objects.select_for_update(of=("self",)).select_related("member__unit").get(pk=case.pk)
    refuse_unless_handles(now, by)
    before = papers_of(now)
    kept = {
        code: before.get(code) or {"on": on.isoformat(), "place": place.strip()}
        for code in PAPERS
        if code in set(received)
    }
    if kept == before:
        return now
    now.materials = kept
    now.save(update_fields=["materials"])
    told = {"came": sorted(set(kept) - set(before)), "went": sorted(set(before) - set(kept)), "place": place.strip()}
    audit.record("development.papers_kept", of=now, by=by, details=told)
    return now


def papers_of(case: Case) -> dict[str, dict[str, str]]:
    """Those on record that are known."""
    return {code: said for code, said in case.materials.items() if code in PAPERS and isinstance(said, dict)}


@transaction.atomic
def report_notice(case: Case, *, passed: bool, result: str, by: User, today: date) -> Step:
    """What came in during public notice. An objection that holds stops the case at this step."""
    now = Case.objects.select_for_update(of=("self",)).select_related("member__unit").get(pk=case.pk)
    refuse_unless_handles(now, by)
    if not now.is_open:
        raise NotOpen(case=now, state=now.get_state_display())
    posted = now.steps.filter(code="public_notice").order_by("-pk").first()
    if posted is None:
        raise NoNotice
    if not passed and not result.strip():
        raise BasisMissing
    posted.details = {**posted.details, "result": result.strip()}
    posted.outcome = (Outcome.PASSED if passed else Outcome.FAILED).value
    posted.save(update_fields=["details", "outcome"])
    told = {"passed": passed, "result": result.strip()}
    audit.record("development.notice_reported", of=now, by=by, details=told)
    refresh(now, on=today)
    return posted
