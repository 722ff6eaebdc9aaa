"""The election of a unit's committee, or of its secretary alone, as one case from the request to the filing."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workspace.elections.models.candidates import Candidate
from workspace.elections.models.papers import About, Paper
from workspace.elections.models.rolls import Roll
from workspace.elections.models.rounds import Round
from workspace.elections.models.seats import Seat
from workspace.organization.models import Unit


class ElectionQuerySet(models.QuerySet["Election"]):
    def running(self) -> "ElectionQuerySet":
        return self.filter(state=Election.State.RUNNING)

    def asking(self) -> "ElectionQuerySet":
        """Those that wait for the level above."""
        return self.running().exclude(asks="")

    def below(self, unit: Unit) -> "ElectionQuerySet":
        return self.filter(unit__path__startswith=unit.path)


class Election(models.Model):
    """What was asked above and answered, who may vote, who stands, what was counted, and who was elected.

    At most one runs in a unit at a time, by constraint. Lists that are never read without their election stand in
    columns of it, each of a validated dataclass.
    """

    class Kind(models.TextChoices):
        COMMITTEE = "committee", _("选举委员会")
        SECRETARY = "secretary", _("不设委员会，选举书记")

    class State(models.TextChoices):
        RUNNING = "running", _("办理中")
        DONE = "done", _("已办结")
        CANCELLED = "cancelled", _("已取消")

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="elections", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    seats = models.SmallIntegerField()  # of the committee; 1 where only a secretary is elected
    deputies = models.SmallIntegerField(default=0)
    planned_on = models.DateField()
    reason = models.CharField(max_length=200, blank=True)  # 换届事由
    term_ends = models.DateField(null=True)  # of the term this one ends, as it was known when the case was opened
    held_on = models.DateField(null=True)  # the meeting's day; from then on the roll is frozen
    present = models.SmallIntegerField(null=True)  # of those entitled, when the meeting opened
    asks = models.CharField(max_length=12, choices=About.choices, blank=True)  # what the level above has to answer
    papers = models.JSONField(default=list)  # of `Paper`, oldest first
    roll = models.JSONField(default=dict)  # a `Roll`
    candidates = models.JSONField(default=list)  # of `Candidate`
    rounds = models.JSONField(default=list)  # of `Round`, as they were held
    posts = models.JSONField(default=list)  # of `Seat`: who takes which post
    remark = models.CharField(max_length=200, blank=True)  # why it was cancelled; roles that people still have to give
    closed_on = models.DateField(null=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ElectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("换届选举")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit"], condition=Q(state="running"), name="one_election_at_a_time"),
            models.CheckConstraint(condition=Q(seats__gte=1) & Q(deputies__gte=0), name="seats_to_be_filled"),
            models.CheckConstraint(
                condition=Q(state="running", closed_on=None) | (~Q(state="running") & Q(closed_on__isnull=False)),
                name="election_closed_with_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.get_kind_display()} · {self.planned_on:%Y-%m}"

    @property
    def is_running(self) -> bool:
        return self.state == self.State.RUNNING

    @property
    def elects_committee(self) -> bool:
        return self.kind == self.Kind.COMMITTEE

    @property
    def sheets(self) -> list[Paper]:
        """What was asked above, oldest first."""
        return [Paper.of(row) for row in self.papers]

    def last(self, about: str) -> Paper | None:
        """The newest paper about something."""
        return next((paper for paper in reversed(self.sheets) if paper.about == about), None)

    def is_approved(self, about: str) -> bool:
        found = self.last(about)
        return found is not None and found.is_approved

    @property
    def list_of_voters(self) -> Roll:
        return Roll.of(self.roll)

    @property
    def people(self) -> list[Candidate]:
        return [Candidate.of(row) for row in self.candidates]

    @property
    def counts(self) -> list[Round]:
        return [Round.of(row) for row in self.rounds]

    @property
    def outcome(self) -> list[Seat]:
        return [Seat.of(row) for row in self.posts]
