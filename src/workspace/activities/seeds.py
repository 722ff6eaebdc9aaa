"""What a fresh workspace owes from its first day."""

from datetime import date

from workspace.activities.actions.obligations import renew_many
from workspace.organization.models import Unit


def furnish(*, on: date) -> None:
    """This year's obligations of the tree that was just set up."""
    renew_many(list(Unit.objects.all().open()), year=on.year, on=on)
