"""A sign-in that failed (登录失败)."""

from typing import ClassVar

from django.db import models


class Failure(models.Model):
    """`subject` is whom it was for: `user:<pk>`, or a digest of what was typed when it was nobody's name."""

    subject = models.CharField(max_length=64)
    address = models.GenericIPAddressField(null=True)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["subject", "-at"], name="failure_by_subject"),
            models.Index(fields=["address", "-at"], name="failure_by_address"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.at}"
