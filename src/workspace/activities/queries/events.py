"""Activities as the rules see them: what was held, when it was recorded, and what it makes up for."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Q
from django.utils import timezone

import rules
from workspace.activities.models import Activity
from workspace.organization.models import Unit


def event_of(activity: Activity, *, recorded_on: date | None = None) -> rules.Event:
    """The activity as an event; `recorded_on` stands in for one that has not been put on record yet."""
    recorded = timezone.localdate(activity.recorded_at) if activity.recorded_at else recorded_on
    return rules.Event(
        kinds=frozenset(activity.event_kinds),
        on=activity.day,
        recorded_on=recorded,
        group=str(activity.unit_id) if activity.unit.type == Unit.Type.GROUP else "",
        makes_up=frozenset(key for key in activity.aims if _is_over(key, activity.day)),
    )


def events_of(units: Collection[Unit], *, since: date) -> dict[int, list[tuple[rules.Event, int]]]:
    """By the unit's key: the events on record since a day with their activity's key, those of its party groups too."""
    owners = {unit.path: unit.pk for unit in units}
    found: dict[int, list[tuple[rules.Event, int]]] = defaultdict(list)
    held = (
        Activity.objects.closed()
        .between(since, date.max.replace(year=9998))
        .filter(_of(units))
        .select_related("unit")
        .order_by("starts_at", "pk")
    )
    for activity in held:
        owner = owners.get(owner_path(activity.unit))
        if owner is not None:
            found[owner].append((event_of(activity), activity.pk))
    return found


def owner_path(unit: Unit) -> str:
    """The path of the unit whose obligations an activity of `unit` serves: the branch, when a party group met."""
    return str(unit.path[: -Unit.steplen] if unit.type == Unit.Type.GROUP else unit.path)


def _of(units: Collection[Unit]) -> Q:
    paths = [unit.path for unit in units]
    wanted = Q(unit__path__in=paths)
    if len(paths) == 1:
        return wanted | Q(unit__type=Unit.Type.GROUP, unit__path__startswith=paths[0])
    return wanted | Q(unit__type=Unit.Type.GROUP)


def _is_over(key: str, day: date) -> bool:
    """Whether the period of an obligation key ended before the day."""
    from workspace.activities.models.obligation import named_period

    return named_period(key.partition("/")[2]).end < day
