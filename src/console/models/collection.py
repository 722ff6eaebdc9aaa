"""One round of asking every workspace for its counts."""

from django.db import models


class Collection(models.Model):
    """`period` is the full hour. A row without `asked_at` was begun and cut: the round is taken up again."""

    period = models.DateTimeField(primary_key=True)
    began_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True, blank=True)  # all questions are in the queue
    workspaces = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.period:%Y-%m-%d %H:00}"
