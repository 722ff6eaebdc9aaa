"""What may be merged into a unit."""

from workspace.accounts.models import User
from workspace.organization.models import Unit, UnitQuerySet
from workspace.organization.visibility import units_where


def mergeable(into: Unit, user: User, *, everywhere: bool = False) -> UnitQuerySet:
    """Open units of the same level that this person may change: siblings, or from everywhere."""
    units = units_where(user, "unit.change").open().filter(depth__gt=1, is_sample=False).exclude(pk=into.pk)
    if into.is_branch:
        units = units.branches()
    elif into.type == Unit.Type.GROUP:
        units = units.filter(type=Unit.Type.GROUP)
    else:
        units = units.exclude(type__in=[*Unit.BRANCHES, Unit.Type.GROUP])
    if into.is_temporary:
        units = units.filter(type__in=Unit.TEMPORARY)
    units = units.exclude(path__startswith=into.path).exclude(pk__in=Unit.objects.above(into).values("pk"))
    return units if everywhere else units.filter(path__startswith=into.parent_path or into.path, depth=into.depth)
