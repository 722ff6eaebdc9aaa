"""A change of many rows that can be taken back: an import (导入批次), or two entries of one person merged (合并)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Batch(models.Model):
    """A file on its way into the register. It outlives its file: `source` is emptied when the import starts.

    A merge is one too, done at once: its only row has what to put back (`actions.merging`).
    """

    class Kind(models.TextChoices):
        IMPORT = "import", _("导入")
        MERGE = "merge", _("合并")

    class State(models.TextChoices):
        MAPPING = "mapping", _("待对应列")
        JUDGING = "judging", _("试算中")
        REVIEW = "review", _("待确认")
        RUNNING = "running", _("导入中")
        DONE = "done", _("已导入")
        UNDONE = "undone", _("已撤销")
        DROPPED = "dropped", _("已放弃")

    kind = models.CharField(max_length=6, choices=Kind.choices, default=Kind.IMPORT, db_default=Kind.IMPORT)
    file_name = models.CharField(max_length=200)
    source = models.BinaryField(null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    by_name = models.CharField(max_length=60)
    created_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.MAPPING)
    sheet = models.CharField(max_length=100, blank=True)
    mapping = models.JSONField(default=dict)  # {"0": "name", …}: column from 0 → field
    labels = models.JSONField(default=list)  # the header as it stood, by column
    unit_aliases = models.JSONField(default=dict)  # {text in the sheet: key of a unit}
    defaults = models.JSONField(default=dict)  # {field: value} for empty cells
    as_of = models.DateField(null=True)  # the day the file speaks for
    skipped = models.JSONField(default=list)  # [[row number, why, text], …]
    counts = models.JSONField(default=dict)  # rows by verdict, at the dry run and then as imported
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by_name = models.CharField(max_length=60, blank=True)

    OPEN: ClassVar = (State.MAPPING, State.JUDGING, State.REVIEW)

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_open(self) -> bool:
        """Still before the import: columns and cells may change."""
        return self.state in self.OPEN

    @property
    def percent(self) -> int:
        return round(100 * self.done / self.total) if self.total else 100
