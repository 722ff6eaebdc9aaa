"""How steadily a workspace works, from dates alone: months in a row that were orderly, quarters above its own usual.

The two counts behind 真用 and 善用 of the adoption ladder (product.md §6).
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import TruncMonth, TruncQuarter
from django.utils import timezone

from workspace.activities.models import Activity, CheckIn, Participation, Resolution

PROMPT = timedelta(days=7)  # a record is entered in time within a week of the meeting's end
MONTHS_BACK = 12
QUARTERS_BACK = 8
HALF = 0.5


def steady_months(*, on: date, members: int) -> int:
    """Full months in a row, up to last month, in which every record was entered within seven days and half of the
    members took part in something. Two queries."""
    if not members:
        return 0
    first = _months_before(on, MONTHS_BACK)
    held = (
        Activity.objects.standing()
        .filter(unit__is_sample=False, starts_at__gte=_midnight(first), starts_at__lt=_midnight(on.replace(day=1)))
        .annotate(month=TruncMonth("starts_at"))
        .values("month")
        .annotate(held=Count("pk"), prompt=Count("pk", filter=Q(recorded_at__lte=F("ends_at") + PROMPT)))
        .order_by()
    )
    came = (
        CheckIn.objects.filter(
            activity__unit__is_sample=False, at__gte=_midnight(first), at__lt=_midnight(on.replace(day=1))
        )
        .annotate(month=TruncMonth("at"))
        .values("month")
        .annotate(people=Count("member", distinct=True))
        .order_by()
    )
    prompt = {_day(row["month"]) for row in held if row["held"] == row["prompt"]}
    attended = {_day(row["month"]) for row in came if row["people"] >= HALF * members}
    return _run(on, lambda back: _months_before(on, back) in prompt & attended, MONTHS_BACK)


def strong_quarters(*, on: date) -> int:
    """Full quarters in a row, up to the last one, in which both follow-through (resolutions done by their day) and the
    link between online and offline (meetings with something to prepare and a word afterwards) stood above the
    workspace's own median over the quarters before. Two queries."""
    this_quarter = _quarters_before(on, 0)
    first = _quarters_before(on, QUARTERS_BACK)
    done = (
        Resolution.objects.filter(activity__unit__is_sample=False, due__gte=first, due__lt=this_quarter)
        .annotate(quarter=TruncQuarter("due"))
        .values("quarter")
        .annotate(all=Count("pk"), part=Count("pk", filter=Q(done_at__date__lte=F("due"))))
        .order_by()
    )
    remarked = Participation.objects.filter(activity=OuterRef("pk"), remarked_at__isnull=False)
    linked = (
        Activity.objects.standing()
        .filter(unit__is_sample=False, starts_at__gte=_midnight(first), starts_at__lt=_midnight(this_quarter))
        .annotate(quarter=TruncQuarter("starts_at"))
        .values("quarter")
        .annotate(all=Count("pk"), part=Count("pk", filter=~Q(preparation="") & Q(Exists(remarked))))
        .order_by()
    )
    rates = [_rates(done), _rates(linked)]
    return _run(on, lambda back: all(_above_own_median(each, on, back) for each in rates), QUARTERS_BACK)


def _rates(rows: Any) -> dict[date, float]:
    return {_day(row["quarter"]): row["part"] / row["all"] for row in rows}


def _above_own_median(rates: Mapping[date, float], on: date, back: int) -> bool:
    """Against the quarters before that one; with none before there is nothing to stand above."""
    quarter = _quarters_before(on, back)
    before = [rate for day, rate in rates.items() if day < quarter]
    return quarter in rates and bool(before) and rates[quarter] > median(before)


def _run(on: date, holds: Callable[[int], bool], most: int) -> int:
    """How many of the periods 1, 2, 3 … back hold before the first that does not."""
    length = 0
    while length < most and holds(length + 1):
        length += 1
    return length


def _months_before(on: date, back: int) -> date:
    """The first day of the month that many months before the month of `on`."""
    index = on.year * 12 + on.month - 1 - back
    return date(index // 12, index % 12 + 1, 1)


def _quarters_before(on: date, back: int) -> date:
    """The first day of the quarter that many quarters before the quarter of `on`."""
    return _months_before(on, (on.month - 1) % 3 + 3 * back)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day))  # noqa: DTZ001 - made aware here


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
