"""What this app adds to the tree of units: how many members stand on each."""

from collections.abc import Mapping

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from workspace.members.models import Member
from workspace.organization import counters
from workspace.organization.models import UnitQuerySet


def register() -> None:
    """Called once, when the process starts."""
    counters.register(
        counters.Counter(
            name="members",
            label=_("党员"),
            count=members_on,
            advice=_("先把党员转到其他党支部，或记为离开名册。"),
            order=10,
            branches_only=True,
        )
    )


def members_on(units: UnitQuerySet) -> Mapping[str, int]:
    """Present people of the register on each unit itself: {path: number}."""
    rows = (
        Member.objects.present()
        .filter(unit__in=units.order_by().values("pk"))
        .values_list("unit__path")
        .annotate(number=Count("pk"))
    )
    return dict(rows)
