"""What is next for one person: for the home page, the list and the calendar feed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from workspace.access.queries import units_where
from workspace.accounts.models import User
from workspace.activities.models import Activity, ActivityQuerySet, CheckIn, Obligation, Participation, Resolution
from workspace.activities.queries.visibility import activities_visible_to, resolutions_visible_to
from workspace.organization.models import Unit

SOON = timedelta(days=60)


def coming(user: User, *, at: datetime, within: timedelta = SOON) -> ActivityQuerySet:
    """Activities this person may see that are not over, soonest first, with the person's own part."""
    rows = activities_visible_to(user).standing().filter(closed_at__isnull=True, ends_at__gte=at)
    return with_own_part(rows.filter(starts_at__lte=at + within), user).order_by("starts_at", "pk")


def expected_of(user: User, *, at: datetime) -> ActivityQuerySet:
    """Of those, the ones on whose roll the person stands."""
    return coming(user, at=at).filter(roll__member__user=user)


def to_record(user: User, *, at: datetime) -> ActivityQuerySet:
    """Held in units this person organises and not yet put on record, oldest first."""
    return (
        Activity.objects.standing()
        .filter(unit__in=units_where(user, "activity.change").order_by(), closed_at__isnull=True, ends_at__lt=at)
        .filter(pk__in=activities_visible_to(user).values("pk"))
        .select_related("unit")
        .order_by("starts_at", "pk")
    )


def with_own_part(rows: ActivityQuerySet, user: User) -> ActivityQuerySet:
    """With `on_roll`, `coming`, `excused` and `is_here` of the person on every row."""
    place = Participation.objects.filter(activity=OuterRef("pk"), member__user=user)
    here = CheckIn.objects.filter(activity=OuterRef("pk"), member__user=user)
    return rows.select_related("unit").annotate(
        on_roll=Exists(place),
        coming=Exists(place.filter(answer=Participation.Answer.COMING)),
        excused=Exists(place.filter(answer=Participation.Answer.EXCUSED)),
        is_here=Exists(here),
    )


def own_resolutions(user: User) -> "QuerySet[Resolution]":
    """Open resolutions this person sees to, the most urgent first."""
    rows = resolutions_visible_to(user).filter(owner__user=user, done_at__isnull=True)
    return rows.order_by("due", "pk")


@dataclass(frozen=True)
class Duty:
    """How one unit's obligations press: for the to-do list of those who organise it."""

    overdue: int
    soon: int


def duties(user: User, *, on: date, within: timedelta = timedelta(days=31)) -> Duty:
    """Open obligations of the units this person organises: overdue, and due within a month. Two queries."""
    rows = Obligation.objects.filter(
        unit__in=units_where(user, "activity.change").order_by(),
        state=Obligation.State.OPEN,
        unit__closed_on__isnull=True,
    )
    overdue = Q(due__lt=on)
    return Duty(rows.filter(overdue).count(), rows.filter(due__gte=on, due__lte=on + within).count())


def organised_units(user: User) -> "QuerySet[Unit]":
    """Open units whose activities this person may plan, in the order of the tree."""
    return units_where(user, "activity.change").filter(closed_on__isnull=True).order_by("path")
