"""Something happened to a member: write it down, and let the standing follow."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from shared.clock import now
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.members.actions.events.projecting import project_many
from workspace.members.actions.events.refusals import NotSo
from workspace.members.actions.events.registering import events_of
from workspace.members.actions.events.writing import Happening, fitting, write
from workspace.members.models import Event, Member
from workspace.members.queries.events import kept_from
from workspace.organization.models import Unit


@transaction.atomic
def happen(
    member: Member,
    kind: str,
    *,
    on: date,
    by: User | None,
    basis: str = "",
    unit: Unit | None = None,
    details: Mapping[str, Any] | None = None,
) -> Event:
    """Record one event; the columns of `member` are brought up to date, also on the given instance.

    `unit` is where it happened, the member's own when not said; a move or a transfer in needs the new one.
    Raises an EventRefused that says what does not fit,.
    """
    row = locked(member)
    if by and kind == Event.Kind.DISCIPLINE_ENDED:
        _refuse_unseen(row, kind, on=on, by=by)
    (made,) = write(row, [Happening(member, kind, on, basis, unit, details or {})], by=by, at=now())
    refresh(member, row)
    audit.record("member.happened", of=row, by=by, details=_told(made))
    return made


@transaction.atomic
def happen_many(happenings: Iterable[Happening], *, by: User | None) -> list[Event]:
    """Record many events, several of one member in the order given. All of them, or none: raises as `happen`."""
    wanted = list(happenings)
    keys = {each.member.pk for each in wanted}
    rows = {row.pk: row for row in Member.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")}
    events = events_of(list(rows.values()))
    at, made = now(), []
    for each in wanted:
        row = rows[each.member.pk]
        new = fitting(row, events[row.pk], each, by=by, at=at)
        events[row.pk].append(new)
        made.append(new)
    Event.objects.bulk_create(made)
    project_many([(row, events[row.pk]) for row in rows.values()], at=at)
    for each in wanted:
        refresh(each.member, rows[each.member.pk])
    members = [rows[event.member_id] for event in made]
    audit.record_many("member.happened", of=members, by=by, details=[_told(event) for event in made])
    return made


def _refuse_unseen(row: Member, kind: str, *, on: date, by: User) -> None:
    """Nobody finds out by trying that a punishment stands that is kept from them. Raises NotSo, as where none does."""
    punished = Event.objects.standing().filter(member=row, kind=Event.Kind.DISCIPLINED)
    hidden = set(kept_from(by, row)) if row.user_id != by.pk else set()
    if hidden and not punished.exclude(pk__in=hidden).exists():
        raise NotSo(member=row, on=on, kind=Event.Kind(kind).label)


def locked(member: Member) -> Member:
    return Member.objects.select_for_update(of=("self",)).get(pk=member.pk)


def refresh(member: Member, row: Member) -> None:
    """The caller's instance says what the row says now."""
    for each in Member._meta.concrete_fields:
        setattr(member, each.attname, getattr(row, each.attname))


def _told(event: Event) -> dict[str, Any]:
    """For the record. What is sensitive is only named there: its content stays with the event."""
    told: dict[str, Any] = {"event": event.pk, "kind": event.kind, "on": event.on.isoformat()}
    return told if event.is_sensitive else told | {"basis": event.basis, "about": event.details}
