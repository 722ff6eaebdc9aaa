"""The dry run of a long file: some hundred rows at a time, so that the bar moves and a killed worker goes on."""

from collections import defaultdict
from datetime import date

from django.db import transaction

from shared.queue import later
from workspace.members.actions.imports.judging import (
    JUDGED_FIELDS,
    ROWS_AT_ONCE,
    judge,
    keys_of,
    rejudge,
    write_down,
)
from workspace.members.models import Batch, Row
from workspace.members.queries.batches import tally


@transaction.atomic
def judge_some(batch_id: int, *, on: date) -> bool:
    """Judge the next rows and ask for the ones after; with the last, look at rows of one person together. Returns
    whether there are more. Safe to run twice."""
    batch = Batch.objects.select_for_update(of=("self",)).select_related("by").defer("source").get(pk=batch_id)
    if batch.state != Batch.State.JUDGING:
        return False
    rows = list(batch.rows.unjudged().order_by("number")[:ROWS_AT_ONCE])
    judgement = judge(batch, rows, on=on)
    for row in rows:
        write_down(row, judgement.of(row.number), judgement)
    Row.objects.rewrite(rows, JUDGED_FIELDS)
    batch.done += len(rows)
    more = batch.rows.unjudged().exists()
    if more:
        later("members.judge_batch", batch_id=batch.pk)
    else:
        rejudge(batch, _of_one_person(batch), on=on)
        batch.state, batch.counts = Batch.State.REVIEW, tally(batch)
    batch.save(update_fields=["done", "state", "counts"])
    return more


def _of_one_person(batch: Batch) -> set[int]:
    """Numbers of the rows that another row may mean the same person as: what no judging of a part could see."""
    said = ("citizen_number", "name", "birth_date")
    met: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, *values in batch.rows.values_list("number", *(f"values__{name}" for name in said)):
        for key in keys_of(dict(zip(said, values, strict=True))):
            met[key].append(number)
    return {number for numbers in met.values() if len(numbers) > 1 for number in numbers}
