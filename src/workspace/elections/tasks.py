"""Work for later: load ids, call one action."""

from shared.clock import today
from shared.queue import task
from workspace.elections.actions import reminding


@task("elections.remind", cron="20 7 * * *")
def remind() -> None:
    """Each morning: terms that end soon or are over."""
    reminding.remind(on=today())
