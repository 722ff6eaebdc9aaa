"""Official days off, as far as their calendar is known."""

from datetime import date, timedelta

import chinese_calendar


def days_off(first: date, last: date) -> list[date]:
    """Public holidays between two days, weekends left out. Empty for a year whose calendar is not out yet."""
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    try:
        return [day for day in days if chinese_calendar.get_holiday_detail(day)[1]]
    except NotImplementedError:
        return []
