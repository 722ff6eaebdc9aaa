"""What hangs on the units, counted by the apps above: members, posts, activities.

An app that keeps something on units registers a counter in its `ready()`. The tree shows it; closing a unit asks it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from workspace.organization.models import Unit, UnitQuerySet

# Gets units, returns how many things hang directly on each: {path: number}; units without any may be left out.
Count = Callable[[UnitQuerySet], Mapping[str, int]]


@dataclass(frozen=True)
class Counter:
    """`advice` says what to do with the things before their unit closes; without it they do not stand in the way."""

    name: str
    label: str | Promise
    count: Count
    advice: str | Promise = ""
    order: int = 50
    # Whether the tree and the exports show it, or only closing a unit asks it.
    shown: bool = True
    # Only branches may have any: a unit that has some cannot turn into a committee.
    branches_only: bool = False


_counters: dict[str, Counter] = {}


def register(counter: Counter) -> None:
    """Add a counter; a second one of the same name replaces the first."""
    _counters[counter.name] = counter


def counters() -> list[Counter]:
    return sorted(_counters.values(), key=lambda counter: counter.order)


def shown() -> list[Counter]:
    return [counter for counter in counters() if counter.shown]


def labels() -> list[str]:
    """The words above the numbers that `totals` gives, in its order."""
    return [str(counter.label) for counter in shown()]


def totals(units: UnitQuerySet) -> dict[str, dict[str, int]]:
    """For every shown counter, what hangs on each unit and all below it: {name: {path: number}}. A query each."""
    return {counter.name: _rolled_up(counter.count(units)) for counter in shown()}


def directly_on(unit: Unit) -> dict[str, int]:
    """For every counter, what hangs on this very unit."""
    alone = Unit.objects.filter(pk=unit.pk)
    return {counter.name: counter.count(alone).get(unit.path, 0) for counter in counters()}


def _rolled_up(own: Mapping[str, int]) -> dict[str, int]:
    step = Unit.steplen
    rolled: dict[str, int] = {}
    for path, number in own.items():
        for end in range(step, len(path) + 1, step):
            rolled[path[:end]] = rolled.get(path[:end], 0) + number
    return rolled
