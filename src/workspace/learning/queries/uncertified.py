"""Closed activities that people learned in, and whose hours nobody has certified yet."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, Exists, OuterRef

from rules import EventKind
from workspace.activities.models import Activity, ActivityQuerySet
from workspace.learning.models import StudyRecord
from workspace.organization.models import Unit

# What counts as study by its kind; anything else is entered by hand, by somebody who says so.
KINDS = (EventKind.LECTURE, EventKind.TRAINING, EventKind.PARTY_DAY)
_HALF = Decimal("0.5")
_HALF_HOUR_S = 1800


def counts_as_study(activity: Activity) -> bool:
    return any(kind.value in activity.kinds for kind in KINDS)


def hours_of(activity: Activity) -> Decimal:
    """How long it lasted, to the nearest half hour, and never less than one half."""
    seconds = Decimal((activity.ends_at - activity.starts_at).total_seconds())
    halves = (seconds / _HALF_HOUR_S).quantize(Decimal(1), ROUND_HALF_UP)
    return max(halves, Decimal(1)) * _HALF


def uncertified(unit: Unit, year: int) -> ActivityQuerySet:
    """Those of the unit and below, newest first, with the number of people `present`. One query."""
    certified = StudyRecord.objects.filter(activity=OuterRef("pk"))
    return (
        Activity.objects.closed()
        .below(unit)
        .between(date(year, 1, 1), date(year, 12, 31))
        .filter(~Exists(certified), kinds__overlap=[kind.value for kind in KINDS])
        .annotate(present=Count("check_ins"))
        .filter(present__gt=0)
        .select_related("unit")
        .order_by("-starts_at", "-pk")
    )
