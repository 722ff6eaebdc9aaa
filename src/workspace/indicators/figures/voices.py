"""Whether members speak at activities: how many of them drew words from two people or more."""

from django.db.models import Count, Q

from workspace.activities.models import Activity
from workspace.indicators.reach import Reach
from workspace.indicators.shares import Share

FEWEST_SPEAKERS = 2


def remarked(reach: Reach) -> dict[str, Share]:
    """By unit path: activities on record after which at least two people left their own words. One query."""
    held = (
        Activity.objects.closed()
        .below(reach.unit)
        .between(reach.first, reach.until)
        .annotate(speakers=Count("roll", filter=Q(roll__remarked_at__isnull=False)))
        .values_list("unit__path", "speakers")
        .order_by()
    )
    found: dict[str, Share] = {}
    for path, speakers in held:
        found[path] = found.get(path, Share()) + Share(1 if speakers >= FEWEST_SPEAKERS else 0, 1)
    return found
