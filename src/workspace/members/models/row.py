"""One row of an import: what stood there, what was made of it, and what was there before."""

from collections.abc import Collection
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from workspace.members.models.batch import Batch
from workspace.members.models.member import Member


class RowQuerySet(models.QuerySet["Row"]):
    def waiting(self) -> "RowQuerySet":
        """Good rows that are not in the register yet."""
        return self.filter(outcome=Row.Outcome.WAITING).exclude(verdict=Row.Verdict.PROBLEM)

    def unjudged(self) -> "RowQuerySet":
        """Rows of a long file whose turn in the dry run has not come."""
        return self.filter(verdict="")

    def rewrite(self, rows: Collection["Row"], fields: Collection[str]) -> None:
        """Save these fields of stored rows. One upsert: `bulk_update` builds a CASE for each row, five times slower."""
        if rows:
            self.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=fields)

    def problems(self) -> "RowQuerySet":
        return self.filter(verdict=Row.Verdict.PROBLEM)


class Row(models.Model):
    """`values` is what goes into the register, in JSON types; `before` what an update replaced, for undoing it."""

    class Verdict(models.TextChoices):
        NEW = "new", _("新增")
        UPDATED = "updated", _("更新")
        UNCHANGED = "unchanged", _("无变化")
        PROBLEM = "problem", _("有问题")

    class Outcome(models.TextChoices):
        WAITING = "", _("未导入")
        DONE = "done", _("已导入")
        UNDONE = "undone", _("已撤销")
        KEPT = "kept", _("撤销时保留")

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rows", db_index=False)
    number = models.PositiveIntegerField()  # as the spreadsheet counts, from 1
    cells = models.JSONField(default=list)  # emptied once the row is in the register
    fixes = models.JSONField(default=dict)  # {field: text typed instead of the cell}
    accepted = models.JSONField(default=list)  # codes of problems that a person looked at
    verdict = models.CharField(max_length=9, choices=Verdict.choices)
    values = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    changes = models.JSONField(default=list)  # [{field, old, new}] in words
    member = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="import_rows", db_index=False)
    before = models.JSONField(default=dict)
    outcome = models.CharField(max_length=6, choices=Outcome.choices, default=Outcome.WAITING, blank=True)

    objects = RowQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["batch", "number"], name="one_row_a_number")]

    def __str__(self) -> str:
        return f"{self.batch} · {self.number}"
