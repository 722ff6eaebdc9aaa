"""How what was owed stands, as shares by unit path or by month."""

from collections.abc import Collection
from datetime import date

import rules
from workspace.activities.models import Obligation
from workspace.activities.queries import figures
from workspace.indicators.reach import Reach
from workspace.indicators.shares import Share, of_tally
from workspace.indicators.spans import Span, months_before
from workspace.organization.models import Unit


def by_path(reach: Reach, codes: Collection[str] = (), *, span: Span | None = None) -> dict[str, rules.Tally]:
    """Tallies of the obligations due in the span, by unit path. One query for all sets of codes of a span."""
    found: dict[str, list[rules.Tally]] = {}
    for (path, code), tally in _by_path_and_rule(reach, span or reach.span).items():
        if not codes or code in codes:
            found.setdefault(path, []).append(tally)
    return {path: added(tallies) if len(tallies) > 1 else tallies[0] for path, tallies in found.items()}


def by_rule(reach: Reach, codes: Collection[str] = ()) -> dict[str, rules.Tally]:
    """By rule code. Shares its query with `by_path`."""
    found: dict[str, list[rules.Tally]] = {}
    for (_path, code), tally in _by_path_and_rule(reach, reach.span).items():
        if not codes or code in codes:
            found.setdefault(code, []).append(tally)
    return {code: added(tallies) for code, tallies in found.items()}


def _by_path_and_rule(reach: Reach, span: Span) -> dict[tuple[str, str], rules.Tally]:
    return reach.once(
        f"obligations of {span.code}",
        lambda: figures.tallies_by_unit_and_rule(
            under=reach.unit, first=span.first, last=span.last, on=reach.on, past=reach.past
        ),
    )


def monthly(reach: Reach, codes: Collection[str] = ()) -> dict[date, Share]:
    """By the month they fall due, over the months of the trend. One query."""
    months = reach.span.trend(reach.on)
    found = _by_month(reach, months, codes)
    return {month: found.get(month, Share()) for month in months}


def rolling(reach: Reach, codes: Collection[str] = ()) -> dict[date, Share]:
    """For each month of the trend, the twelve months that end with it: for duties that come once or twice a year.
    One query."""
    months = reach.span.trend(reach.on)
    found = _by_month(reach, [*months_before(months[0], 12), *months[1:]], codes)
    return {
        month: sum((found.get(each, Share()) for each in months_before(month, 12)), start=Share()) for month in months
    }


def _by_month(reach: Reach, months: list[date], codes: Collection[str]) -> dict[date, Share]:
    tallies = figures.tallies_by_month(
        under=reach.unit, first=months[0], last=reach.until, on=reach.on, codes=codes, past=reach.past
    )
    return {month: of_tally(tally) for month, tally in tallies.items()}


def shares(tallies: dict[str, rules.Tally]) -> dict[str, Share]:
    return {path: of_tally(tally) for path, tally in tallies.items()}


def added(tallies: Collection[rules.Tally]) -> rules.Tally:
    """Counts of all together."""
    met = late = open_ = exempt = upcoming = 0
    for tally in tallies:
        met += tally.met
        late += tally.late
        open_ += tally.open
        exempt += tally.exempt
        upcoming += tally.upcoming
    return rules.Tally(met, late, open_, exempt, upcoming)


def overdue(reach: Reach, codes: Collection[str] = (), *, most: int) -> list[Obligation]:
    """The oldest that are open after their due day. One query."""
    rows = figures.obligations_behind(
        under=reach.unit, first=reach.first, last=reach.until, codes=codes, past=reach.past
    )
    return list(
        rows.overdue(on=reach.on)
        .select_related("unit")
        .only(*_LABEL, "unit__name", "unit__short_name", "unit__path", "unit__depth")
        .order_by("due", "unit__path", "pk")[:most]
    )


_LABEL = ("unit_id", "rule_code", "rule_key", "kinds", "period", "period_start", "period_end", "due", "needed", "state")


def band(unit: Unit, *, span: Span, on: date) -> tuple[float, float] | None:
    """The middle half of like units of this workspace, without names; None below five of them. One query or two."""
    like = set(Unit.objects.all().open().filter(type=unit.type).values_list("path", flat=True))
    if len(like) < FEWEST_LIKE_UNITS:
        return None
    whole = Unit(path=unit.path[: Unit.steplen], depth=1)  # only its path is asked for
    tallies = figures.tallies(under=whole, first=span.first, last=span.last, on=on)
    rates = sorted(tally.rate for path, tally in tallies.items() if path in like and tally.rate is not None)
    if len(rates) < FEWEST_LIKE_UNITS:
        return None
    return rates[len(rates) // 4], rates[-1 - len(rates) // 4]


FEWEST_LIKE_UNITS = 5
