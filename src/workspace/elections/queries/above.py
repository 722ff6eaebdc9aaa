"""The level above: which party committee answers what a unit asks."""

from workspace.organization.models import Unit

DECIDING = (Unit.Type.COMMITTEE, Unit.Type.TEMPORARY_COMMITTEE)


def committee_above(unit: Unit) -> Unit | None:
    """The nearest party committee (党委) over the unit; None when it lies outside this workspace: then those who
    work on the election write down what it answered."""
    return Unit.objects.above(unit).filter(type__in=DECIDING, closed_on__isnull=True).order_by("-depth").first()
