"""Development cases (发展党员): one person's way from the application to full membership."""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rules import AdmissionStage
from workspace.members.models import Member
from workspace.organization.models import Unit


class CaseQuerySet(models.QuerySet["Case"]):
    def open(self) -> "CaseQuerySet":
        """Under way, of people who are on the register."""
        return self.filter(state=Case.State.OPEN, member__left_on__isnull=True)

    def below(self, unit: Unit) -> "CaseQuerySet":
        return self.filter(member__unit__path__startswith=unit.path)

    def overdue(self, on: date) -> "CaseQuerySet":
        """Under way, with a step whose last day has passed."""
        return self.open().filter(next_due__lt=on)


class Case(models.Model):
    """The unit is the member's: a case travels with the person.

    `opened_on` chooses the text of the rules for good. `stage`, `next_step`, `next_due` and `asks_above` follow from
    the steps (`actions.refreshing`), kept so that lists need not plan every case.
    """

    class State(models.TextChoices):
        OPEN = "open", _("进行中")
        DONE = "done", _("已归档")
        CANCELLED = "cancelled", _("取消资格")
        STOPPED = "stopped", _("已停止")

    STAGES: ClassVar = [(stage.value, stage.label) for stage in AdmissionStage]

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="development_cases", db_index=False)
    opened_on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    ended_on = models.DateField(null=True)
    ending = models.CharField(max_length=200, blank=True)  # why it was stopped
    is_special = models.BooleanField(default=False)  # approval may take six months instead of three
    stage = models.CharField(max_length=20, choices=STAGES, default=AdmissionStage.APPLICATION.value)
    next_step = models.CharField(max_length=40, blank=True)  # code of what to do first
    next_due = models.DateField(null=True)
    asks_above = models.BooleanField(default=False)  # something waits for the level above
    reminded = models.CharField(max_length=80, blank=True)  # what was reminded of last: step, day, soon or late
    materials = models.JSONField(default=dict)  # {code: {"on": day, "place": text}}: papers received
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    updated_at = models.DateTimeField(auto_now=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("发展党员档案")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["member"], condition=Q(state="open"), name="one_open_case_a_person"),
        ]

    def __str__(self) -> str:
        return str(self.member)

    def save(self, *args: Any, update_fields: Any = None, **kwargs: Any) -> None:
        """Keep the time of the change with any change."""
        if update_fields is not None:
            update_fields = {*update_fields, "updated_at"}
        super().save(*args, update_fields=update_fields, **kwargs)

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def unit(self) -> Unit:
        return self.member.unit
