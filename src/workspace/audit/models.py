"""Who did what to which thing, and when (审计记录)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """Written in the same transaction as the change it tells of. `details` never holds a whole personal number.

    The table belongs to the keeper (`tenants.keeping`): the workspace may add and read, and nothing else. `position`
    and `link` are empty until the row is sealed into the chain (`audit.chain`).
    """

    class Result(models.TextChoices):
        DONE = "done", _("成功")
        REFUSED = "refused", _("被拒绝")
        FAILED = "failed", _("失败")

    verb = models.CharField(max_length=60)  # e.g. member.transferred
    kind = models.CharField(max_length=40)  # app_label.model of the thing
    thing = models.CharField(max_length=64)  # its key
    label = models.CharField(max_length=200)  # what it was called then
    # Who it was stays in the record when the account goes: the number is no rule of the database's.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    by_name = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    details = models.JSONField(default=dict)
    role = models.CharField(max_length=60, blank=True, db_default="")  # what allowed `by` to do it, where it was asked
    result = models.CharField(max_length=8, choices=Result.choices, default=Result.DONE, db_default="done")
    unit = models.BigIntegerField(null=True)  # the organisation the thing belonged to
    address = models.CharField(max_length=45, blank=True, db_default="")  # of the network
    request = models.CharField(max_length=64, blank=True, db_default="")  # the request's id, or the job
    position = models.BigIntegerField(null=True, editable=False)
    link = models.BinaryField(null=True, editable=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["kind", "thing", "at"], name="audit_by_thing")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["position"], name="audit_position")]

    def __str__(self) -> str:
        return f"{self.verb} {self.label}"
