"""Who of the operators did what to which thing, when and why (运营记录)."""

from typing import ClassVar

from django.db import models


class OperatorEntry(models.Model):
    """Written with the change it tells of; a trigger refuses every update and delete. The operator's name is kept as it
    was then, without a key into the accounts, so that the record outlives the account."""

    by = models.CharField(max_length=64)  # user name; empty when the machinery did it
    by_name = models.CharField(max_length=60, blank=True)
    verb = models.CharField(max_length=60)  # e.g. workspace.suspended
    thing = models.CharField(max_length=80)  # e.g. workspace:6f1c…
    label = models.CharField(max_length=200)  # what it was called then
    reason = models.CharField(max_length=500, blank=True)
    details = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["-at"], name="operator_entry_newest"),
            models.Index(fields=["thing", "-at"], name="operator_entry_by_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.by_name or self.by} {self.verb} {self.label}"
