"""What a fresh workspace owes from its first day."""

from shared.clock import today
from workspace.activities.actions.obligations import renew_many
from workspace.organization.models import Unit


def seed() -> None:
    """This year's obligations of the tree that was just set up."""
    day = today()
    renew_many(list(Unit.objects.all().open()), year=day.year, on=day)
