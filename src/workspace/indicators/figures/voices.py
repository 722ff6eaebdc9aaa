"""Whether members speak at activities: how many of them drew words from two people or more."""

from django.db.models import Count

from workspace.activities.models import Activity, Participation
from workspace.indicators.reach import Reach
from workspace.indicators.shares import Share

FEWEST_SPEAKERS = 2


def remarked(reach: Reach) -> dict[str, Share]:
    """By unit path: activities on record after which at least two people left their own words. Two queries, since
    joining the whole roll to every activity costs ten times as much."""
    held = Activity.objects.closed().below(reach.unit).between(reach.first, reach.until)
    spoken = set(
        Participation.objects.filter(remarked_at__isnull=False, activity__in=held)
        .values("activity")
        .annotate(speakers=Count("pk"))
        .filter(speakers__gte=FEWEST_SPEAKERS)
        .values_list("activity", flat=True)
        .order_by()
    )
    found: dict[str, Share] = {}
    for path, pk in held.values_list("unit__path", "pk").order_by():
        found[path] = found.get(path, Share()) + Share(1 if pk in spoken else 0, 1)
    return found
