"""The appraisal of a branch's members for one year (民主评议党员), from the self-review to the timeline."""

from functools import cached_property
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workspace.appraisal.models.ballots import Ballot, Box
from workspace.appraisal.models.people import NOTE, Person
from workspace.appraisal.models.texts import Opinion, Review
from workspace.appraisal.models.verdicts import Decider, Verdict
from workspace.organization.models import Unit


class AppraisalQuerySet(models.QuerySet["Appraisal"]):
    def running(self) -> "AppraisalQuerySet":
        return self.filter(state=Appraisal.State.RUNNING)

    def standing(self) -> "AppraisalQuerySet":
        """All but those given up."""
        return self.exclude(state=Appraisal.State.CANCELLED)

    def without_texts(self) -> "AppraisalQuerySet":
        """What people wrote is long and read on few pages."""
        return self.defer("reviews", "opinions")

    def with_person(self, member: int) -> "AppraisalQuerySet":
        """Those on whose list a member stands."""
        return self.filter(people__contains=[{"member": member}])


class Appraisal(models.Model):
    """《中国共产党支部工作条例（试行）》 article 18, 《中国共产党党员教育管理工作条例》 article 18: self-review, mutual
    appraisal, ballot, the branch's verdict.

    At most one stands in a branch for a year, by constraint. Lists that are never read without their appraisal stand
    in columns of it, each of a validated dataclass. `updated_at` moves with what the branch's committee writes, not
    with what members write of themselves: it is what two editors are told apart by.
    """

    class State(models.TextChoices):
        RUNNING = "running", _("进行中")
        DONE = "done", _("已完成")
        CANCELLED = "cancelled", _("已取消")

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="appraisals", db_index=False)
    year = models.SmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    cutoff_on = models.DateField()  # 统计截止日: where everybody stood on this day says how they take part
    planned_on = models.DateField()  # the day of the meeting, as planned
    rule_key = models.CharField(max_length=60)  # the version of `appraisal.excellent_cap` this case is judged by
    people = models.JSONField(default=list)  # of `Person`
    reviews = models.JSONField(default=list)  # of `Review`
    mutual_on = models.DateField(null=True)  # the meeting's day; from then on members speak of each other
    opinions = models.JSONField(default=list)  # of `Opinion`
    box = models.JSONField(default=dict)  # a `Box` from the beginning of the ballot on
    ballot = models.JSONField(default=dict)  # a `Ballot` once it is counted
    verdicts = models.JSONField(default=list)  # of `Verdict`
    decided_by = models.CharField(max_length=10, choices=Decider.choices, blank=True)
    decided_on = models.DateField(null=True)
    cap_reason = models.CharField(max_length=NOTE, blank=True)  # why more are excellent than the rule generally allows
    announced_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    remark = models.CharField(max_length=NOTE, blank=True)  # why it was cancelled; whose timeline could not be written
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = AppraisalQuerySet.as_manager()

    class Meta:
        verbose_name = _("民主评议")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "year"], condition=~Q(state="cancelled"), name="one_appraisal_a_year"
            ),
            models.CheckConstraint(
                condition=Q(state="running", closed_on=None) | (~Q(state="running") & Q(closed_on__isnull=False)),
                name="appraisal_closed_with_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.year}"

    @property
    def is_running(self) -> bool:
        return self.state == self.State.RUNNING

    @cached_property
    def persons(self) -> list[Person]:
        return [Person.of(row) for row in self.people]

    @property
    def graded(self) -> list[Person]:
        return [one for one in self.persons if one.is_graded]

    @property
    def participants(self) -> list[Person]:
        """Who takes part, graded or not."""
        return [one for one in self.persons if one.takes_part]

    def person(self, member: int) -> Person | None:
        return next((one for one in self.persons if one.member == member), None)

    @cached_property
    def self_reviews(self) -> list[Review]:
        return [Review.of(row) for row in self.reviews]

    @cached_property
    def said(self) -> list[Opinion]:
        return [Opinion.of(row) for row in self.opinions]

    @property
    def voting(self) -> Box | None:
        return Box.of(self.box) if self.box else None

    @property
    def counted(self) -> Ballot | None:
        return Ballot.of(self.ballot) if self.ballot else None

    @property
    def outcome(self) -> list[Verdict]:
        return [Verdict.of(row) for row in self.verdicts]
