"""Put somebody on the list of those entitled, leave somebody out, or take that back. Before the meeting only."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.elections.actions.locking import locked
from workspace.elections.actions.opening import AlreadyHeld
from workspace.elections.models import Election
from workspace.elections.models.rolls import Amendment, Roll
from workspace.elections.queries.rolls import roll_of
from workspace.members.models import Member
from workspace.members.queries.as_of import entitled
from workspace.organization.models import Unit


class NotOnTheList(Refusal):
    message = _("{name}不在有选举权的党员名单上。")


class OnTheListAlready(Refusal):
    message = _("{name}已在名单上。")


class HasNoVote(Refusal):
    message = _("{name}按党员登记没有选举权。请先登记转正或处分期满，名单会随之更新。")


class NoSuchAmendment(Refusal):
    message = _("这一条变动已经撤销。")
    status = 404


@dataclass(frozen=True, kw_only=True)
class Change:
    """`is_in`: put on the list; else left out of those entitled (不计入应到会)."""

    is_in: bool
    why: str
    note: str = ""


@transaction.atomic
def amend(election: Election, member: Member, change: Change, *, by: User, on: date) -> None:
    """Raises NotRunning, AlreadyHeld, NotOnTheList, OnTheListAlready, HasNoVote."""
    now, kept = _open_roll(election)
    lines = {line.member: line for line in roll_of(now, on=on).lines}
    line = lines.get(member.pk)
    if change.is_in:
        if line is not None:
            raise OnTheListAlready(name=member.name)
        if member.pk not in entitled(Unit.objects.filter(pk=member.unit_id), on=on):
            raise HasNoVote(name=member.name)
    elif line is None or line.why:
        raise NotOnTheList(name=member.name)
    made = Amendment(
        member=member.pk,
        name=member.name,
        is_in=change.is_in,
        why=change.why,
        note=change.note.strip(),
        by=by.name,
        on=on,
    )
    _keep(now, Roll((*kept.amendments, made)))
    details = {"member": member.pk, "is_in": change.is_in, "why": change.why, "note": made.note}
    audit.record("election.roll_amended", of=now, by=by, details=details)


@transaction.atomic
def take_back(election: Election, number: int, *, by: User) -> None:
    """The amendment of that place, counted from 0, never was. Raises NotRunning, AlreadyHeld, NoSuchAmendment."""
    now, kept = _open_roll(election)
    if not 0 <= number < len(kept.amendments):
        raise NoSuchAmendment
    gone = kept.amendments[number]
    _keep(now, Roll(tuple(row for place, row in enumerate(kept.amendments) if place != number)))
    audit.record("election.roll_restored", of=now, by=by, details={"member": gone.member, "is_in": gone.is_in})


def _open_roll(election: Election) -> tuple[Election, Roll]:
    now = locked(election, asked=True)
    if now.held_on:
        raise AlreadyHeld(day=now.held_on)
    return now, now.list_of_voters


def _keep(now: Election, roll: Roll) -> None:
    now.roll = roll.stored()
    now.save(update_fields=["roll", "updated_at"])
