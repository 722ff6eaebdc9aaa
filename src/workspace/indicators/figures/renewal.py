"""Whether a branch renews itself: somebody on the way into the Party moved on, somebody took a post."""

from workspace.indicators.figures import growth
from workspace.indicators.reach import Reach
from workspace.indicators.shares import Share
from workspace.members.models import Appointment


def moving(reach: Reach) -> dict[str, Share]:
    """By unit path: of the units that have somebody on the way, those where one was admitted or converted in the span.
    Shares its query with the figures of growth."""
    return {
        path: Share(1 if one.moved else 0, 1)
        for path, one in growth.by_path(reach).items()
        if one.on_the_way or one.moved
    }


def new_posts(reach: Reach) -> dict[str, Share]:
    """By unit path: units where somebody took a post in the span. One query."""
    taken = set(
        Appointment.objects.filter(
            unit__path__startswith=reach.unit.path, since__gte=reach.first, since__lte=reach.until
        )
        .values_list("unit__path", flat=True)
        .order_by()
        .distinct()
    )
    return {unit.path: Share(1 if unit.path in taken else 0, 1) for unit in reach.units if unit.is_branch}
