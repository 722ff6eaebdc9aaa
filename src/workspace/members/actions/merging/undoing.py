"""Take a merge back: both entries stand again as they stood."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from workspace.access.queries import units_where
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.members.actions.merging import refusals
from workspace.members.actions.merging.keeping import put_back
from workspace.members.actions.records import who_changed
from workspace.members.followers import mentions, strands
from workspace.members.models import Batch, Event, Member, Row
from workspace.members.queries.duplicates import VERB
from workspace.members.queries.merges import LIFETIME


@transaction.atomic
def undo(merge: Row, *, by: User, at: datetime) -> Member:
    """Returns the entry that came back. Raises NotUndoable, TooLate, OutOfReach, EntryGone, ChangedSince,
    NumberTaken."""
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=merge.batch_id, kind=Batch.Kind.MERGE)
    row = batch.rows.get()
    _refuse_late(batch, row, at=at)
    kept = Member.objects.select_for_update(of=("self",)).select_related("unit").filter(pk=row.member_id or 0).first()
    if kept is None:
        raise refusals.EntryGone
    _refuse_reach(kept, row, by=by)
    stored = row.before
    own = sorted(kept.events.values_list("pk", flat=True))
    if kept.updated_at.isoformat() != stored["after"] or own != stored["own"]:
        raise refusals.ChangedSince(who=who_changed(kept))
    _refuse_number(stored, kept)
    lost = _restore(stored, kept)
    batch.state, batch.undone_at, batch.undone_by_name = Batch.State.UNDONE, at, by.name
    batch.save(update_fields=["state", "undone_at", "undone_by_name"])
    gone = Member.objects.select_related("unit").get(pk=row.values["removed"])
    row.outcome, row.before, row.values = Row.Outcome.UNDONE, {}, row.values
    row.save(update_fields=["outcome", "before"])
    for each, other in ((kept, gone), (gone, kept)):
        audit.record(
            "member.merge_undone", of=each, by=by, details={"merge": batch.pk, "other": other.pk, "lost": lost}
        )
    return gone


def forget(*, at: datetime) -> int:
    """What undoing would need is kept no longer than it may be used. Returns how many were emptied."""
    old = Row.objects.filter(batch__kind=Batch.Kind.MERGE, batch__finished_at__lt=at - LIFETIME)
    return old.exclude(before={}).update(before={})


def _refuse_late(batch: Batch, row: Row, *, at: datetime) -> None:
    if batch.state != Batch.State.DONE:
        raise refusals.NotUndoable
    if not row.before or not batch.finished_at or at - batch.finished_at > LIFETIME:
        raise refusals.TooLate(days=LIFETIME // timedelta(days=1))


def _refuse_reach(kept: Member, row: Row, *, by: User) -> None:
    mine = set(units_where(by, VERB).values_list("pk", flat=True))
    if not {kept.unit_id, row.values["unit"]} <= mine:
        raise refusals.OutOfReach


def _refuse_number(stored: dict[str, Any], kept: Member) -> None:
    numbers = [each[0]["fields"]["citizen_number"] for each in (stored["kept"], stored["gone"])]
    numbers = [number for number in numbers if number]
    if Member.objects.filter(Q(citizen_number__in=numbers) & ~Q(pk=kept.pk)).exists():
        raise refusals.NumberTaken


def _restore(stored: dict[str, Any], kept: Member) -> int:
    """How many of the rows that had lost their place could not come back."""
    Event.objects.filter(pk__in=stored["made"]).delete()
    put_back(stored["kept"])  # first: it gives number and account free
    put_back(stored["gone"])
    key = stored["gone"][0]["pk"]
    for strand in strands():
        keys = stored["moved"].get(strand.key, [])
        if keys and strand.model is not Event:
            _send_back(strand, keys, kept.pk, key)
    put_back(stored["events"])
    for each in mentions():
        for which, pk, before, after in stored["mentions"]:
            if which == each.key:
                rows = each.rows(kept.pk).filter(pk=pk, **{each.field: after})
                rows.update(**{each.field: before})
    return put_back(stored["dropped"])


def _send_back(strand: Any, keys: list[Any], kept: int, gone: int) -> None:
    """Those that are still where the merge put them; a key that is itself the member has moved with it."""
    name = strand.field.name
    if strand.field.primary_key:
        strand.rows(kept).update(**{name: gone})
        return
    here = Q(**{name: kept}) | Q(**{f"{name}__isnull": True})
    strand.model._base_manager.filter(here, pk__in=keys).update(**{name: gone})
