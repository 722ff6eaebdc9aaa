"""What a unit owes: drawn up from the rules, judged by what was held, excused by a person."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

import rules
from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.activities.models import Obligation
from workspace.activities.queries.events import events_of
from workspace.audit import actions as audit
from workspace.members.queries.structure import structures
from workspace.organization.models import Unit

State = Obligation.State


class ExemptionNeedsReason(Refusal):
    message = _("请写明免除的理由。")
    status = 400


class AlreadyMet(Refusal):
    message = _("「{obligation}」已经完成，无需免除。")


class NotExempt(Refusal):
    message = _("「{obligation}」没有被免除。")


@dataclass(frozen=True)
class Renewal:
    """What a renewal did, as counts of rows."""

    added: int = 0
    changed: int = 0
    dropped: int = 0


def renew_obligations(unit: Unit, *, year: int, on: date, since: date | None = None) -> Renewal:
    """Bring one unit's obligations of a year in line with its structure and the rules. See `renew_many`."""
    return renew_many([unit], year=year, on=on, since=since)


@transaction.atomic
def renew_many(units: Collection[Unit], *, year: int, on: date, since: date | None = None) -> Renewal:
    """Bring obligations in line, for any number of units in a fixed number of queries. Idempotent.

    The past stays as it was owed: only what falls due on `on` or later is added, changed or dropped. `since` reaches
    further back, for a unit that wants to record what it did before it came here. What is met, late or exempt is
    never dropped, and a running period keeps the version of the rule it began under.
    """
    asked = [unit for unit in units if unit.type != Unit.Type.GROUP]
    keys = [unit.pk for unit in asked]
    # two renewals at once would both add the same rows
    list(Unit.objects.filter(pk__in=keys).order_by("pk").select_for_update(of=("self",)).values("pk"))
    shapes = structures(asked, on=on)
    kept: dict[int, dict[str, Obligation]] = {key: {} for key in keys}
    for row in Obligation.objects.of_year(year).filter(unit__in=keys):
        kept[row.unit_id][row.key] = row
    differences = [_difference(unit, shapes[unit.pk], kept[unit.pk], year, on, since or on) for unit in asked]
    add = [row for difference in differences for row in difference.add]
    change = [row for difference in differences for row in difference.change]
    drop = [row.pk for difference in differences for row in difference.drop]
    Obligation.objects.bulk_create(add, batch_size=1000)
    Obligation.objects.bulk_update(change, ["rule_key", "kinds", "period_start", "period_end", "due", "needed"], 1000)
    Obligation.objects.filter(pk__in=drop).delete()
    touched = [difference.unit for difference in differences if difference.add or difference.change]
    if touched:
        reassess(touched, year=year, on=on)
    return Renewal(len(add), len(change), len(drop))


@dataclass(frozen=True)
class _Difference:
    """What one unit's rows lack, have otherwise, and have too much."""

    unit: Unit
    add: list[Obligation]
    change: list[Obligation]
    drop: list[Obligation]


def _difference(
    unit: Unit, shape: rules.Structure, kept: dict[str, Obligation], year: int, on: date, since: date
) -> _Difference:
    owed = {item.key: item for item in rules.obligations(shape, year)}
    return _Difference(
        unit,
        add=[_row(unit, item) for key, item in owed.items() if key not in kept and item.due >= since],
        change=[row for key, row in kept.items() if key in owed and _follow(row, owed[key], on=on)],
        drop=[row for key, row in kept.items() if key not in owed and _may_go(row, unit, on=on)],
    )


def _row(unit: Unit, item: rules.Obligation) -> Obligation:
    row = Obligation(unit=unit, rule_code=item.rule.code, period=item.period.code)
    row.rule_key = item.rule.key
    _copy(row, item)
    return row


def _copy(row: Obligation, item: rules.Obligation) -> None:
    row.kinds = sorted(kind.value for kind in item.kinds)
    row.period_start, row.period_end = item.period.start, item.period.end
    row.due, row.needed = item.due, item.needed


def _follow(row: Obligation, item: rules.Obligation, *, on: date) -> bool:
    """Let a row that is still open and not over follow its rule and structure. Whether anything changed."""
    if row.state != State.OPEN or row.due < on:
        return False
    before = (row.rule_key, row.kinds, row.period_start, row.period_end, row.due, row.needed)
    if row.period_start > on:
        row.rule_key = item.rule.key
    _copy(row, item)
    return before != (row.rule_key, row.kinds, row.period_start, row.period_end, row.due, row.needed)


def _lies_outside(row: Obligation, unit: Unit) -> bool:
    """Of a period before the unit began or after it ended, which somebody registered late: never owed."""
    if unit.closed_on and row.period_start >= unit.closed_on:
        return True
    return bool(unit.established_on and row.period_end < unit.established_on)


def _may_go(row: Obligation, unit: Unit, *, on: date) -> bool:
    return row.state == State.OPEN and (row.due >= on or _lies_outside(row, unit))


@transaction.atomic
def reassess(units: Collection[Unit], *, year: int, on: date) -> list[Obligation]:
    """Judge the year's obligations again by what is on record. Returns those that changed."""
    events = events_of(units, since=date(year, 1, 1))
    by_key = {unit.pk: unit for unit in units}
    changed = []
    rows = Obligation.objects.of_year(year).filter(unit__in=by_key).exclude(state=State.EXEMPT).select_for_update()
    rows = rows.order_by("due", "rule_code")
    for row in rows:
        pairs = events.get(row.unit_id, [])
        if _judge(row, pairs, on=on):
            row.unit = by_key[row.unit_id]
            changed.append(row)
    Obligation.objects.bulk_update(changed, ["state", "met_by", "met_on"], 1000)
    return changed


def _judge(row: Obligation, pairs: list[tuple[rules.Event, int]], *, on: date) -> bool:
    """Write the state the events give. Whether it differs from before."""
    before = (row.state, row.met_by_id, row.met_on)
    finding = rules.assess(row.owed, [event for event, _key in pairs], on)
    row.state = State(finding.state.value)
    row.met_by_id, row.met_on = None, None
    if row.state != State.OPEN:
        last = finding.events[min(row.needed, len(finding.events)) - 1]
        row.met_on = last.on
        row.met_by_id = next(key for event, key in pairs if event is last)
    return before != (row.state, row.met_by_id, row.met_on)


@transaction.atomic
def exempt(obligation: Obligation, *, by: User, reason: str) -> Obligation:
    """Excuse an open obligation; it leaves every rate."""
    if not reason.strip():
        raise ExemptionNeedsReason
    if obligation.state in (State.MET, State.LATE):
        raise AlreadyMet(obligation=obligation)
    obligation.state = State.EXEMPT
    obligation.exempt_reason, obligation.exempt_by = reason.strip(), by
    obligation.save(update_fields=["state", "exempt_reason", "exempt_by"])
    audit.record("obligation.exempted", of=obligation, by=by, details={"reason": reason.strip()})
    return obligation


@transaction.atomic
def withdraw_exemption(obligation: Obligation, *, by: User, on: date) -> Obligation:
    """Owe it again; what was held meanwhile counts at once."""
    if obligation.state != State.EXEMPT:
        raise NotExempt(obligation=obligation)
    obligation.state, obligation.exempt_reason, obligation.exempt_by = State.OPEN, "", None
    obligation.save(update_fields=["state", "exempt_reason", "exempt_by"])
    audit.record("obligation.exemption_withdrawn", of=obligation, by=by)
    reassess([obligation.unit], year=obligation.period_start.year, on=on)
    obligation.refresh_from_db()
    return obligation
