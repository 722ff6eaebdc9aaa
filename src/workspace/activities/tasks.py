"""What the worker does for activities."""

from shared.clock import today
from shared.queue import task
from workspace.activities.actions.obligations import renew_many
from workspace.activities.queries.events import owner_path
from workspace.organization.models import Unit


@task("activities.renew_all", cron="15 1 * * *")
def renew_all() -> None:
    """Each night, this year's obligations of every open unit follow its structure; in December the next year's too."""
    day = today()
    units = list(Unit.objects.all().open())
    renew_many(units, year=day.year, on=day)
    if day.month == 12:
        renew_many(units, year=day.year + 1, on=day)


@task("activities.renew")
def renew(unit_id: int) -> None:
    """After a change of structure: the obligations of one unit, or of the branch when it is a party group."""
    unit = Unit.objects.filter(pk=unit_id).first()
    owner = Unit.objects.filter(path=owner_path(unit)).first() if unit else None
    if owner is not None:
        renew_many([owner], year=today().year, on=today())
