"""What was said and decided: minutes (会议记录), votes (表决) and resolutions (决议)."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from rules.ballots import Ballot, VoteKind
from workspace.activities.models.activity import Activity
from workspace.members.models import Member


class Minutes(models.Model):
    """The written record of one activity."""

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, primary_key=True, related_name="minutes")
    text = models.TextField()
    recorder = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return str(self.activity)


class Vote(models.Model):
    """One motion, counted. `passed` is the rule's verdict over those entitled, kept with the rule's version."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="votes", db_index=False)
    motion = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, default=VoteKind.ORDINARY)  # rules.VoteKind
    rule_key = models.CharField(max_length=80)  # rules.Rule.key
    is_secret = models.BooleanField(default=False)
    entitled = models.PositiveSmallIntegerField()
    present = models.PositiveSmallIntegerField()
    written = models.PositiveSmallIntegerField(default=0)  # absent, with an opinion handed in before (admission only)
    yes = models.PositiveSmallIntegerField()
    no = models.PositiveSmallIntegerField()
    abstain = models.PositiveSmallIntegerField()
    passed = models.BooleanField()
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(entitled__gte=F("present") + F("written")), name="vote_present_are_entitled"
            ),
            models.CheckConstraint(
                condition=Q(yes__lte=F("present") + F("written") - F("no") - F("abstain")), name="vote_one_ballot_each"
            ),
        ]

    def __str__(self) -> str:
        return self.motion

    @property
    def counted(self) -> Ballot:
        """The figures as the rules know them."""
        names = ("entitled", "present", "written", "yes", "no", "abstain")
        return Ballot(**{name: getattr(self, name) for name in names})


class Resolution(models.Model):
    """Something an activity decided, with who sees to it and by when."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="resolutions")
    text = models.CharField(max_length=500)
    owner = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="resolutions")
    due = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    done_note = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_done(self) -> bool:
        return self.done_at is not None

    def is_overdue(self, *, on: date) -> bool:
        return not self.is_done and self.due is not None and self.due < on
