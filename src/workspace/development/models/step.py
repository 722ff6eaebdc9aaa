"""A step of a case that was done."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from rules import Done, Outcome
from workspace.development.models.case import Case
from workspace.development.models.details import Details


class Step(models.Model):
    """One row each time; a mistake is undone by deleting the newest. `on` is None for a day nobody wrote down."""

    OUTCOMES: ClassVar = [(outcome.value, outcome.label) for outcome in Outcome]

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="steps")
    code = models.CharField(max_length=40)  # rules.AdmissionStep.code
    on = models.DateField(null=True)
    outcome = models.CharField(max_length=10, choices=OUTCOMES, default=Outcome.PASSED.value)
    basis = models.CharField(max_length=200, blank=True)  # the meeting or the document it rests on
    details = models.JSONField(default=dict)  # details.Details
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.code} · {self.case}"

    @property
    def told(self) -> Details:
        return Details.from_plain(self.details)

    @property
    def done(self) -> Done:
        """The step as the rules know it. A refusal of theirs to read it means the row was written past our actions."""
        told = self.told
        return Done(
            step=self.code,
            on=self.on,
            outcome=Outcome(self.outcome),
            months=told.months,
            people=len(told.people) if told.people else None,
            days=told.days,
            hours=told.hours,
        )
