"""What the worker does for development cases."""

from shared.clock import today
from shared.queue import task
from workspace.development.actions.reminding import remind_all


@task("development.remind_all", cron="40 6 * * *")
def remind() -> None:
    """Each morning, the days of every open case are worked out again, and people hear what is near or late."""
    remind_all(on=today())
