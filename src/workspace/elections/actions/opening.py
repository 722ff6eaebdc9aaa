"""Open an election of a unit, and change what is planned before the meeting."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

import rules
from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.elections.actions.locking import locked
from workspace.elections.models import Election
from workspace.elections.models.papers import About
from workspace.members.queries.appointments import electable
from workspace.organization.models import Unit
from workspace.organization.terms import term_of

MOST_SEATS, MOST_DEPUTIES = 31, 4
Kind = Election.Kind


class RunsAlready(Refusal):
    message = _("{unit}已有一次换届正在办理，请接着办理，或先取消它。")


class UnitIsClosed(Refusal):
    message = _("{unit}已撤销，不能换届。")


class ElectsNobody(Refusal):
    message = _("{unit}是{type}，没有任期，不办理换届。")


class CommitteeNeeded(Refusal):
    message = _("{unit}有正式党员{found}人，达到{limit}人应当设支部委员会。请选择“选举委员会”。")


class SeatsOutOfRange(Refusal):
    message = _("委员名额须在 {least} 至 {most} 人之间。")
    status = 400


class DeputiesOutOfRange(Refusal):
    message = _("副书记须在 0 至 {most} 人之间，并且少于委员名额。")
    status = 400


class FarTooEarly(Refusal):
    message = _("任期到 {ends} 届满。提前换届一般不超过一年，最早 {first}。")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is planned. Where only a secretary is elected there is one seat."""

    kind: str
    seats: int = 1
    deputies: int = 0
    planned_on: date
    reason: str = ""


@transaction.atomic
def open_election(unit: Unit, plan: Plan, *, by: User, on: date) -> Election:
    """Raises RunsAlready, UnitIsClosed, and what a plan cannot be."""
    if not unit.is_open:
        raise UnitIsClosed(unit=unit)
    if unit.type == Unit.Type.GROUP:
        raise ElectsNobody(unit=unit, type=unit.get_type_display())
    term = term_of(unit)
    refuse_bad_plan(unit, plan, term)
    row = Election(unit=unit, term_ends=term.ends if term else None, opened_by=by, **_values(plan))
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise RunsAlready(unit=unit) from error
    audit.record("election.opened", of=row, by=by, details={**_told(plan), "unit": str(unit), "on": on.isoformat()})
    return row


@transaction.atomic
def change_plan(election: Election, plan: Plan, *, by: User, seen: datetime | None = None) -> list[str]:
    """Before the request is approved everything, afterwards the day; the names of what changed.

    Raises NotRunning, AwaitsAnswer, ChangedMeanwhile, RequestApproved, and what a plan cannot be.
    """
    now = locked(election, seen=seen)
    if now.held_on:
        raise AlreadyHeld(day=now.held_on)
    values = _values(plan)
    changed = [name for name, value in values.items() if getattr(now, name) != value]
    if now.is_approved(About.REQUEST) and set(changed) & {"kind", "seats", "deputies"}:
        raise RequestApproved
    if not changed:
        return []
    refuse_bad_plan(now.unit, plan, term_of(now.unit))
    details = {name: [str(getattr(now, name)), str(values[name])] for name in changed}
    for name in changed:
        setattr(now, name, values[name])
    if now.kind != election.kind:
        now.candidates = []
        changed.append("candidates")
    now.save(update_fields=[*changed, "updated_at"])
    audit.record("election.changed", of=now, by=by, details={"changed": details})
    return changed


class AlreadyHeld(Refusal):
    message = _("党员大会已于 {day} 召开，不能再修改。开错了的，请先撤回上一步。")


class RequestApproved(Refusal):
    message = _("换届请示已经批复，名额和选举方式不能再改。确需改变的，取消后重新请示。")


def refuse_bad_plan(unit: Unit, plan: Plan, term: rules.Term | None) -> None:
    """Raises CommitteeNeeded, SeatsOutOfRange, DeputiesOutOfRange or FarTooEarly."""
    if plan.kind == Kind.SECRETARY:
        _refuse_without_committee(unit)
        most_deputies = 1
    else:
        least, most = _seats_of(unit)
        if not least <= plan.seats <= most:
            raise SeatsOutOfRange(least=least, most=most)
        most_deputies = min(MOST_DEPUTIES, plan.seats - 1)
    if not 0 <= plan.deputies <= most_deputies:
        raise DeputiesOutOfRange(most=most_deputies)
    if term is not None:
        first = rules.add_months(term.ends, -rules.rulebook().get("election.postponement").integer("months"))
        if plan.planned_on < first:
            raise FarTooEarly(ends=term.ends, first=first)


def _refuse_without_committee(unit: Unit) -> None:
    """A branch of seven full members and more has a committee; so has everything above branches."""
    limit = rules.rulebook().get("branch.committee_required").integer("minimum_full_members")
    found = electable(unit).count()
    if found >= limit or not unit.is_branch:
        raise CommitteeNeeded(unit=unit, found=found, limit=limit)


def _seats_of(unit: Unit) -> tuple[int, int]:
    book = rules.rulebook()
    least = book.get("branch.committee_smallest").integer("usual_minimum")
    return least, book.get("branch.committee_largest").integer("maximum") if unit.is_branch else MOST_SEATS


def _values(plan: Plan) -> dict[str, Any]:
    said = asdict(plan)
    return said | {"seats": 1} if plan.kind == Kind.SECRETARY else said


def _told(plan: Plan) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in _values(plan).items()}
