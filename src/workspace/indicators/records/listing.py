"""A list behind a figure, as the table component draws it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from shared.components import Column
from workspace.accounts.models import User
from workspace.indicators.reach import Reach
from workspace.indicators.values import Text


@dataclass(frozen=True, kw_only=True)
class Listing:
    """`sort` is a column's name; rows are a queryset or a list in tree order."""

    title: Text
    rows: QuerySet[Any] | Sequence[Any]
    columns: Sequence[Column]
    sort: str = ""


Source = Callable[[Reach, User], Listing]
