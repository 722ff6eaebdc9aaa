"""Where a unit stands and where it could stand."""

from workspace.accounts.models import User
from workspace.organization import nesting
from workspace.organization.models import Unit, UnitQuerySet
from workspace.organization.visibility import units_where


def above(unit: Unit) -> UnitQuerySet:
    """The units it stands under, the highest first. Names of superiors are known to everybody in the house."""
    return Unit.objects.above(unit)


def move_targets(unit: Unit, user: User) -> UnitQuerySet:
    """Open units that this person may change and that may hold the unit; where it stands now is left out."""
    return (
        units_where(user, "unit.change")
        .open()
        .filter(type__in=nesting.parents_for(unit.type))
        .exclude(path__startswith=unit.path)
        .exclude(path=unit.parent_path)
    )


def parent_of(unit: Unit) -> Unit | None:
    """The unit above, or None for the root."""
    return Unit.objects.filter(path=unit.parent_path).first() if unit.parent_path else None


def types_below(unit: Unit) -> tuple[Unit.Type, ...]:
    """The types that may be set up under the unit; none when it is closed or a party group."""
    return nesting.allowed_under(unit) if unit.is_open else ()
