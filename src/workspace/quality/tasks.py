"""Work for later: call one action."""

from shared.clock import now
from shared.queue import task
from workspace.quality import actions


@task("quality.close_done", cron="20 2 * * *")
def close_done() -> None:
    """Each night, what branches were asked to complete and have completed is closed."""
    actions.close_done(at=now())
