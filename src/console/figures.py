"""How counts of people are shown to operators: never so small that a count describes a person."""

from django.utils.formats import localize
from django.utils.translation import gettext as _

SMALLEST = 5  # people; security.md §3


def people(number: int | None) -> int | None:
    """The number, or None for a cell of one to four people. Nobody is nobody: zero is shown."""
    return None if number is not None and 0 < number < SMALLEST else number


def part(number: int, whole: int) -> int | None:
    """A part of a whole that is shown beside it: hidden too when the rest would be a small cell."""
    return None if people(whole) is None or people(whole - number) is None else people(number)


def words(number: int | None) -> str:
    """What stands in a cell for a number that `people` or `part` let through or hid."""
    return _("少于 {number}").format(number=SMALLEST) if number is None else str(localize(number))
