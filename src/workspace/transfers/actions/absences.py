"""Begin and end a time away. A period is what people wrote down; no day that passes changes a membership."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from rules.rulebook import rulebook
from rules.workdays import add_months
from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.members.actions.events import happen, void
from workspace.members.models import Event, Member
from workspace.transfers.actions.issuing import NoLongerHere
from workspace.transfers.models import Absence

# How often the branch gets in touch where no regulation gives a number: our proposal, to be changed for each person.
USUAL_MONTHS = {Absence.Kind.FLOATING: 3, Absence.Kind.GRADUATE: 6, Absence.Kind.LOST: 1}
MOST_MONTHS = 24


class AwayAlready(Refusal):
    message = _("{member}已登记为“{kind}”，请在原来的登记上更新。")


class ReasonDoesNotFit(Refusal):
    message = _("这个原因不适用于“{kind}”，请另选一个。")
    status = 400


class BeginsInFuture(Refusal):
    message = _("起始日期在将来。")
    status = 400


class TooSeldom(Refusal):
    message = _("{citation}：至少每 {months} 个月联系一次。")
    status = 400


class OverAlready(Refusal):
    message = _("这项登记已于 {day} 结束。")


class EndsTooEarly(Refusal):
    message = _("结束日期须在 {since} 到今天之间。")
    status = 400


# The event with which a kind begins and ends, and the column that follows from it.
_BEGINS = {
    Absence.Kind.FLOATING: (Event.Kind.FLOATING_OUT, "is_floating"),
    Absence.Kind.LOST: (Event.Kind.LOST_CONTACT, "is_lost_contact"),
}
_ENDS = {
    Absence.Kind.FLOATING: (Event.Kind.FLOATING_IN, "is_floating"),
    Absence.Kind.LOST: (Event.Kind.FOUND, "is_lost_contact"),
}


@dataclass(frozen=True, kw_only=True)
class Away:
    """What is known at the beginning. `since`: the day of leaving, of graduation, or of the last contact."""

    kind: str
    since: date
    reason: str
    place: str = ""
    has_fixed_place: bool = False
    expected_until: date | None = None
    contact_months: int | None = None
    note: str = ""


@transaction.atomic
def begin(member: Member, away: Away, *, by: User, on: date) -> Absence:
    """Raises NoLongerHere, AwayAlready, ReasonDoesNotFit, BeginsInFuture, TooSeldom."""
    kind = Absence.Kind(away.kind)
    now = Member.objects.select_for_update().get(pk=member.pk)
    if now.left_on:
        raise NoLongerHere(names=now.name)
    if away.since > on:
        raise BeginsInFuture
    if Absence.Reason(away.reason) not in Absence.REASONS[kind]:
        raise ReasonDoesNotFit(kind=kind.label)
    months = contact_months(kind, away.contact_months)
    row = Absence(
        member=now,
        kind=kind.value,
        since=away.since,
        expected_until=away.expected_until,
        place=away.place.strip(),
        has_fixed_place=away.has_fixed_place,
        reason=away.reason,
        note=away.note.strip(),
        contact_months=months,
        next_contact_on=add_months(away.since, months),
        by=by,
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise AwayAlready(member=now, kind=kind.label) from error
    _happened(row, *_BEGINS.get(kind, ("", "")), on=row.since, by=by)
    audit.record("absence.begun", of=row, by=by, details=told(row))
    return row


@transaction.atomic
def end(absence: Absence, *, on: date, ending: str, note: str = "", by: User, today: date) -> Absence:
    """Raises OverAlready, EndsTooEarly."""
    now = locked(absence)
    if not now.since <= on <= today:
        raise EndsTooEarly(since=now.since)
    finish(now, on=on, ending=Absence.Ending(ending), note=note, by=by)
    return now


def finish(row: Absence, *, on: date, ending: Absence.Ending, note: str = "", by: User) -> None:
    """End a locked, open period, and say so among the member's events: what was a mistake is taken back there."""
    row.ended_on, row.ended_for, row.ended_note, row.next_contact_on = on, ending.value, note.strip(), None
    row.save(update_fields=["ended_on", "ended_for", "ended_note", "next_contact_on", "updated_at"])
    kind = Absence.Kind(row.kind)
    if ending == Absence.Ending.MISTAKE:
        _take_back(row, by=by)
    elif ending != Absence.Ending.LEFT:
        _happened(row, *_ENDS.get(kind, ("", "")), on=on, by=by)
    audit.record("absence.ended", of=row, by=by, details=told(row) | {"for": ending.value, "note": row.ended_note})


def locked(absence: Absence) -> Absence:
    """The period as it is now, held until the transaction ends. Raises OverAlready."""
    now = Absence.objects.select_for_update(of=("self",)).select_related("member__unit").get(pk=absence.pk)
    if now.ended_on:
        raise OverAlready(day=now.ended_on)
    return now


def contact_months(kind: Absence.Kind, asked: int | None) -> int:
    """What was asked for, else what is usual; abroad the rule is the longest. Raises TooSeldom."""
    rule = rulebook().get("membership.abroad")
    longest = rule.integer("months") if kind == Absence.Kind.ABROAD else MOST_MONTHS
    months = asked or USUAL_MONTHS.get(kind, longest)
    if not 1 <= months <= longest:
        said = rule.citation if kind == Absence.Kind.ABROAD else str(kind.label)
        raise TooSeldom(citation=said, months=longest)
    return months


def told(row: Absence) -> dict[str, object]:
    """For the record."""
    return {
        "member": row.member_id,
        "kind": row.kind,
        "since": row.since.isoformat(),
        "reason": row.reason,
        "ended_on": row.ended_on.isoformat() if row.ended_on else None,
    }


def _happened(row: Absence, kind: str, column: str, *, on: date, by: User) -> None:
    """The event that goes with it, unless the register says so already: imported columns speak for themselves. Of
    candidates, who have no relation yet, there is none. Raises an EventRefused that says what does not fit."""
    member = row.member
    if not kind or member.category not in Member.MEMBERS or getattr(member, column) == (kind in _OPENING):
        return
    details: dict[str, object] = {}
    if kind == Event.Kind.FLOATING_OUT:
        details["place"] = row.place
    elif kind == Event.Kind.LOST_CONTACT:
        details["reason"] = row.reason
    happen(member, kind, on=on, by=by, basis=row.note, details=details)


def _take_back(row: Absence, *, by: User) -> None:
    kind, _column = _BEGINS.get(Absence.Kind(row.kind), ("", ""))
    made = Event.objects.standing().filter(member=row.member, kind=kind, on=row.since).order_by("-pk").first()
    if made:
        void(made, by=by, reason=row.ended_note or str(row.get_ended_for_display()))


_OPENING = frozenset({Event.Kind.FLOATING_OUT, Event.Kind.LOST_CONTACT})
