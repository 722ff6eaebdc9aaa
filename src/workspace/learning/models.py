"""Certified study hours (学时): from meetings held, classes attended and work passed, never from time on a screen."""

from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workspace.activities.models import Activity
from workspace.members.models import Member
from workspace.organization.models import Unit

LONGEST = Decimal(200)  # hours in one record: a training of five weeks


class StudyRecordQuerySet(models.QuerySet["StudyRecord"]):
    def in_year(self, year: int) -> "StudyRecordQuerySet":
        return self.filter(on__gte=date(year, 1, 1), on__lte=date(year, 12, 31))

    def below(self, unit: Unit) -> "StudyRecordQuerySet":
        return self.filter(member__unit__path__startswith=unit.path)


class StudyRecord(models.Model):
    """Hours that a person of the branch certified for a member. A mistake is undone by deleting the row."""

    class Source(models.TextChoices):
        ACTIVITY = "activity", _("组织生活")
        CLASS = "class", _("培训班")
        WORK = "work", _("学习成果")

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="study_records", db_index=False)
    on = models.DateField()
    title = models.CharField(max_length=120)
    hours = models.DecimalField(max_digits=4, decimal_places=1)
    source = models.CharField(max_length=8, choices=Source.choices)
    activity = models.ForeignKey(
        Activity, null=True, blank=True, on_delete=models.CASCADE, related_name="study_records", db_index=False
    )
    certified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    at = models.DateTimeField(auto_now_add=True)

    objects = StudyRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("学时记录")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["activity", "member"], name="once_certified_an_activity"),
            models.CheckConstraint(condition=Q(hours__gt=0, hours__lte=LONGEST), name="study_hours_in_range"),
            models.CheckConstraint(
                condition=Q(source="activity", activity__isnull=False) | ~Q(source="activity") & Q(activity=None),
                name="study_source_fits",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["member", "on"], name="study_of_member")]

    def __str__(self) -> str:
        return f"{self.title} · {self.member}"
