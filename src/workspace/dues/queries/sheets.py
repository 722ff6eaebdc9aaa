"""One month of one branch (党费收缴表): who owes what, who settled it, and totals that reconcile."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Q

from workspace.dues.models import Basis, Payment
from workspace.dues.queries.owing import owing
from workspace.dues.queries.places import places_since
from workspace.members.models import Member
from workspace.organization.models import Unit

_NOTHING = Decimal(0)


@dataclass(frozen=True)
class Line:
    """A member's month. `basis` is None until somebody assesses them, `payment` until the month is settled."""

    member: Member
    basis: Basis | None
    payment: Payment | None

    @property
    def due(self) -> Decimal:
        return self.basis.monthly if self.basis else _NOTHING

    @property
    def is_waived(self) -> bool:
        return self.payment is not None and self.payment.method == Payment.Method.WAIVED

    @property
    def is_unpaid(self) -> bool:
        """Assessed and not settled."""
        return self.basis is not None and self.payment is None


@dataclass(frozen=True)
class Totals:
    """Yuan. Always `expected + extra == received + waived + outstanding`."""

    expected: Decimal
    received: Decimal
    waived: Decimal
    outstanding: Decimal
    extra: Decimal  # paid above (or, negative, below) what was assessed

    @property
    def reconciles(self) -> bool:
        return self.expected + self.extra == self.received + self.waived + self.outstanding


@dataclass(frozen=True)
class Sheet:
    unit: Unit
    month: date
    lines: list[Line] = field(default_factory=list)

    @property
    def unpaid(self) -> list[Line]:
        return [line for line in self.lines if line.is_unpaid]

    @property
    def settled(self) -> list[Line]:
        return [line for line in self.lines if line.payment]

    @property
    def not_assessed(self) -> list[Line]:
        return [line for line in self.lines if line.basis is None]

    @property
    def totals(self) -> Totals:
        paid = [line for line in self.settled if not line.is_waived]
        received = sum((line.payment.amount for line in paid if line.payment), _NOTHING)
        return Totals(
            expected=sum((line.due for line in self.lines), _NOTHING),
            received=received,
            waived=sum((line.due for line in self.lines if line.is_waived), _NOTHING),
            outstanding=sum((line.due for line in self.unpaid), _NOTHING),
            extra=received - sum((line.due for line in paid), _NOTHING),
        )


def sheet_of(unit: Unit, month: date) -> Sheet:
    """The branch in the month (its first day), by name: those whose relation was here when it began. Five queries,
    and one more where somebody has moved since."""
    places = places_since(month)
    here = Q(unit__path__startswith=unit.path) & ~Q(pk__in=places.moved(month))
    found = owing(month).filter(here | Q(pk__in=places.paid_below(unit, month)))
    members = list(found.order_by("pinyin", "pk"))
    keys = [member.pk for member in members]
    bases = {basis.member_id: basis for basis in Basis.objects.in_force(month).filter(member__in=keys)}
    payments = {paid.member_id: paid for paid in Payment.objects.filter(member__in=keys, month=month)}
    return Sheet(unit, month, [Line(one, bases.get(one.pk), payments.get(one.pk)) for one in members])
