"""One small table, the same in every arm."""

from django.db import models


class Note(models.Model):
    title = models.CharField(max_length=40)

    class Meta:
        app_label = "notes"

    def __str__(self) -> str:
        return self.title
