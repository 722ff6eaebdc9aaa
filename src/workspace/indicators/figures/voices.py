"""Whether members speak at activities: how many of them drew words from two people or more."""

from django.db.models import Count, OuterRef, Subquery

from workspace.activities.models import Activity, Participation
from workspace.indicators.reach import Reach
from workspace.indicators.shares import Share

FEWEST_SPEAKERS = 2


def remarked(reach: Reach) -> dict[str, Share]:
    """By unit path: activities on record after which at least two people left their own words. One query, that reads
    the roll of each activity by its index: joining the whole roll to every activity costs ten times as much."""
    spoken = Participation.objects.filter(activity=OuterRef("pk"), remarked_at__isnull=False).order_by()
    speakers = Subquery(spoken.values("activity").annotate(speakers=Count("pk")).values("speakers"))
    held = Activity.objects.closed().below(reach.unit).between(reach.first, reach.until)
    found: dict[str, Share] = {}
    for path, people in held.annotate(people=speakers).values_list("unit__path", "people").order_by():
        found[path] = found.get(path, Share()) + Share(1 if (people or 0) >= FEWEST_SPEAKERS else 0, 1)
    return found
