"""Set a unit up (设立)."""

from dataclasses import asdict, replace

from django.db import transaction

from shared.clock import today
from shared.queue import later
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.organization.actions import chronicle
from workspace.organization.actions.locking import locked
from workspace.organization.actions.placing import refuse_bad_place, refuse_taken_code
from workspace.organization.facts import Facts
from workspace.organization.models import Unit
from workspace.organization.standing import NO_BASIS, Basis, Other, Standing


@transaction.atomic
def create(
    parent: Unit, facts: Facts, *, by: User | None, basis: Basis = NO_BASIS, split_from: Unit | None = None
) -> Unit:
    """A new unit as the last child of `parent`. Raises ParentClosed, CannotHold, NameTaken or CodeTaken.

    `split_from` is the unit whose people it takes over, when it comes out of another one.
    """
    above = locked(parent)
    refuse_bad_place(above, name=facts.name, kind=facts.type)
    refuse_taken_code(facts.code)
    unit: Unit = Unit.objects.add_child(above, instance=Unit(**asdict(facts)))
    chronicle.note(
        unit,
        chronicle.Kind.SPLIT if split_from else chronicle.Kind.ESTABLISHED,
        on=facts.established_on or today(),
        by=by,
        before=None,
        after=Standing(unit.name, unit.type, above.pk),
        basis=replace(basis, is_assumed=facts.established_on is None),
        others=[Other(split_from.pk, split_from.name)] if split_from else [],
    )
    audit.record("unit.created", of=unit, by=by, details={"parent": str(above), "type": unit.get_type_display()})
    if by is not None:
        # what a person sets up owes at once; what the machinery seeds is drawn up by the seeds
        later("activities.renew", unit_id=unit.pk)
    return unit
