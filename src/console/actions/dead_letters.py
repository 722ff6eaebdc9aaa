"""What becomes of jobs that failed for good: tried once more, or discarded with a reason."""

from django.db import transaction
from django.db.models import F, Func, QuerySet
from django.utils.translation import gettext_lazy as _

from console.actions import entries
from console.models import QueueJob
from console.queries.health import failed_jobs
from shared.refusals import Refusal
from tenants.lifecycle import ReasonMissing
from workspace.accounts.models import User


class JobNotFailed(Refusal):
    message = _("任务 {number} 不在失败状态，可能已经重试或丢弃；请刷新页面查看。")


class NothingFailed(Refusal):
    message = _("任务「{name}」没有失败的，可能已经重试或丢弃；请刷新页面查看。")


@transaction.atomic
def retry_job(number: int, *, by: User) -> None:
    """Put a failed job back into its queue, for one more attempt. Raises JobNotFailed."""
    done = _call("console_retry_job", failed_jobs().filter(pk=number))
    if not done:
        raise JobNotFailed(number=number)
    entries.record("job.retried", thing=f"job:{number}", label=done[0], by=by)


@transaction.atomic
def retry_jobs(name: str, *, by: User) -> int:
    """The same for all failed jobs of one task. Returns how many. Raises NothingFailed."""
    done = _call("console_retry_job", failed_jobs(name))
    if not done:
        raise NothingFailed(name=name)
    entries.record("job.retried", thing=f"task:{name}", label=name, by=by, details={"jobs": len(done)})
    return len(done)


@transaction.atomic
def discard_job(number: int, *, by: User, reason: str) -> None:
    """Forget a failed job: what it was to do will not be done. Raises JobNotFailed, lifecycle.ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing
    done = _call("console_discard_job", failed_jobs().filter(pk=number))
    if not done:
        raise JobNotFailed(number=number)
    entries.record("job.discarded", thing=f"job:{number}", label=done[0], by=by, reason=reason)


@transaction.atomic
def discard_jobs(name: str, *, by: User, reason: str) -> int:
    """The same for all failed jobs of one task. Returns how many. Raises NothingFailed, lifecycle.ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing
    done = _call("console_discard_job", failed_jobs(name))
    if not done:
        raise NothingFailed(name=name)
    entries.record("job.discarded", thing=f"task:{name}", label=name, by=by, reason=reason, details={"jobs": len(done)})
    return len(done)


def _call(function: str, jobs: "QuerySet[QueueJob]") -> list[str]:
    """The queue's own schema is closed to the console; two functions of our migrations are the ways in. Returns the
    task of each job for which it was done."""
    rows = jobs.annotate(done=Func(F("pk"), function=function)).values_list("task_name", "done")
    return [name for name, done in rows if done]
