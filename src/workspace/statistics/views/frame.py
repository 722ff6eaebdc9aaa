"""What stands on every page of statistics: the choice of unit and days, and the way from table to table."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from shared.clock import today
from shared.http import Request
from workspace.organization.models import Unit
from workspace.statistics.book import Book
from workspace.statistics.days import presets
from workspace.statistics.verdicts import verdict

INDENT = "\u3000"  # full-width: no browser folds it


def frame(request: Request, book: Book) -> dict[str, Any]:
    reach, query = book.reach, address(book)
    return {
        "book": book,
        "reach": reach,
        "verdict": verdict(book),
        "query": query,
        "units": [(unit, INDENT * level) for unit, level in reach.around],
        "presets": [(label, day, _preset(reach.unit, day.isoformat())) for label, day in presets(today())],
        "today": today(),
        "tabs": [(label, _here(request, url, query)) for label, url in _tabs(book)],
    }


def address(book: Book, unit: Unit | None = None) -> str:
    """The query string of the reach; of another unit at the same days."""
    return f"?unit={(unit or book.reach.unit).pk}&{book.reach.days.query}"


def _tabs(book: Book) -> list[tuple[str, str]]:
    tables = [(str(one.title), reverse("statistics:table", args=[one.name])) for one in book.tables.values()]
    return [(_("总览"), reverse("statistics:overview")), *tables]


def _here(request: Request, url: str, query: str) -> str:
    """The present page by its full address, so that the tabs mark it."""
    return request.get_full_path() if url == request.path else url + query


def _preset(unit: Unit, day: str) -> str:
    return f"?unit={unit.pk}&on={day}"
