"""Ask the level above, take the question back, and answer it."""

from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

import rules
from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.elections import messages
from workspace.elections.actions import finishing
from workspace.elections.actions.candidates import refuse_too_few
from workspace.elections.actions.locking import NotYet, locked
from workspace.elections.models import Election
from workspace.elections.models.papers import APPROVED, RETURNED, About, Paper
from workspace.elections.queries.above import committee_above
from workspace.elections.queries.progress import step_of
from workspace.elections.queries.visibility import refuse_unless_decides
from workspace.organization.actions.elections import postpone
from workspace.organization.terms import term_of


class NothingAsked(Refusal):
    message = _("现在没有等待批复的事项，可能刚刚已经办理。")


class ApprovedAlready(Refusal):
    message = _("{what}已经批复，不用再报。")


class NoTermKnown(Refusal):
    message = _("{unit}没有登记本届选举日期，无法推算任期。请先在组织页登记。")


class NotLater(Refusal):
    message = _("延期要晚于现在的届满日期 {ends}。")
    status = 400


class TooLate(Refusal):
    message = _("延期一般不超过一年，最迟到 {latest}。")
    status = 400


class NumberNeeded(Refusal):
    message = _("上级党组织不在本系统中，请填写批复的文号。")
    status = 400


class ReasonNeeded(Refusal):
    message = _("退回要写明原因和要补充的内容。")
    status = 400


class InTheFuture(Refusal):
    message = _("日期在将来。")
    status = 400


@transaction.atomic
def ask(
    election: Election,
    about: str,
    *,
    on: date,
    by: User,
    today: date,
    number: str = "",
    note: str = "",
    until: date | None = None,
) -> Paper:
    """Put a paper before the level above; `until` is the new day of a postponement.

    Raises NotRunning, AwaitsAnswer, ApprovedAlready, NotYet, TooFewCandidates, NoTermKnown, NotLater, TooLate,
    InTheFuture.
    """
    now = locked(election)
    if on > today:
        raise InTheFuture
    _refuse_too_soon(now, about)
    if about == About.POSTPONEMENT:
        _refuse_bad_day(now, until)
    asked_until = until if about == About.POSTPONEMENT else None
    paper = Paper(about=about, on=on, by=by.name, number=number.strip(), note=note.strip(), until=asked_until)
    now.papers = [*now.papers, paper.stored()]
    now.asks = about
    now.save(update_fields=["papers", "asks", "updated_at"])
    audit.record("election.asked", of=now, by=by, details=_told(paper))
    messages.ask_above(now, paper, by=by)
    return paper


@transaction.atomic
def withdraw(election: Election, *, by: User) -> None:
    """Take the open question back; it leaves no paper. Raises NotRunning, NothingAsked."""
    now = locked(election, asked=True)
    paper = _open(now)
    now.papers, now.asks = now.papers[:-1], ""
    now.save(update_fields=["papers", "asks", "updated_at"])
    audit.record("election.withdrawn", of=now, by=by, details=_told(paper))


@transaction.atomic
def decide(
    election: Election, *, approve: bool, on: date, by: User, today: date, number: str = "", reason: str = ""
) -> Paper:
    """Answer the open paper: agreed, or returned with a reason. An agreed result ends the case: posts are written.

    Raises NotRunning, NothingAsked, MayNotApprove, OwnElection, NumberNeeded, ReasonNeeded, InTheFuture, and what
    `finishing.finish` raises.
    """
    now = locked(election, asked=True)
    refuse_unless_decides(by, now)
    paper = _open(now)
    if on > today:
        raise InTheFuture
    if not approve and not reason.strip():
        raise ReasonNeeded
    if approve and not number.strip() and committee_above(now.unit) is None:
        raise NumberNeeded
    answered = replace(
        paper,
        decision=APPROVED if approve else RETURNED,
        decided_on=on,
        decided_by=by.name,
        decided_number=number.strip(),
        reason=reason.strip(),
    )
    now.papers = [*now.papers[:-1], answered.stored()]
    now.asks = ""
    now.save(update_fields=["papers", "asks", "updated_at"])
    audit.record("election.approved" if approve else "election.returned", of=now, by=by, details=_told(answered))
    messages.answer(now, answered, by=by)
    if approve and answered.until:
        postpone(now.unit, to=answered.until, by=by)
    if approve and paper.about == About.RESULT:
        finishing.finish(now, on=on, by=by)
    return answered


def _refuse_too_soon(now: Election, about: str) -> None:
    if about != About.POSTPONEMENT and now.is_approved(about):
        raise ApprovedAlready(what=About(about).label)
    step = step_of(now)
    if about == About.POSTPONEMENT and now.held_on:
        raise NotYet(before=_now("党员大会已经召开，不用延期。"))
    if about == About.CANDIDATES:
        if step == "request":
            raise NotYet(before=_now("先报换届请示，上级批复后再报候选人。"))
        refuse_too_few(now)
    if about == About.RESULT and step != "result":
        raise NotYet(before=_now("选举和分工还没有办完。"))


def _refuse_bad_day(now: Election, until: date | None) -> None:
    term = term_of(now.unit)
    if term is None:
        raise NoTermKnown(unit=now.unit)
    try:
        term.postponed(until or term.ends)
    except rules.NotLater as error:
        raise NotLater(ends=term.ends) from error
    except rules.TooLate as error:
        raise TooLate(latest=term.latest) from error


def _open(now: Election) -> Paper:
    if not now.asks:
        raise NothingAsked
    return now.sheets[-1]


def _told(paper: Paper) -> dict[str, object]:
    """For the record: what was asked and answered, in the words of the papers."""
    return {name: value for name, value in paper.stored().items() if name not in {"by", "decided_by"}}
