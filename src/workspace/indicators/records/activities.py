"""Activities on record in the span, as far as the reader may open them."""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from rules import EventKind
from shared.components import Column
from workspace.accounts.models import User
from workspace.activities.models import ActivityQuerySet, Participation
from workspace.activities.queries import visibility
from workspace.indicators import links
from workspace.indicators.reach import Reach
from workspace.indicators.records.listing import Listing, Source
from workspace.indicators.values import Text
from workspace.members.models import Appointment
from workspace.organization.models import Unit

Narrow = Callable[[ActivityQuerySet, Reach], ActivityQuerySet]


def source(title: Text, narrow: Narrow | None = None, *, more: tuple[Column, ...] = ()) -> Source:
    """Activities of the unit and below; `narrow` picks those that the figure counts."""

    def listing(reach: Reach, user: User) -> Listing:
        seen = visibility.activities_visible_to(user).closed().between(reach.first, reach.until)
        rows = narrow(seen, reach) if narrow else seen.below(reach.unit)
        return Listing(
            title=title,
            rows=rows.select_related("unit").order_by("-starts_at", "pk"),
            columns=[*_columns(), *more],
            sort="-day",
        )

    return listing


def _columns() -> list[Column]:
    return [
        Column(name="title", label=_("活动"), link=lambda row: links.activity(row.pk)),
        Column(name="unit", label=_("党组织"), value=lambda row: str(row.unit), sort="unit__path"),
        Column(name="day", label=_("日期"), sort="starts_at", kind="date"),
        Column(name="kinds", label=_("类别"), value=_kinds),
    ]


def _kinds(row: Any) -> str:
    return "、".join(row.kind_names)


def with_remarks(rows: ActivityQuerySet, reach: Reach) -> ActivityQuerySet:
    """After which somebody left words of their own."""
    spoken = Participation.objects.filter(activity=OuterRef("pk"), remarked_at__isnull=False)
    return rows.below(reach.unit).filter(Exists(spoken))


def with_two_halves(rows: ActivityQuerySet, reach: Reach) -> ActivityQuerySet:
    """Held at a place, with something to prepare beforehand."""
    return rows.below(reach.unit).exclude(place="").exclude(preparation="")


def hosted(kinds: tuple[EventKind, ...]) -> Narrow:
    """Of these kinds, naming the secretary of the unit as host."""

    def narrow(rows: ActivityQuerySet, reach: Reach) -> ActivityQuerySet:
        secretary = Appointment.objects.current(reach.until).filter(
            post=Appointment.Post.SECRETARY, unit=OuterRef("unit"), member__name=OuterRef("host")
        )
        wanted = rows.below(reach.unit).filter(kinds__overlap=[kind.value for kind in kinds])
        return wanted.filter(Exists(secretary))

    return narrow


def called_from_above(rows: ActivityQuerySet, reach: Reach) -> ActivityQuerySet:
    """For everybody below, called by a unit above branches."""
    step = Unit.steplen
    above = [reach.unit.path[:end] for end in range(step, len(reach.unit.path), step)]
    wanted = rows.filter(Q(unit__path__startswith=reach.unit.path) | Q(unit__path__in=above))
    return wanted.filter(audience="below").exclude(unit__type__in=(*Unit.BRANCHES, Unit.Type.GROUP))
