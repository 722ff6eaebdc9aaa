"""Who is expected (名单), and who was there (签到)."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from workspace.activities.models.activity import Activity
from workspace.members.models import Member


class Participation(models.Model):
    """A member stands on the roll of an activity, with what they said beforehand and afterwards."""

    class Answer(models.TextChoices):
        COMING = "coming", _("参加")
        EXCUSED = "excused", _("请假")

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="roll", db_index=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="participations")
    # Not expected: came along although nobody had to count on them (列席). Stays out of the attendance rate.
    is_expected = models.BooleanField(default=True)
    answer = models.CharField(max_length=8, choices=Answer.choices, blank=True)
    reason = models.CharField(max_length=200, blank=True)  # why not coming, or why absent
    answered_at = models.DateTimeField(null=True, blank=True)
    remark = models.TextField(blank=True)  # the member's own words after the activity (会后反馈)
    remarked_at = models.DateTimeField(null=True, blank=True)
    # When this person typed a wrong spoken code: five in ten minutes is enough.
    wrong_codes = ArrayField(models.DateTimeField(), default=list, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["activity", "member"], name="once_on_a_roll")]

    def __str__(self) -> str:
        return f"{self.member} · {self.activity}"


class CheckIn(models.Model):
    """A member was there. The row is the fact; a mistake is undone by deleting it, and the audit record keeps both."""

    class Method(models.TextChoices):
        QR = "qr", _("扫码")
        CODE = "code", _("口令")
        MANUAL = "manual", _("登记")
        REMOTE = "remote", _("线上")

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="check_ins", db_index=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="check_ins", db_index=False)
    method = models.CharField(max_length=6, choices=Method.choices)
    at = models.DateTimeField()
    device_at = models.DateTimeField(null=True, blank=True)  # what the person's own clock said
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    reason = models.CharField(max_length=200, blank=True)  # why the organiser marked it by hand

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["activity", "member"], name="one_check_in_each")]

    def __str__(self) -> str:
        return f"{self.member} · {self.activity}"
