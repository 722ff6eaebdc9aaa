"""Correct what the dry run found: a cell, a doubt, a unit's name."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from workspace.accounts.models import User
from workspace.members.actions.imports.judging import rejudge
from workspace.members.actions.imports.opening import open_and_locked
from workspace.members.importing.columns import BY_NAME
from workspace.members.importing.dryrun import NoSuchRow, NotAcceptable
from workspace.members.importing.mapping import UnknownField
from workspace.members.importing.problems import ACCEPTABLE
from workspace.members.models import Batch, Row
from workspace.members.queries.batches import tally
from workspace.organization.actions.creation import create
from workspace.organization.facts import Facts
from workspace.organization.models import Unit

_LONGEST = 300


@transaction.atomic
def fix(batch: Batch, number: int, field: str, text: str, *, on: date) -> list[Row]:
    """Type over one cell. Returns the rows judged again. Raises NoSuchRow, UnknownField, NotOpen."""
    now = open_and_locked(batch)
    row = _row(now, number)
    if field not in BY_NAME:
        raise UnknownField(field=field)
    row.fixes = {**row.fixes, field: text[:_LONGEST]}
    row.save(update_fields=["fixes"])
    return _again(batch, now, [number], on=on)


@transaction.atomic
def accept(batch: Batch, number: int, code: str, *, on: date) -> list[Row]:
    """Let a row in with a doubt that a person looked at. Raises NoSuchRow, NotAcceptable, NotOpen."""
    now = open_and_locked(batch)
    row = _row(now, number)
    if code not in ACCEPTABLE:
        raise NotAcceptable
    row.accepted = sorted({*row.accepted, code})
    row.save(update_fields=["accepted"])
    return _again(batch, now, [number], on=on)


@transaction.atomic
def name_unit(batch: Batch, text: str, unit: Unit, *, on: date) -> list[Row]:
    """From now on this name in the sheet means that unit. Raises NotOpen."""
    now = open_and_locked(batch)
    now.unit_aliases = {**now.unit_aliases, text: str(unit.pk)}
    now.save(update_fields=["unit_aliases"])
    rows = now.rows.filter(
        verdict=Row.Verdict.PROBLEM, problems__contains=[{"field": "unit", "values": {"text": text}}]
    )
    return _again(batch, now, rows.values_list("number", flat=True), on=on)


@transaction.atomic
def create_unit(batch: Batch, text: str, parent: Unit, *, by: User, on: date) -> Unit:
    """Set up a branch of this name and let the sheet's rows into it. Raises what setting up a unit raises."""
    open_and_locked(batch)
    made = create(parent, Facts(name=text, type=Unit.Type.BRANCH), by=by)
    name_unit(batch, text, made, on=on)
    return made


def _row(batch: Batch, number: int) -> Row:
    found = batch.rows.filter(number=number).first()
    if found is None:
        raise NoSuchRow(number=number)
    return found


def _again(batch: Batch, now: Batch, numbers: Iterable[int], *, on: date) -> list[Row]:
    rows = rejudge(now, numbers, on=on)
    now.counts = tally(now)
    now.save(update_fields=["counts"])
    batch.counts, batch.unit_aliases = now.counts, now.unit_aliases
    return rows
