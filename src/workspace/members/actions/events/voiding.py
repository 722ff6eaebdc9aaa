"""Take an event back. It stays to be seen, crossed out, with who, when and why; the standing is worked out anew."""

from django.db import transaction

from shared.clock import now
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.members.actions.events import refusals
from workspace.members.actions.events.happening import locked
from workspace.members.actions.events.writing import strike
from workspace.members.models import Event

SHORTEST_REASON = 2


@transaction.atomic
def void(event: Event, *, by: User, reason: str) -> None:
    """Raises AlreadyVoided, RegistrationStays, ReasonMissing, LaterDisagrees."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise refusals.ReasonMissing
    row = locked(event.member)
    gone = strike(row, event, by=by, reason=reason, at=now())
    event.voided_at, event.voided_by, event.voided_for = gone.voided_at, by, gone.voided_for
    details = {"event": gone.pk, "kind": gone.kind, "on": gone.on.isoformat()}
    if not gone.is_sensitive:  # why it was taken back says what it was: it stays with the event
        details["reason"] = gone.voided_for
    audit.record("member.event_voided", of=row, by=by, details=details)
