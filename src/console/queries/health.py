"""Whether the machinery runs: queue, workers, schema versions, size."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Max, Min, OuterRef, Q, QuerySet, Subquery

from console.models import Database, QueueJob, QueueWorker

# A worker gives a sign every ten seconds; after this long without one it is taken for dead.
HEARTBEAT_WITHIN = timedelta(seconds=60)
WAITING_TOO_LONG = timedelta(minutes=5)


@dataclass(frozen=True)
class Queue:
    """One queue: how many jobs wait, run and have failed, and since when the oldest that could run waits."""

    name: str
    waiting: int
    planned: int  # for later, by their own wish
    running: int
    failed: int
    parked: int  # of workspaces that do not serve now
    oldest: datetime | None

    def is_slow(self, *, at: datetime) -> bool:
        """Whether somebody should look."""
        return self.oldest is not None and at - self.oldest > WAITING_TOO_LONG


def queues(*, at: datetime) -> list[Queue]:
    """In one query, by name."""
    due = Q(status="todo", parked=False) & (Q(scheduled_at__isnull=True) | Q(scheduled_at__lte=at))
    rows = (
        QueueJob.objects.values("queue_name")
        .annotate(
            waiting=Count("pk", filter=due),
            planned=Count("pk", filter=Q(status="todo", parked=False, scheduled_at__gt=at)),
            set_aside=Count("pk", filter=Q(parked=True)),
            running=Count("pk", filter=Q(status="doing")),
            failed=Count("pk", filter=Q(status="failed")),
            oldest=Min("deferred_at", filter=due),
        )
        .order_by("queue_name")
    )
    return [
        Queue(
            name=row["queue_name"],
            waiting=row["waiting"],
            planned=row["planned"],
            parked=row["set_aside"],
            running=row["running"],
            failed=row["failed"],
            oldest=row["oldest"],
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Failing:
    """A task of which jobs have failed for good: how many, the newest of them when and of what."""

    name: str
    number: int
    at: datetime | None
    error: str


def failed_jobs(name: str = "") -> "QuerySet[QueueJob]":
    """Jobs that used up their attempts; of one task where a name is given."""
    found = QueueJob.objects.filter(status="failed")
    return found.filter(task_name=name) if name else found


def failing() -> list[Failing]:
    """The tasks that fail, the one with the most jobs first."""
    newest = failed_jobs().filter(task_name=OuterRef("task_name")).order_by(F("failed_at").desc(nulls_last=True), "-pk")
    rows = (
        failed_jobs()
        .values("task_name")
        .annotate(number=Count("pk"), at=Max("failed_at"), error=Subquery(newest.values("error")[:1]))
        .order_by("-number", "task_name")
    )
    return [Failing(row["task_name"], row["number"], row["at"], row["error"]) for row in rows]


def workers() -> list[QueueWorker]:
    """Worker processes the queue knows, the liveliest first."""
    return list(QueueWorker.objects.order_by("-last_heartbeat"))


def is_alive(worker: QueueWorker, *, at: datetime) -> bool:
    """Whether it gave a sign lately."""
    return at - worker.last_heartbeat <= HEARTBEAT_WITHIN


def database_bytes() -> int:
    """Everything on disk."""
    return Database.objects.values_list("bytes", flat=True).get()
