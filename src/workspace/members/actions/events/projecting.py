"""The columns of a member that say where they stand are a copy of what the events say."""

from collections.abc import Iterable
from typing import Any

from workspace.members.models import Event, Member
from workspace.members.standing import Standing, columns, derive

_AT_ONCE = 500


def project(member: Member, events: Iterable[Event]) -> Standing:
    """Write what follows from all standing events of one member, and return it."""
    standing = derive(events)
    if changed := copy(standing, to=member):
        member.save(update_fields=changed)
    return standing


def project_many(pairs: Iterable[tuple[Member, Iterable[Event]]], *, at: Any) -> None:
    """As `project`, for many members in a few statements."""
    touched, fields = [], {"updated_at"}
    for member, events in pairs:
        if changed := copy(derive(events), to=member):
            fields.update(changed)
            member.updated_at = at
            touched.append(member)
    if touched:
        Member.objects.bulk_update(touched, fields, batch_size=_AT_ONCE)


def copy(standing: Standing, *, to: Member) -> list[str]:
    """Set the columns that differ; returns their names."""
    changed = []
    for name, value in columns(standing).items():
        if getattr(to, name) != value:
            setattr(to, name, value)
            changed.append("unit" if name == "unit_id" else name)
    return changed
