"""Parts of a personal file that belong to apps above: study hours, dues. As `member_panels`, for paper and programs.

A part's function gets the member and the day, and returns rows of texts, or nothing to leave the part out.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from workspace.members.models import Member

Rows = Callable[[Member, date], list[list[str]]]


@dataclass(frozen=True)
class Part:
    """`verb` is asked of whoever is not the member; `keys` name the columns in JSON, `columns` on paper."""

    name: str
    label: str | Promise
    verb: str
    keys: Sequence[str]
    columns: Sequence[str | Promise]
    rows: Rows
    order: int = 50


_parts: dict[str, Part] = {}


def register(part: Part) -> None:
    """Called from an app's `ready()`; a second part of the same name replaces the first."""
    _parts[part.name] = part


def parts() -> list[Part]:
    return sorted(_parts.values(), key=lambda part: (part.order, part.name))
