"""Bring the good rows into the register, some hundreds at a time, so that the bar moves and a killed worker goes on."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shared.queue import later
from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.members.actions.events.registering import register_many
from workspace.members.actions.imports.correcting import correct
from workspace.members.actions.imports.judging import JUDGED_FIELDS, ROWS_AT_ONCE, judge, write_down
from workspace.members.actions.imports.opening import NotOpen, open_and_locked
from workspace.members.importing import Row as Judged
from workspace.members.importing import Verdict
from workspace.members.importing.columns import BY_NAME
from workspace.members.models import Batch, Member, Row
from workspace.members.queries.batches import tally


class NothingToImport(Refusal):
    message = _("没有可以导入的行，请先处理有问题的行。")


class StillJudging(Refusal):
    message = _("还在试算，请等它完成，看过结果再导入。")


@transaction.atomic
def start(batch: Batch, *, by: User, at: datetime) -> None:
    """Hand the good rows to the worker; the file itself is let go. Raises StillJudging, NotOpen,
    NothingToImport."""
    now = open_and_locked(batch)
    if now.state == Batch.State.JUDGING:
        raise StillJudging
    if now.state != Batch.State.REVIEW:
        raise NotOpen
    waiting = now.rows.waiting().count()
    if not waiting:
        raise NothingToImport
    now.state, now.started_at, now.total, now.done, now.source = Batch.State.RUNNING, at, waiting, 0, None
    now.save(update_fields=["state", "started_at", "total", "done", "source"])
    audit.record("members.import_started", of=now, by=by, details={"rows": waiting})
    later("members.import_batch", batch_id=now.pk)


@transaction.atomic
def run_some(batch_id: int, *, on: date, at: datetime) -> bool:
    """Import the next rows and ask for the ones after. Returns whether there are more. Safe to run twice.

    Every row is judged again, for the register may have changed since the dry run; what is now wrong stays out.
    """
    batch = Batch.objects.select_for_update(of=("self",)).select_related("by").defer("source").get(pk=batch_id)
    if batch.state != Batch.State.RUNNING:
        return False
    rows = list(batch.rows.waiting().order_by("number")[:ROWS_AT_ONCE])
    _bring_in(batch, rows, on=on, at=at)
    batch.done += len(rows)
    more = batch.rows.waiting().exists()
    if more:
        later("members.import_batch", batch_id=batch.pk)
    else:
        _finish(batch, at=at)
    batch.save(update_fields=["done", "state", "counts", "finished_at"])
    return more


def _bring_in(batch: Batch, rows: list[Row], *, on: date, at: datetime) -> None:
    judgement = judge(batch, rows, on=on)
    by_number = {row.number: (row, judgement.of(row.number)) for row in rows}
    for row, judged in by_number.values():
        write_down(row, judged, judgement)
    pairs = list(by_number.values())
    _create([pair for pair in pairs if pair[1].verdict is Verdict.NEW], batch, on=on, at=at)
    updated = [pair for pair in pairs if pair[1].verdict is Verdict.UPDATED]
    correct(updated, batch, judgement.known.members, on=on, at=at)
    _update(updated, batch, judgement.known.members, at=at)
    for row, judged in pairs:
        if judged.verdict is not Verdict.PROBLEM:
            # The register has it now: a second copy of personal data would be one too many.
            row.outcome, row.cells, row.fixes, row.values = Row.Outcome.DONE, [], {}, {"name": row.values.get("name")}
    Row.objects.rewrite(rows, [*JUDGED_FIELDS, "outcome", "cells", "fixes", "before"])


def _create(pairs: list[tuple[Row, Judged]], batch: Batch, *, on: date, at: datetime) -> None:
    made = Member.objects.bulk_create(Member(**_columns(judged)) for _row, judged in pairs)
    register_many(made, on=on, by=batch.by, at=at, basis=batch.file_name, batch=batch.pk)
    for (row, _judged), member in zip(pairs, made, strict=True):
        row.member = member
        row.before = {"created": member.updated_at.isoformat()}
    audit.record_many("member.imported", of=made, by=batch.by, details=[{"file": batch.file_name}] * len(made))


def _update(pairs: list[tuple[Row, Judged]], batch: Batch, members: Any, *, at: datetime) -> None:
    touched, fields, details = [], {"updated_at"}, []
    for row, judged in pairs:
        member: Member = members[judged.member]
        row.before = {"old": {}, "new": {}}
        for change in judged.changes:
            old = getattr(member, change.field)
            setattr(member, change.field, change.new)
            row.before["old"][change.field], row.before["new"][change.field] = _plain(old), _plain(change.new)
            fields.add(change.field)
        member.updated_at = at
        touched.append(member)
        details.append({"changed": {change.field: True for change in judged.changes}, "file": batch.file_name})
    if touched:
        Member.objects.bulk_update(touched, fields, batch_size=ROWS_AT_ONCE)
        audit.record_many("member.imported", of=touched, by=batch.by, details=details)


def _columns(judged: Judged) -> dict[str, Any]:
    """Model fields of a new member. A unit's key becomes a foreign key; what is computed stays out."""
    values = {k: v for k, v in judged.values.items() if v is not None and not BY_NAME[k].computed}
    values["unit_id"] = int(str(values.pop("unit")))
    return values


def _finish(batch: Batch, *, at: datetime) -> None:
    batch.state, batch.finished_at, batch.counts = Batch.State.DONE, at, tally(batch)
    audit.record("members.import_finished", of=batch, by=batch.by, details=batch.counts)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
