"""What a unit owes in a period because of a rule (应开展事项)."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

import rules
from workspace.activities.models.activity import Activity
from workspace.organization.models import Unit


class ObligationQuerySet(models.QuerySet["Obligation"]):
    def of_year(self, year: int) -> "ObligationQuerySet":
        return self.filter(period_start__gte=date(year, 1, 1), period_start__lte=date(year, 12, 31))

    def below(self, unit: Unit) -> "ObligationQuerySet":
        """Those of the unit and of everything under it."""
        return self.filter(unit__path__startswith=unit.path)

    def overdue(self, *, on: date) -> "ObligationQuerySet":
        """Open, and the due day has passed."""
        return self.filter(state=Obligation.State.OPEN, due__lt=on)


class Obligation(models.Model):
    """One row per unit, rule and period. The state is written whenever an activity closes or reopens; whether an open
    one is overdue is read off the day, so no row has to change at midnight."""

    class State(models.TextChoices):
        """The words of `rules.State`."""

        OPEN = "open", _("未完成")
        MET = "met", _("已完成")
        LATE = "late", _("逾期完成")
        EXEMPT = "exempt", _("免除")

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="obligations", db_index=False)
    rule_code = models.CharField(max_length=60)
    rule_key = models.CharField(max_length=80)  # the version it is judged by
    kinds = ArrayField(models.CharField(max_length=40))  # any of these kinds of event serves
    period = models.CharField(max_length=8)  # 2026-09, 2026-Q3, 2026-H1, 2026
    period_start = models.DateField()
    period_end = models.DateField()
    due = models.DateField()
    needed = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    met_by = models.ForeignKey(
        Activity, null=True, blank=True, on_delete=models.SET_NULL, related_name="met", db_index=False
    )
    met_on = models.DateField(null=True, blank=True)
    exempt_reason = models.CharField(max_length=200, blank=True)
    exempt_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )

    objects = ObligationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "rule_code", "period"], name="obligation_once_a_period"),
            models.CheckConstraint(
                condition=~models.Q(state="exempt") | ~models.Q(exempt_reason=""), name="obligation_exempt_says_why"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["due"], name="obligation_by_due")]

    def __str__(self) -> str:
        return self.label

    @property
    def key(self) -> str:
        """As `rules.Obligation.key`: stable within the unit."""
        return f"{self.rule_code}/{self.period}"

    @property
    def rule(self) -> rules.Rule:
        """The version of the rule it is judged by."""
        return rules.version(self.rule_key)

    @property
    def owed(self) -> rules.Obligation:
        """The same thing as the rules know it."""
        whole = named_period(self.period)
        period = rules.Period(self.period_start, self.period_end, whole.code, whole.label, whole.label_en)
        kinds = frozenset(rules.EventKind(kind) for kind in self.kinds)
        return rules.Obligation(self.rule, kinds, period, self.due, self.needed)

    @property
    def label(self) -> str:
        """2026年第三季度 党员大会, in the reader's language."""
        return self.owed.title_en if (get_language() or "").startswith("en") else self.owed.title

    @property
    def kind_names(self) -> list[str]:
        english = (get_language() or "").startswith("en")
        return [kind.label_en if english else kind.label for kind in rules.EventKind if kind.value in self.kinds]

    def is_overdue(self, *, on: date) -> bool:
        return self.state == self.State.OPEN and self.due < on


def named_period(code: str) -> rules.Period:
    """The whole period a code stands for (2026-09, 2026-Q3, 2026-H1, 2026). Raises LookupError for anything else."""
    year, _dash, part = code.partition("-")
    every = _EVERY.get(part[:1], rules.Every.MONTH)
    for period in rules.periods(int(year), every):
        if period.code == code:
            return period
    raise LookupError(f"no period is called {code!r}")


_EVERY = {"": rules.Every.YEAR, "Q": rules.Every.QUARTER, "H": rules.Every.HALF_YEAR}
