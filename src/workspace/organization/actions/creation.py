"""Set a unit up (设立)."""

from dataclasses import asdict

from django.db import transaction

from shared.queue import later
from workspace.accounts.models import User
from workspace.audit import actions as audit
from workspace.organization.actions.locking import locked
from workspace.organization.actions.placing import refuse_bad_place, refuse_taken_code
from workspace.organization.facts import Facts
from workspace.organization.models import Unit


@transaction.atomic
def create(parent: Unit, facts: Facts, *, by: User | None, is_sample: bool = False) -> Unit:
    """A new unit as the last child of `parent`. Raises ParentClosed, CannotHold, NameTaken or CodeTaken."""
    above = locked(parent)
    refuse_bad_place(above, name=facts.name, kind=facts.type)
    refuse_taken_code(facts.code)
    unit: Unit = Unit.objects.add_child(above, instance=Unit(**asdict(facts), is_sample=is_sample))
    audit.record("unit.created", of=unit, by=by, details={"parent": str(above), "type": unit.get_type_display()})
    if by is not None:
        # what a person sets up owes at once; what the machinery seeds is drawn up by the seeds
        later("activities.renew", unit_id=unit.pk)
    return unit
