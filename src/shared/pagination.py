"""Pages of a long list. The page number comes from a visitor: a wrong one gives the nearest page, never an error."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

ROWS_PER_PAGE = 50


def page_of(
    request: HttpRequest, rows: QuerySet[Any] | Sequence[Any], *, size: int = ROWS_PER_PAGE, name: str = "page"
) -> Page[Any]:
    """The page the query string asks for. `rows` must already be ordered."""
    return Paginator(rows, size).get_page(request.GET.get(name))
