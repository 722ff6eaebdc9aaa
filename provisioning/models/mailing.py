"""That a mail went out because a stranger asked: what the throttle counts."""

from typing import ClassVar

from django.db import models


class Mailing(models.Model):
    """One mail asked for on the public site. `address` is the asker's network address. Kept for a day."""

    class Purpose(models.TextChoices):
        CODE = "code", "code"
        FINDING = "finding", "finding"

    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    email = models.EmailField()
    address = models.GenericIPAddressField(null=True)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["at"], name="mailing_by_time")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.at:%Y-%m-%d %H:%M}"
