"""Work for later: load ids, call one action."""

from shared.clock import today
from shared.queue import task
from workspace.transfers.actions import reminding


@task("transfers.remind", cron="40 1 * * *")
def remind() -> None:
    """Each night: letters that run out, contacts that are due."""
    reminding.remind(on=today())
