"""Set up an export that comes by itself; pause it, go on, delete it, have its agreement renewed."""

from collections.abc import Sequence
from datetime import date, datetime
from math import ceil

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shared.clock import day_of
from shared.queue import later
from shared.read_only import WorkspaceReadOnly
from shared.refusals import NotAllowed, Refusal
from shared.workspace import current_workspace
from workspace.access.actions import consents
from workspace.access.models import Consent
from workspace.access.queries import may, people_who
from workspace.accounts.models import User
from workspace.archives import files
from workspace.archives.models import Schedule
from workspace.archives.sources import SOURCES, members_of
from workspace.archives.terms import Terms, next_day
from workspace.audit import actions as audit
from workspace.members.actions.exporting import ROWS_ALONE
from workspace.organization.models import Unit

VERB = "export.schedule"
State = Schedule.State
MOST = 50  # schedules of one workspace
# The register grows: so much more than was there when it was agreed to may still go out.
MARGIN = 1.1


class MayNotSchedule(NotAllowed):
    message = _("您没有在{unit}设定定期导出的权限。请联系单位管理员。")


class WrongPeople(Refusal):
    message = _("只能发给现在就可以导出这个党组织的人：{names}没有权限。")
    status = 400


class ReasonMissing(Refusal):
    message = _("请写明用途，每次导出都会记入审计。")
    status = 400


class TooMany(Refusal):
    message = _("定期导出最多 {most} 项，请先删除不再需要的。")


class NotWaiting(Refusal):
    message = _("这项定期导出现在是“{state}”，不能这样做。")


@transaction.atomic
def set_up(what: str, unit: Unit, terms: Terms, *, by: User, at: datetime) -> Schedule:
    """Raises WorkspaceReadOnly, MayNotSchedule, WrongPeople, ReasonMissing, TooMany, and what `consents.ask` raises."""
    _refuse_at_rest()
    if not (may(by, VERB, unit) and may(by, SOURCES[what].verb, unit)):
        raise MayNotSchedule(unit=unit)
    if len(terms.reason.strip()) < 2:
        raise ReasonMissing
    _refuse_people(SOURCES[what].verb, unit, terms.people)
    if Schedule.objects.count() >= MOST:
        raise TooMany(most=MOST)
    made = Schedule(what=what, unit=unit, by=by, by_name=by.name, terms=terms.as_plain())
    made.next_on = next_day(terms.every, terms.day, after=day_of(at))
    made.save()
    told = {"what": what, "unit": unit.pk, "every": terms.every, "whole": terms.whole, "people": len(terms.people)}
    audit.record("schedule.set", of=made, by=by, details=told | {"reason": terms.reason}, unit=unit.pk)
    if rows := needs_agreement(made, at=at):
        _ask(made, rows, by=by, at=at)
    return made


def needs_agreement(schedule: Schedule, *, at: datetime) -> int:
    """For how many people a second person has to agree; 0 where one may take it alone."""
    terms = schedule.said
    if not terms.whole:
        return 0
    people = User.objects.filter(pk__in=terms.people)
    most = max((members_of(each, schedule.unit, terms, at=at).count() for each in people), default=0)
    return ceil(most * MARGIN) if most > ROWS_ALONE else 0


@transaction.atomic
def renew(schedule: Schedule, *, by: User, at: datetime) -> Schedule:
    """Ask for another year, or once more after a no; until somebody agrees, it waits. Raises NotWaiting while that is
    asked already, MayNotSchedule, and what `consents.ask` raises."""
    held = _held(schedule, by=by)
    rows = needs_agreement(held, at=at)
    if held.state == State.ASKED or not rows:
        raise NotWaiting(state=held.get_state_display())
    _ask(held, rows, by=by, at=at)
    audit.record("schedule.renewed", of=held, by=by, details={"rows": rows}, unit=held.unit_id)
    return held


@transaction.atomic
def pause(schedule: Schedule, *, by: User) -> None:
    """Raises MayNotSchedule, NotWaiting."""
    _turn(schedule, State.ACTIVE, State.PAUSED, "schedule.paused", by=by)


@transaction.atomic
def resume(schedule: Schedule, *, by: User, on: date) -> None:
    """From the next day that is due; what was missed is not made up for. Raises MayNotSchedule, NotWaiting."""
    held = _turn(schedule, State.PAUSED, State.ACTIVE, "schedule.resumed", by=by)
    held.next_on = next_day(held.said.every, held.said.day, after=on)
    held.save(update_fields=["next_on"])


@transaction.atomic
def run_now(schedule: Schedule, *, by: User) -> None:
    """Have the worker make it at once, beside its days. Raises MayNotSchedule, NotWaiting."""
    held = _held(schedule, by=by)
    if held.state != State.ACTIVE:
        raise NotWaiting(state=held.get_state_display())
    later("archives.run_schedule", schedule_id=held.pk)


@transaction.atomic
def delete(schedule: Schedule, *, by: User) -> None:
    """Its files go with it. Raises MayNotSchedule."""
    held = _held(schedule, by=by)
    audit.record("schedule.deleted", of=held, by=by, unit=held.unit_id)
    if held.consent and held.consent.decided_at is None and held.consent.by_id == by.pk:
        consents.withdraw(held.consent, by=by)
    paths = [path for run in held.history if run.token for path in files.all_of(run.token)]
    held.delete()
    transaction.on_commit(lambda: files.remove(paths))


def _ask(schedule: Schedule, rows: int, *, by: User, at: datetime) -> None:
    terms = schedule.said
    details = {"schedule": schedule.pk, "rows": rows, "form": terms.form, "every": terms.every, "query": terms.query}
    consent = consents.ask(VERB, schedule.unit, by=by, reason=terms.reason, details=details, at=at)
    schedule.consent, schedule.state, schedule.agreed = consent, State.ASKED, {}
    schedule.save(update_fields=["consent", "state", "agreed"])


def _turn(schedule: Schedule, before: State, after: State, verb: str, *, by: User) -> Schedule:
    held = _held(schedule, by=by)
    if held.state != before:
        raise NotWaiting(state=held.get_state_display())
    held.state = after
    held.save(update_fields=["state"])
    audit.record(verb, of=held, by=by, unit=held.unit_id)
    return held


def _refuse_at_rest() -> None:
    """Everything under /archives/ is open in a workspace that is only read, to take data away; this is not that."""
    if current_workspace().read_only:
        raise WorkspaceReadOnly


def _held(schedule: Schedule, *, by: User) -> Schedule:
    _refuse_at_rest()
    held = Schedule.objects.select_for_update(of=("self",)).select_related("unit", "consent").get(pk=schedule.pk)
    if not may(by, VERB, held.unit):
        raise MayNotSchedule(unit=held.unit)
    return held


def _refuse_people(verb: str, unit: Unit, people: Sequence[int]) -> None:
    allowed = set(people_who(verb, unit).values_list("pk", flat=True))
    wrong = User.objects.filter(pk__in=set(people) - allowed).order_by("pk")
    if not people or wrong or set(people) - allowed:
        raise WrongPeople(names="、".join(each.name for each in wrong) or _("没有选择的人"))


def agreed(consent: Consent) -> None:
    """A second person, who may export it too, said yes: good for a year. Raises consents.MayNotDecide."""
    for held in Schedule.objects.select_for_update(of=("self",)).select_related("unit").filter(consent=consent):
        decided = consent.decided_by
        if decided is None or not may(decided, SOURCES[held.what].verb, held.unit):
            raise consents.MayNotDecide
        on = day_of(consent.decided_at or consent.asked_at)
        until = on.replace(year=on.year + 1, day=min(on.day, 28))
        held.agreed = {
            "consent": consent.pk,
            "rows": consent.details["rows"],
            "until": until.isoformat(),
            "by": decided.name,
        }
        held.state = State.ACTIVE
        held.next_on = next_day(held.said.every, held.said.day, after=on)
        held.save(update_fields=["agreed", "state", "next_on"])
        audit.record("schedule.agreed", of=held, by=decided, details={"rows": held.agreed["rows"]}, unit=held.unit_id)
