"""What the apps above say about units in a sheet: who leads them (书记).

An app that has such words registers a column in its `ready()`; the register of units shows it after its own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from workspace.organization.models import UnitQuerySet

# Gets units, returns a text for each: {path: text}; units without any may be left out.
Texts = Callable[[UnitQuerySet], Mapping[str, str]]


@dataclass(frozen=True)
class Column:
    label: str | Promise
    texts: Texts


_columns: dict[str, Column] = {}


def register(name: str, column: Column) -> None:
    """Add a column; a second one of the same name replaces the first."""
    _columns[name] = column


def columns() -> list[Column]:
    return list(_columns.values())
