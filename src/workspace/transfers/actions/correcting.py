"""Put right what an open letter says, before anybody accepts it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.audit.models import Entry
from workspace.transfers.actions.closing import ClosedAlready
from workspace.transfers.actions.issuing import ThereAlready, refuse_impossible, refuse_nowhere
from workspace.transfers.messages import tell, those_who
from workspace.transfers.models import Transfer
from workspace.transfers.models.letterhead import Letterhead
from workspace.transfers.queries.visibility import ACCEPT

# Where from, for whom and under which number is settled by issuing.
CORRECTABLE = frozenset(
    {"destination", "destination_name", "reason", "valid_days", "paid_until", "letterhead", "origin_name", "number"}
)
_OF_OUTSIDE = frozenset({"origin_name", "number"})  # what somebody else wrote on a letter from outside


class ChangedMeanwhile(Refusal):
    message = _("您打开本页之后，{who}修改了这封介绍信。您填写的内容都还在，请核对后再保存。")


@transaction.atomic
def correct(transfer: Transfer, values: Mapping[str, Any], *, by: User, seen_at: Any, on: date) -> list[str]:
    """Returns the names of what really changed. `seen_at` is `updated_at` as the person saw it; `on` is today.

    Raises ChangedMeanwhile, ClosedAlready, and what issuing raises for days and places.
    """
    now = Transfer.objects.select_for_update(of=("self",)).select_related("destination", "member").get(pk=transfer.pk)
    if not now.is_open:
        raise ClosedAlready(state=now.get_outcome_display(), day=now.closed_on)
    if now.updated_at != seen_at:
        raise ChangedMeanwhile(who=_who_changed(now))
    allowed = CORRECTABLE if now.kind == Transfer.Kind.IN else CORRECTABLE - _OF_OUTSIDE
    was = now.destination
    changed = _changes(now, {name: value for name, value in values.items() if name in allowed})
    if not changed:
        return []
    _refuse(now, on)
    now.count_days()
    now.reminded_on = None
    now.save(update_fields=[*changed, "expires_on", "reminded_on", "updated_at"])
    audit.record("transfer.corrected", of=now, by=by, details={"changed": changed})
    if now.destination != was:
        title = _now("{person}转来，等待接收").format(person=now.person_name)
        tell(those_who(ACCEPT, now.destination), title, str(now), f"/transfers/{now.pk}/", but=by)
    return [*changed]


def _changes(now: Transfer, values: dict[str, Any]) -> dict[str, list[str]]:
    """Set what differs; tells old and new by name, in words."""
    if (head := values.get("letterhead")) is not None:
        values["letterhead"] = head.stored() if isinstance(head, Letterhead) else head
    if destination := values.get("destination"):
        values["destination_name"] = destination.name
    elif now.kind != Transfer.Kind.OUT:
        values.pop("destination_name", None)
    if now.kind == Transfer.Kind.OUT:
        values.pop("destination", None)
    changed = {}
    for name, value in values.items():
        if (old := getattr(now, name)) != value:
            changed[name] = [str(old or ""), str(value or "")]
            setattr(now, name, value)
    return changed


def _refuse(now: Transfer, on: date) -> None:
    refuse_impossible(now.issued_on, now.valid_days, on=on)
    refuse_nowhere(now.destination, now.destination_name)
    if now.member and now.kind == Transfer.Kind.WITHIN and now.destination_id == now.member.unit_id:
        raise ThereAlready(names=now.person_name, unit=now.destination)


def _who_changed(now: Transfer) -> str:
    last = Entry.objects.filter(kind=Transfer._meta.label_lower, thing=str(now.pk)).order_by("-at").first()
    return last.by_name if last and last.by_name else str(_now("系统"))
