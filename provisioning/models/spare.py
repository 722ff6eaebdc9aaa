"""A workspace schema that nobody has yet (备用空间)."""

from django.db import models


class Spare(models.Model):
    """A schema with its role, empty tables in it once `head` says of which release. It holds no row of anybody's."""

    schema_name = models.CharField(max_length=18, unique=True)
    head = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.schema_name
