"""Whether a branch renews itself: somebody on the way into the Party moved on, somebody took a post."""

from django.db.models import Count, Q

from workspace.indicators.reach import Reach
from workspace.indicators.shares import Share
from workspace.members.models import Appointment, Member

_ON_THE_WAY = (
    Member.Category.APPLICANT,
    Member.Category.ACTIVIST,
    Member.Category.DEVELOPMENT_OBJECT,
    Member.Category.PROBATIONARY,
)


def moving(reach: Reach) -> dict[str, Share]:
    """By unit path: of the units that have somebody on the way, those where one was admitted or converted in the span.
    One query."""
    admitted = Q(joined_on__gte=reach.first, joined_on__lte=reach.until)
    converted = Q(converted_on__gte=reach.first, converted_on__lte=reach.until)
    rows = (
        Member.objects.present()
        .below(reach.unit)
        .values_list("unit__path")
        .annotate(
            on_the_way=Count("pk", filter=Q(category__in=_ON_THE_WAY)),
            moved=Count("pk", filter=admitted | converted),
        )
        .order_by()
    )
    return {path: Share(1 if moved else 0, 1) for path, on_the_way, moved in rows if on_the_way or moved}


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
