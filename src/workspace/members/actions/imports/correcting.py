"""What an import changes about where a member stands is a correction of the events, and goes back with the import."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from workspace.accounts.models import User
from workspace.members.actions.events.registering import events_of
from workspace.members.importing import Row as Judged
from workspace.members.models import Batch, Event, Member, Row
from workspace.members.standing.details import CORRECTABLE, clean


def correct(
    pairs: Sequence[tuple[Row, Judged]], batch: Batch, members: Mapping[str, Member], *, on: date, at: datetime
) -> None:
    """Write a correction for every row that changes dates of membership. The columns are written by the import."""
    fields = {
        judged.member: {
            change.field: [change.old, change.new] for change in judged.changes if change.field in CORRECTABLE
        }
        for _row, judged in pairs
        if judged.member
    }
    touched = {key: found for key, found in fields.items() if found}
    if not touched:
        return
    events_of([members[key] for key in touched])
    Event.objects.bulk_create(
        Event(
            member=members[key],
            kind=Event.Kind.CORRECTED,
            on=on,
            basis=batch.file_name[:200],
            unit_id=members[key].unit_id,
            details=clean(Event.Kind.CORRECTED, {"fields": found, "batch": batch.pk}),
            by=batch.by,
            at=at,
        )
        for key, found in touched.items()
    )


def uncorrect(members: Sequence[Member], batch: Batch, *, by: User, at: datetime) -> None:
    """Void what the import corrected. The columns are set back by the undoing."""
    mine = Event.objects.standing().filter(member__in=members, kind=Event.Kind.CORRECTED, details__batch=batch.pk)
    mine.update(voided_at=at, voided_by=by, voided_for=batch.file_name[:200])
