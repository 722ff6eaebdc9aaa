"""What a workspace of one kind starts with on one day, as statements (种子)."""

from typing import ClassVar

from django.db import models


class SeedImage(models.Model):
    """Made from the rows that the product's own seeding wrote into a scratch schema. No person and no secret in it."""

    head = models.CharField(max_length=64)
    kind = models.CharField(max_length=24)
    day = models.DateField()  # Asia/Shanghai: what is already past is not owed
    statements = models.TextField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["head", "kind", "day"], name="one_image_a_day")]

    def __str__(self) -> str:
        return f"{self.kind} {self.day}"
