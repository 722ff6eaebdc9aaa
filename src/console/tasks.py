"""What the worker does for the operators."""

from uuid import UUID

from console.actions import alarms, measuring
from shared.clock import now
from shared.queue import MAIL_ATTEMPTS, task
from tenants.models import Tenant


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


@task("console.give_alarms", area="control", attempts=1, cron="* * * * *")
def give_alarms() -> None:
    """Each minute: has a task failed for good of which the operators do not know?"""
    alarms.tell(at=now())


@task("console.mail_broken_record", area="control", attempts=MAIL_ATTEMPTS)
def mail_broken_record(tenant: str, fault: str, position: int) -> None:
    alarms.mail_broken_record(Tenant.objects.get(uuid=UUID(tenant)), fault=fault, position=position)


@task("console.mail_alarm", area="control", attempts=MAIL_ATTEMPTS)
def mail_alarm(task_name: str, number: int) -> None:
    alarms.mail(task_name, number=number)
