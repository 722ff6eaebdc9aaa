"""What time it is. Verbs take `at=` or `on=`; only edges (views, tasks, commands) ask here."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """This instant, aware, in UTC."""
    return timezone.now()


def today() -> date:
    """The calendar day in Asia/Shanghai, which is what every regulation counts in."""
    return timezone.localdate()


def day_of(moment: datetime) -> date:
    """The calendar day in Asia/Shanghai on which it was: until eight in the morning that is not the day in UTC."""
    return timezone.localdate(moment)
