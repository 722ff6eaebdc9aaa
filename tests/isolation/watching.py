"""Which parameters of an address a page reads: noted while it reads them, so that a new one is known by itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import QueryDict
from django.utils.functional import cached_property

_asked: set[str] = set()


class _Noting:
    """Notes every key that somebody asks for, whether it is there or not."""

    def __getitem__(self, key: str) -> Any:
        _asked.add(key)
        return super().__getitem__(key)  # type: ignore[misc]  # of the dictionary beside this class

    def __contains__(self, key: object) -> bool:
        _asked.add(str(key))
        return super().__contains__(key)  # type: ignore[misc]

    def get(self, key: str, default: Any = None) -> Any:
        _asked.add(key)
        return super().get(key, default)  # type: ignore[misc]


class _Plain(_Noting, dict[str, Any]):
    """What `dict()` makes of a query."""


class _Query(_Noting, QueryDict):
    def getlist(self, key: str, default: Any = None) -> Any:
        _asked.add(key)
        return super().getlist(key, default)

    def dict(self) -> dict[str, Any]:
        return _Plain({key: QueryDict.__getitem__(self, key) for key in self})


def _read(request: WSGIRequest) -> QueryDict:
    return _Query(request.META.get("QUERY_STRING", ""), encoding=request.encoding)


@contextmanager
def watched() -> Iterator[set[str]]:
    """While the block lasts, the set it yields grows by every parameter that a page asks for."""
    noting = cached_property(_read)
    noting.__set_name__(WSGIRequest, "GET")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WSGIRequest, "GET", noting)
        _asked.clear()
        yield _asked
