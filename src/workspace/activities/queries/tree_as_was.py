"""Obligations by the tree of the day they fell due, as conditions of one query."""

from typing import Any

from django.db.models import Case, CharField, F, Q, Value, When
from django.db.models.functions import Concat, Length, Substr

from workspace.organization.models import Unit
from workspace.organization.queries.since import Segment, Since


def stood_under(unit: Unit, past: Since) -> Q:
    """The obligations of units that stood at or below `unit` when they fell due."""
    found = Q(unit__path__startswith=unit.path)
    for segment in past.segments:
        is_there, was_there = segment.path.startswith(unit.path), segment.above.path.startswith(unit.path)
        if was_there and not is_there:
            found |= _of(segment)
        elif is_there and not was_there and segment.path != unit.path and not unit.path.startswith(segment.path):
            found &= ~_of(segment)
    return found


def path_then(past: Since) -> Any:
    """Where the unit stood on the due day, as a tree path."""
    moved = [When(_of(segment), then=_moved(segment)) for segment in past.segments]
    return Case(*moved, default=F("unit__path")) if moved else F("unit__path")


def _of(segment: Segment) -> Q:
    """What fell due while the unit, or what is below it, stood there."""
    found = Q(unit__path__startswith=segment.path, due__lt=segment.until)
    return found & Q(due__gte=segment.first) if segment.first else found


def _moved(segment: Segment) -> Any:
    rest = Substr("unit__path", Length(Value(segment.path)) + 1)
    return Concat(Value(segment.then), rest, output_field=CharField())
