"""The worker makes what is due: each person gets a file of their own, as their rights are on that day, or a word why
not."""

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shared.clock import day_of
from shared.queue import later
from shared.refusals import NotAllowed, Refusal
from workspace.access.queries import may
from workspace.accounts.models import User
from workspace.archives import files
from workspace.archives.actions import LIFETIME
from workspace.archives.models import Schedule
from workspace.archives.scheduling import VERB, State
from workspace.archives.sources import SOURCES, Made, Order
from workspace.archives.terms import RUNS_KEPT, Run, next_day
from workspace.audit import actions as audit
from workspace.inbox.models import Message
from workspace.members.actions.exporting import Agreed


class NoRight(NotAllowed):
    message = _("已没有导出{unit}的权限")


class UnitClosed(Refusal):
    message = _("{unit}已经撤销")


class AgreementOver(Refusal):
    message = _("双人复核的同意已满一年，请到定期导出里申请续期")


class SetterGone(Refusal):
    message = _("设定人{name}已没有设定定期导出的权限，已暂停")


class FileGone(Refusal):
    message = _("这份文件已过保留期，请等下一次，或请设定人重新执行。")
    status = 410


def put_off_due(*, on: date) -> int:
    """A job for each that is due. Returns how many."""
    due = Schedule.objects.filter(state=State.ACTIVE, next_on__lte=on).order_by("pk").values_list("pk", flat=True)
    for key in due:
        later("archives.run_schedule", schedule_id=key)
    return len(due)


@transaction.atomic
def run(schedule: Schedule, *, at: datetime) -> list[Run]:
    """Everybody's turn. What one may no longer have is told to them, and hinders nobody else."""
    held = Schedule.objects.select_for_update(of=("self",)).select_related("unit", "by").get(pk=schedule.pk)
    if held.state != State.ACTIVE:
        return []
    if held.next_on <= day_of(at):
        held.next_on = next_day(held.said.every, held.said.day, after=day_of(at))
    number = max((each.number for each in held.history), default=0) + 1
    stop = _in_the_way(held, on=day_of(at))
    people = {user.pk: user for user in User.objects.filter(pk__in=held.said.people)}
    done = [
        _one(held, people[key], number + place, stop, at=at)
        for place, key in enumerate(key for key in held.said.people if key in people)
    ]
    if isinstance(stop, SetterGone):
        held.state = State.PAUSED
    _tell_setter(held, done)
    held.runs = [each.as_plain() for each in (*reversed(done), *held.history)][: max(RUNS_KEPT, len(done))]
    held.save(update_fields=["next_on", "runs", "state"])
    return done


@transaction.atomic
def take(schedule: Schedule, run: Run, *, by: User, at: datetime) -> Run:
    """Note that somebody downloads their file. Raises NoRight, UnitClosed, FileGone."""
    if not may(by, SOURCES[schedule.what].verb, schedule.unit):
        raise NoRight(unit=schedule.unit)
    there = run.token and at.isoformat() <= run.until and files.sheet_path(run.token, run.ending).is_file()
    if not there:
        raise FileGone
    audit.record("schedule.taken", of=schedule, by=by, details={"run": run.number}, unit=schedule.unit_id)
    return run


def _in_the_way(schedule: Schedule, *, on: date) -> Refusal | None:
    """What stops it for everybody."""
    if not schedule.unit.is_open:
        return UnitClosed(unit=schedule.unit)
    if schedule.by is None or not schedule.by.is_active or not may(schedule.by, VERB, schedule.unit):
        return SetterGone(name=schedule.by_name)
    if schedule.agreed and on.isoformat() > schedule.agreed["until"]:
        return AgreementOver()
    return None


def _one(schedule: Schedule, person: User, number: int, stop: Refusal | None, *, at: datetime) -> Run:
    blank = Run(number=number, on=day_of(at).isoformat(), person=person.pk, name=person.name)
    try:
        if stop:
            raise stop
        with transaction.atomic():
            made = _made(schedule, person, at=at)
    except Refusal as refusal:
        done = replace(blank, why=str(refusal)[:200])
        told = {"person": person.pk, "why": done.why}
        audit.record("schedule.skipped", of=schedule, by=None, details=told, unit=schedule.unit_id, result="refused")
    else:
        token = files.new_token()
        files.keep_sheet(token, made.ending, made.data)
        until = (at + LIFETIME).isoformat()
        done = replace(blank, rows=made.rows, token=token, ending=made.ending, until=until)
        told = {"person": person.pk, "rows": made.rows}
        audit.record("schedule.made", of=schedule, by=None, details=told, unit=schedule.unit_id)
    _tell(schedule, person, done)
    return done


def _made(schedule: Schedule, person: User, *, at: datetime) -> Made:
    source, agreed = SOURCES[schedule.what], schedule.agreed
    if not person.is_active or not may(person, source.verb, schedule.unit):
        raise NoRight(unit=schedule.unit)
    consent = Agreed(agreed["consent"], agreed["rows"]) if agreed else None
    return source.make(Order(person, schedule.unit, schedule.said, consent, schedule.pk, at))


def _tell(schedule: Schedule, person: User, run: Run) -> None:
    what = f"{schedule.unit}{SOURCES[schedule.what].label}"
    if run.why:
        title, body = gettext("定期导出没有执行：{what}").format(what=what), run.why
        link = f"/archives/schedules/?person={person.pk}"
    else:
        title = gettext("定期导出：{what}（{rows} 行）").format(what=what, rows=run.rows)
        body = gettext("文件保留 7 天，下载会记入审计。")
        link = f"/archives/schedules/{schedule.pk}/"
    if person.is_active:
        Message.objects.create(to=person, title=title[:120], body=body, link=link)


def _tell_setter(schedule: Schedule, done: list[Run]) -> None:
    """Who set it up hears of those who were passed over."""
    left = [run for run in done if run.why and run.person != schedule.by_id]
    if left and schedule.by and schedule.by.is_active:
        title = gettext("定期导出有 {n} 人没有收到").format(n=len(left))
        body = "\n".join(f"{run.name}：{run.why}" for run in left)
        link = f"/archives/schedules/{schedule.pk}/"
        Message.objects.create(to=schedule.by, title=title[:120], body=body, link=link)
