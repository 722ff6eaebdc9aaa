"""Where a figure or a hint can be followed up, in this app and in others."""

from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from workspace.indicators.reach import Reach
from workspace.organization.models import Unit


def to(name: str, *args: object, **query: object) -> str:
    """The address of a named page; empty when this host has no such page, so that a link is left out."""
    try:
        path = reverse(name, args=args)
    except NoReverseMatch:
        return ""
    return f"{path}?{urlencode(query)}" if query else path


def dashboard(name: str, reach: Reach, *, unit: Unit | None = None) -> str:
    return to("indicators:dashboard", name, unit=(unit or reach.unit).pk, period=reach.span.code)


def records(name: str, key: str, reach: Reach) -> str:
    """The list behind a figure."""
    return to("indicators:records", name, key, unit=reach.unit.pk, period=reach.span.code)


def obligations(unit: Unit, year: int) -> str:
    """The page where what a unit owes in a year can be planned or excused."""
    return to("activities:obligations", unit=unit.pk, year=year) or to("organization:unit", unit.pk)


def unit(pk: int) -> str:
    return to("organization:unit", pk)


def unit_edit(pk: int) -> str:
    return to("organization:edit", pk) or unit(pk)


def activity(pk: int | None) -> str:
    return to("activities:activity", pk) if pk else ""


def resolution(pk: int) -> str:
    return to("activities:resolution", pk)


def member(pk: int) -> str:
    return to("members:member", pk)


def topic(pk: int) -> str:
    return to("voice:topic", pk)


def person(pk: int) -> str:
    """A member's own development."""
    return to("indicators:person", pk)
