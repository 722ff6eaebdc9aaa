"""Write down what happened to a unit on which day, in the transaction of the verb; and refuse days out of order."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from shared.clock import today
from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.organization.models import Change, Unit
from workspace.organization.standing import NO_BASIS, Basis, Other, Standing

Kind = Change.Kind


class InTheFuture(Refusal):
    message = _("生效日期不能晚于今天。组织树马上就会改，还没生效的变动请到那一天再登记。")
    status = 400


class BeforeItExisted(Refusal):
    message = _("{unit}{on}才成立，不能登记更早的变动。请核对生效日期，或先更正成立日期。")
    status = 400


class OutOfOrder(Refusal):
    message = _("{unit}已有{on}的“{kind}”，不能再登记更早的变动。请核对生效日期。")
    status = 400


class AboveTooYoung(Refusal):
    message = _("{above}{on}才成立，{unit}不能在更早的日期归它。请核对生效日期。")
    status = 400


def note(
    unit: Unit,
    kind: str,
    *,
    on: date,
    by: User | None,
    before: Standing | None,
    after: Standing | None,
    basis: Basis = NO_BASIS,
    others: Sequence[Other] = (),
) -> Change:
    """The row. Days are checked by the verb, before it changes anything."""
    return Change.objects.create(
        unit=unit,
        kind=kind,
        on=on,
        by=by,
        before=before.stored() if before else None,
        after=after.stored() if after else None,
        basis=basis.stored(),
        others=[other.stored() for other in others],
    )


def day_for(unit: Unit, on: date | None) -> date:
    """The day a change of the unit takes effect, today when none is given. Raises InTheFuture, BeforeItExisted or
    OutOfOrder: a change may be registered late, never before the last one of the same unit.
    """
    present = today()
    day = on or present
    if day > present:
        raise InTheFuture
    last = last_of(unit)
    if unit.established_on and day < unit.established_on <= present:
        raise BeforeItExisted(unit=unit, on=unit.established_on)
    if last is None or day >= last.on:
        return day
    if last.paper.is_assumed:
        # Nobody said when the unit began; what is known now is that it was there on this day.
        Change.objects.filter(pk=last.pk).update(on=day)
        return day
    if last.kind == Kind.ESTABLISHED:
        raise BeforeItExisted(unit=unit, on=last.on)
    raise OutOfOrder(unit=unit, on=last.on, kind=last.get_kind_display())


def refuse_younger(above: Unit, unit: Unit, on: date) -> None:
    """Raise AboveTooYoung when the unit above is known to have begun after that day."""
    if above.established_on and on < above.established_on:
        raise AboveTooYoung(above=above, unit=unit, on=above.established_on)


def last_of(unit: Unit) -> Change | None:
    return Change.objects.filter(unit=unit).in_order().last()
