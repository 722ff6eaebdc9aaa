"""The queue, seen through windows: views of the control schema that show no job's arguments.

The control role has no right on the queue's own schema; what it may see and the two things it may do there (try a
failed job again, discard it) are made in this app's migrations.
"""

from django.db import models


class QueueJob(models.Model):
    """One job, without its arguments."""

    id = models.BigIntegerField(primary_key=True)
    queue_name = models.CharField(max_length=128)
    task_name = models.CharField(max_length=128)
    status = models.CharField(max_length=12)  # todo, doing, failed, cancelled
    attempts = models.IntegerField()
    scheduled_at = models.DateTimeField(null=True)
    workspace = models.UUIDField(null=True)  # whose job it is; empty for the platform's own
    deferred_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(null=True)
    parked = models.BooleanField()  # its workspace does not serve now
    error = models.CharField(max_length=200)  # of a job that failed for good, without what it quoted
    failed_at = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = "console_queue_job"

    def __str__(self) -> str:
        return f"{self.task_name} {self.pk}"


class QueueWorker(models.Model):
    """A worker process and when it last gave a sign."""

    id = models.BigIntegerField(primary_key=True)
    last_heartbeat = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "console_queue_worker"

    def __str__(self) -> str:
        return str(self.pk)


class Database(models.Model):
    """One row: how large everything is, on disk."""

    bytes = models.BigIntegerField()

    class Meta:
        managed = False
        db_table = "console_database"

    def __str__(self) -> str:
        return str(self.bytes)
