"""What an address asks for: the unit and the days, for pages and programs alike."""

from collections.abc import Mapping

from django.http import Http404

from shared.clock import today
from workspace.accounts.models import User
from workspace.statistics import queries
from workspace.statistics.book import Book
from workspace.statistics.days import chosen
from workspace.statistics.reach import Reach

KEYS = ("unit", "on", "since")


def asked(user: User, query: Mapping[str, str]) -> Book:
    """`unit`, `on` and `since`: the highest unit, today and the year's end before without them. 404 for what is not
    theirs."""
    seen = queries.keys_seen(user)
    unit = queries.get_unit(_key(query.get("unit", "")), among=seen)
    days = chosen(query.get("on", ""), query.get("since", ""), today=today())
    return Book(Reach(unit, days, frozenset(seen)))


def _key(typed: str) -> int | None:
    """The key in an address; None when there is none. Something that is no key is nobody's."""
    if not typed:
        return None
    if typed.isascii() and typed.isdigit() and len(typed) < 10:
        return int(typed)
    raise Http404
