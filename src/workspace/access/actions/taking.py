"""A role taken away, and what was lent of it, on the record; and which of two goes where there can be only one."""

from datetime import date

from shared.clock import today
from workspace.access.models import Grant
from workspace.accounts.models import User
from workspace.audit.actions import record


def take_away(held: Grant, *, by: User | None, why: str = "") -> set[int]:
    """The row and its record, and those of what was lent of it. The keys of all that went."""
    going = [*held.delegations.select_related("user", "unit"), held]
    keys = {one.pk for one in going}
    for one in going:
        record("access.revoked", of=one, by=by, details=details_of(one) | ({"why": why} if why else {}))
    held.delete()
    return keys


def outlasts(one: Grant, other: Grant) -> bool:
    """Whether the one is worth more than the other of the same role: not over, one's own, whole, for longer."""
    return _worth(one) > _worth(other)


def details_of(grant: Grant) -> dict[str, object]:
    """What the record says of it."""
    said: dict[str, object] = {"role": grant.role, "unit": grant.unit_id, "user": grant.user_id}
    said |= {"since": _day(grant.since), "until": _day(grant.until)}
    if grant.delegated_from_id:
        said |= {"delegated_from": grant.delegated_from_id, "only": sorted(grant.groups), "reason": grant.reason}
    return said


def _worth(grant: Grant) -> tuple[bool, bool, bool, date]:
    until = grant.until or date.max
    return until >= today(), grant.delegated_from_id is None, not grant.only, until


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
