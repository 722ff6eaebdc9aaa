"""Take a file in and understand it: sheet, header, columns; then judge every row. Nothing reaches the register yet."""

from collections.abc import Mapping as AnyMapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shared.queue import later
from shared.refusals import Refusal
from shared.spreadsheets.limits import Limits
from shared.spreadsheets.refusals import ImportRefused
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.members.actions.imports.judging import ROWS_AT_ONCE, judge, storable, write_down
from workspace.members.importing import Table, Workbook, best_table, guess, read, table_of
from workspace.members.importing.columns import BY_NAME
from workspace.members.models import Batch, Row
from workspace.members.queries.batches import tally

LIMITS = Limits(rows=20_000)
# A dry run of so many rows takes a few seconds, within one request; of more the worker does it.
JUDGED_AT_ONCE = 2_000


class ColumnsMissing(Refusal):
    message = _("还缺必填的列：{columns}。请在下面为它们选择对应的列，或填写默认值。")
    status = 400


class NotOpen(Refusal):
    message = _("这批导入已经开始或结束，不能再修改。")


class NoRows(ImportRefused):
    message = _("表头下面没有人员。")


@transaction.atomic
def open_batch(data: bytes, *, file_name: str, by: User, as_of: date) -> Batch:
    """Read a file and guess its columns. Raises an ImportRefused that says what to do."""
    table = best_table(read(data, limits=LIMITS), limits=LIMITS)
    if not table.rows:
        raise NoRows
    batch = Batch(file_name=file_name[:200], source=data, by=by, by_name=by.name, as_of=as_of)
    _take_table(batch, table)
    batch.mapping = guess(table).as_plain()
    batch.save()
    audit.record("members.import_opened", of=batch, by=by, details={"rows": len(table.rows)})
    return batch


def book_of(batch: Batch) -> Workbook:
    """The file again, while it is kept. Raises NotOpen."""
    source = Batch.objects.values_list("source", flat=True).get(pk=batch.pk)
    if source is None:
        raise NotOpen
    return read(bytes(source), limits=LIMITS)


def table_in(batch: Batch, book: Workbook, sheet: str = "") -> Table:
    """The table on the chosen sheet. Raises NoSuchSheet, NoHeader."""
    return table_of(book.sheet(sheet or batch.sheet), limits=LIMITS)


@transaction.atomic
def choose_sheet(batch: Batch, sheet: str) -> None:
    """Look at another sheet of the file; its columns are guessed afresh."""
    now = open_and_locked(batch)
    table = table_in(now, book_of(now), sheet)
    _take_table(now, table)
    now.mapping, now.state = guess(table).as_plain(), Batch.State.MAPPING
    now.save()
    now.rows.all().delete()


@transaction.atomic
def choose_columns(
    batch: Batch, fields: AnyMapping[int, str | None], *, defaults: AnyMapping[str, str], as_of: date, on: date
) -> Batch:
    """Settle the columns and judge every row, or let the worker judge them where they are many. Raises ColumnsMissing,
    MappedTwice, NotOpen."""
    now = open_and_locked(batch)
    table = table_in(now, book_of(now))
    mapping = guess(table).chosen(dict(fields))
    given = {name: value for name, value in defaults.items() if value}
    # Joining dates are asked row by row: a sheet of applicants has none.
    missing = [BY_NAME[name].zh for name in mapping.missing(given=given) if name != "joined_on"]
    if missing:
        raise ColumnsMissing(columns="、".join(missing))
    now.mapping, now.defaults, now.as_of = mapping.as_plain(), given, as_of
    now.rows.all().delete()
    rows = [Row(batch=now, number=row.number, cells=[storable(cell) for cell in row.cells]) for row in table.rows]
    now.state = Batch.State.REVIEW if len(rows) <= JUDGED_AT_ONCE else Batch.State.JUDGING
    if now.state == Batch.State.REVIEW:
        judgement = judge(now, rows, on=on)
        for row in rows:
            write_down(row, judgement.of(row.number), judgement)
    Row.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)
    now.done, now.total, now.counts = 0, len(rows), tally(now) if now.state == Batch.State.REVIEW else {}
    now.save()
    if now.state == Batch.State.JUDGING:
        later("members.judge_batch", batch_id=now.pk)
    return now


def open_and_locked(batch: Batch) -> Batch:
    """The batch, locked, without its file. Raises NotOpen."""
    now = Batch.objects.select_for_update(of=("self",)).defer("source").select_related("by").get(pk=batch.pk)
    if not now.is_open:
        raise NotOpen
    return now


def _take_table(batch: Batch, table: Table) -> None:
    batch.sheet, batch.labels = table.sheet[:100], list(table.labels)
    batch.skipped = [[skip.number, skip.why.value, skip.text] for skip in table.skipped]
    batch.total = len(table.rows)
