"""Enter a letter from outside (转入): look first who it is, then write. Nobody is on the register before acceptance."""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.members.actions.records import AlreadyRegistered, RegisteredElsewhere
from workspace.members.models import Member
from workspace.members.queries.visibility import members_where
from workspace.organization.models import Unit
from workspace.transfers.actions.issuing import OnTheWayAlready, refuse_impossible, refuse_nowhere, told
from workspace.transfers.messages import tell, those_who
from workspace.transfers.models import Transfer
from workspace.transfers.models.letterhead import Letterhead
from workspace.transfers.models.newcomer import Newcomer
from workspace.transfers.queries.visibility import ACCEPT


class ComesFromNowhere(Refusal):
    message = _("请填写原党组织的名称。")
    status = 400


@dataclass(frozen=True)
class Known:
    """What the register says of somebody who comes: nobody, one who left before and comes back, or people alike.

    `returning` is one who left under the same citizen number. `alike` are present people of the same name whom the
    asking person may see: perhaps the same, perhaps not.
    """

    returning: Member | None = None
    alike: list[Member] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """A letter that somebody brought along."""

    newcomer: Newcomer
    destination: Unit
    origin_name: str
    number: str = ""
    reason: str = Transfer.Reason.WORK.value
    issued_on: date
    valid_days: int
    paid_until: date | None = None
    letterhead: Letterhead = field(default_factory=Letterhead)


def look_up(newcomer: Newcomer, *, by: User) -> Known:
    """The dry run. Raises AlreadyRegistered or RegisteredElsewhere for one who is on the register now, and
    OnTheWayAlready for one who waits to be taken in."""
    seen = members_where(by, "member.view")
    number = newcomer.citizen_number
    same = Member.objects.filter(citizen_number=number).first() if number else None
    if same and same.is_present:
        visible = seen.select_related("unit").filter(pk=same.pk).first()
        if visible:
            raise AlreadyRegistered(name=visible.name, unit=visible.unit)
        raise RegisteredElsewhere
    if _waits(newcomer, same):
        raise OnTheWayAlready(names=newcomer.name)
    alike = [] if same else list(seen.present().select_related("unit").filter(name=newcomer.name).order_by("pk")[:5])
    return Known(same, alike)


@transaction.atomic
def enter(arrival: Arrival, *, by: User, on: date) -> Transfer:
    """Raises what `look_up` raises, ComesFromNowhere, BranchClosed, NotIssuedYet, ValidityOutOfRange."""
    refuse_impossible(arrival.issued_on, arrival.valid_days, on=on)
    refuse_nowhere(arrival.destination, "")
    if not arrival.origin_name.strip():
        raise ComesFromNowhere
    # Somebody unknown has no row to lock: two who enter the same letter at once take turns at the root.
    Unit.objects.select_for_update().get(depth=1)
    known = look_up(arrival.newcomer, by=by)
    row = Transfer(
        kind=Transfer.Kind.IN,
        member=known.returning,
        person_name=arrival.newcomer.name,
        newcomer=arrival.newcomer.stored(),
        origin_name=arrival.origin_name.strip(),
        destination=arrival.destination,
        destination_name=arrival.destination.name,
        reason=arrival.reason,
        number=arrival.number.strip(),
        issued_on=arrival.issued_on,
        valid_days=arrival.valid_days,
        paid_until=arrival.paid_until,
        letterhead=arrival.letterhead.stored(),
        issued_by=by,
    )
    row.count_days()
    row.save()
    audit.record("transfer.entered", of=row, by=by, details=told(row))
    title = gettext("{person}从外单位转来，等待接收").format(person=row.person_name)
    tell(those_who(ACCEPT, row.destination), title, str(row), f"/transfers/{row.pk}/", but=by)
    return row


def _waits(newcomer: Newcomer, same: Member | None) -> bool:
    waiting = Transfer.objects.open().filter(kind=Transfer.Kind.IN)
    if same and waiting.filter(member=same).exists():
        return True
    number = newcomer.citizen_number
    return bool(number) and waiting.filter(newcomer__citizen_number=number).exists()
