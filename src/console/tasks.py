"""What the worker does for the operators."""

from uuid import UUID

from console.actions import measuring
from shared.clock import now
from shared.queue import task


@task("console.collect", area="control", cron="7 * * * *")
def collect() -> None:
    """Seven minutes past each hour, ask every serving workspace for its counts."""
    measuring.collect(at=now())


@task("console.greet", area="control", cron="* * * * *")
def greet() -> None:
    """Every minute, ask the workspaces that opened since: an opening itself does nothing that can wait."""
    measuring.greet(at=now())


@task("console.measure", area="control", attempts=3)
def measure(tenant: str) -> None:
    """Count one workspace."""
    measuring.measure(UUID(tenant), at=now())
