"""When the operators were last told that a task fails (告警)."""

from django.db import models


class Alarm(models.Model):
    """One row a task that has ever failed for good: they are told once an hour at most."""

    task_name = models.CharField(max_length=128, primary_key=True)
    given_at = models.DateTimeField()
    newest_at = models.DateTimeField()  # when the newest failure it told of had happened

    def __str__(self) -> str:
        return self.task_name
