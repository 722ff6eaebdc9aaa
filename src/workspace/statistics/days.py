"""The cut-off day, and the earlier day it is compared with."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from rules.cutoff import cut_off_of

EARLIEST = date(1921, 7, 1)


@dataclass(frozen=True)
class Days:
    """Figures stand at the end of `on`; what happened is counted from the day after `since` to `on`."""

    on: date
    since: date

    @property
    def query(self) -> str:
        return f"on={self.on.isoformat()}&since={self.since.isoformat()}"


def chosen(on: str, since: str, *, today: date) -> Days:
    """What an address asks for: today, and the yearly cut-off before it, where it asks for nothing that can be."""
    day = min(_read(on) or today, today)
    before = _read(since)
    return Days(day, before if before and before < day else year_end_before(day))


def year_end_before(day: date) -> date:
    """The last cut-off day of the yearly statistics before a day."""
    found = cut_off_of(day.year)
    return found if found < day else cut_off_of(day.year - 1)


def presets(today: date) -> list[tuple[str, date]]:
    """(label, day): the days people ask for, none of them twice and none to come."""
    half = date(today.year, 6, 30)
    found = [
        (_("今天"), today),
        (_("上月底"), today.replace(day=1) - timedelta(days=1)),
        (_("上半年末"), half if half <= today else date(today.year - 1, 6, 30)),
        (_("去年底"), year_end_before(today)),
        (_("前年底"), year_end_before(year_end_before(today))),
    ]
    seen: set[date] = set()
    return [(label, day) for label, day in found if not (day in seen or seen.add(day))]  # type: ignore[func-returns-value]


def _read(typed: str) -> date | None:
    try:
        found = date.fromisoformat(typed)
    except ValueError:
        return None
    return found if found >= EARLIEST else None
