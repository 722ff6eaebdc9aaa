"""Work for later: load ids, call one action."""

from shared.clock import now, today
from shared.queue import task
from workspace.archives import running
from workspace.archives.models import Schedule


@task("archives.run_schedules", cron="20 5 * * *")
def run_schedules() -> None:
    """Each morning: what is due today, or was missed while nothing ran."""
    running.put_off_due(on=today())


@task("archives.run_schedule")
def run_schedule(schedule_id: int) -> None:
    """One scheduled export, for everybody who gets it."""
    found = Schedule.objects.filter(pk=schedule_id).first()
    if found:
        running.run(found, at=now())
