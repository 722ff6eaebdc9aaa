"""The whole platform on one day, so that a trend costs one row a day and not one a workspace."""

from django.db import models


class PlatformDay(models.Model):
    """Counts of workspaces. `stages` and `steps` map a number of Stage or Step to how many stand there or further."""

    day = models.DateField(primary_key=True)
    workspaces = models.PositiveIntegerField()
    weekly = models.PositiveIntegerField()  # workspaces somebody used during the week
    members = models.PositiveBigIntegerField()
    stages = models.JSONField()
    steps = models.JSONField()

    def __str__(self) -> str:
        return str(self.day)
