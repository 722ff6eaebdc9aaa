"""What time it is. Verbs take `at=` or `on=`; only edges (views, tasks, commands) ask here."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """This instant, aware, in UTC."""
    return timezone.now()


def today() -> date:
    """The calendar day in Asia/Shanghai, which is what every regulation counts in."""
    return timezone.localdate()
