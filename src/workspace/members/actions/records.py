"""Put somebody on the register, and change what it says."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shared.clock import now as instant
from shared.clock import today
from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.audit.changes import diff
from workspace.audit.models import Entry
from workspace.members.actions.events.registering import register_many
from workspace.members.actions.events.writing import Happening, write
from workspace.members.models import Event, Member
from workspace.members.queries.masking import MASKS
from workspace.members.queries.visibility import members_where
from workspace.members.standing.details import CORRECTABLE
from workspace.organization.models import Unit

# Where a person stands: changed only with the paper that says so.
STANDING = frozenset({"unit", "category"})


class AlreadyRegistered(Refusal):
    message = _("这个公民身份号码已登记在册（{name}，{unit}）。同一个人只登记一次，需要换支部请办理组织关系转接。")


class RegisteredElsewhere(Refusal):
    message = _("这个公民身份号码已登记在本单位的其他党组织。请联系单位管理员核对，或办理组织关系转接。")


class ChangedMeanwhile(Refusal):
    message = _("您打开本页之后，{who}修改了这份资料。您填写的内容都还在，请核对后再保存。")


class BasisMissing(Refusal):
    message = _("改变所在党支部或人员类别，请填写依据（例如支部大会日期、文件号）。")
    status = 400


@transaction.atomic
def register_member(unit: Unit, values: Mapping[str, Any], *, by: User) -> Member:
    """Put one person on the register of a branch. Raises AlreadyRegistered, RegisteredElsewhere."""
    _refuse_known_number(values.get("citizen_number"), by=by)
    member = Member.objects.create(unit=unit, **{k: v for k, v in values.items() if k != "unit"})
    register_many([member], on=today(), by=by, at=instant())
    audit.record("member.created", of=member, by=by, details={"unit": str(unit)})
    return member


@transaction.atomic
def change(member: Member, values: Mapping[str, Any], *, by: User, seen_at: datetime, basis: str = "") -> list[str]:
    """Change facts; returns the names of those that really changed.

    `seen_at` is `updated_at` as it was when the person began to type. Where a member stands follows from events, so a
    new standing becomes an event of today. Raises ChangedMeanwhile, BasisMissing, AlreadyRegistered,
    RegisteredElsewhere, and an EventRefused.
    """
    now = Member.objects.select_for_update().select_related("unit").get(pk=member.pk)
    if now.updated_at != seen_at:
        raise ChangedMeanwhile(who=who_changed(now))
    changed = {name: value for name, value in values.items() if getattr(now, name) != value}
    if not changed:
        return []
    if STANDING & set(changed) and not basis.strip():
        raise BasisMissing
    if changed.get("citizen_number"):
        _refuse_known_number(changed["citizen_number"], by=by)
    told = diff({name: getattr(now, name) for name in changed}, changed, says=MASKS)
    happened = list(happenings(now, changed, basis=basis, on=today()))
    plain = {name: value for name, value in changed.items() if name not in BY_EVENT}
    for name, value in plain.items():
        setattr(now, name, value)
    now.save(update_fields=[*plain])
    if happened:
        write(now, happened, by=by, at=instant())
    audit.record("member.changed", of=now, by=by, details={"changed": told, "basis": basis.strip()})
    return [*changed]


def happenings(member: Member, changed: Mapping[str, Any], *, basis: str, on: date) -> Iterator[Happening]:
    """A new branch is a move, a new tick is an event of today; any other new standing corrects what was wrong."""
    fields = {name: [getattr(member, name), value] for name, value in changed.items() if name in _CORRECTED}
    if fields:
        yield Happening(member, Event.Kind.CORRECTED, on, basis, details={"fields": fields})
    if "unit" in changed:
        yield Happening(member, Event.Kind.MOVED, on, basis, unit=changed["unit"])
    for name, (begins, ends) in _TICKS.items():
        if name in changed:
            yield Happening(member, begins if changed[name] else ends, on, basis)


_TICKS = {
    "is_floating": (Event.Kind.FLOATING_OUT, Event.Kind.FLOATING_IN),
    "is_lost_contact": (Event.Kind.LOST_CONTACT, Event.Kind.FOUND),
}
_CORRECTED = frozenset(CORRECTABLE) - set(_TICKS)
BY_EVENT = {"unit", *CORRECTABLE}


def _refuse_known_number(number: str | None, *, by: User) -> None:
    if not number:
        return
    known = Member.objects.filter(citizen_number=number).first()
    if known is None:
        return
    seen = members_where(by, "member.view").select_related("unit").filter(pk=known.pk).first()
    if seen:
        raise AlreadyRegistered(name=seen.name, unit=seen.unit)
    raise RegisteredElsewhere


def who_changed(member: Member) -> str:
    last = Entry.objects.filter(kind=member._meta.label_lower, thing=str(member.pk)).order_by("-at").first()
    return last.by_name if last and last.by_name else str(_("系统"))
