"""Rollout at a glance: every figure of the first page, in as many queries however many workspaces there are."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Min, Q, Sum
from django.db.models.functions import TruncDate, TruncMonth
from django.utils import timezone

from console.models import Collection, PlatformDay, Stage, Standing, Step
from provisioning.models import PartnerInvitation
from tenants.models import Tenant

State = Tenant.State
# Those that left, or never came, stand in no total.
GONE = (State.ARCHIVED, State.PURGED)
WEEK = timedelta(days=7)
ACTIVATION_DAYS = 14
TREND_DAYS = 90
COHORTS = 6


@dataclass(frozen=True)
class Cohort:
    """The workspaces opened in one month: how many, and how many somebody used this week."""

    month: date
    opened: int
    weekly: int


@dataclass(frozen=True)
class Wave:
    """The invitations of one wave: how many were sent, had their link opened, and were used."""

    wave: str
    sent: int
    looked: int
    came: int


@dataclass(frozen=True)
class Rollout:
    """Counts of workspaces, except `members`. `stages` and `steps` say how many stand there or further."""

    stages: dict[Stage, int]
    steps: dict[Step, int]
    serving: int
    new_this_week: int
    failed: int
    suspended: int
    members: int
    ripe: int  # opened at least fourteen days ago
    activated_in_time: int  # of them, activated within fourteen days


def rollout(*, at: datetime) -> Rollout:
    """Three queries."""
    ripe = Q(activated_at__lte=at - timedelta(days=ACTIVATION_DAYS))
    in_time = Q(standing__activation_on__lte=TruncDate("activated_at") + timedelta(days=ACTIVATION_DAYS))
    here = Tenant.objects.exclude(state__in=GONE)
    tenants = here.aggregate(
        verified=Count("pk", filter=~Q(state=State.REQUESTED)),
        all=Count("pk"),
        opened=Count("pk", filter=Q(activated_at__isnull=False)),
        serving=Count("pk", filter=Q(state__in=Tenant.SERVING)),
        new_this_week=Count("pk", filter=Q(activated_at__gt=at - WEEK)),
        failed=Count("pk", filter=Q(state=State.FAILED)),
        suspended=Count("pk", filter=Q(state=State.SUSPENDED)),
        ripe=Count("pk", filter=ripe),
        activated_in_time=Count("pk", filter=ripe & in_time),
    )
    waiting = PartnerInvitation.objects.filter(used_at__isnull=True).count()
    known = Standing.objects.exclude(tenant__state__in=GONE).aggregate(
        members=Sum("members", default=0),
        **{f"stage_{each.value}": Count("pk", filter=Q(stage__gte=each)) for each in Stage if each > Stage.OPENED},
        **{f"step_{each.value}": Count("pk", filter=Q(step__gte=each)) for each in Step},
    )
    stages = {
        Stage.INVITED: waiting + tenants.pop("all"),
        Stage.VERIFIED: tenants.pop("verified"),
        Stage.OPENED: tenants.pop("opened"),
        **{each: known[f"stage_{each.value}"] for each in Stage if each > Stage.OPENED},
    }
    steps = {each: known[f"step_{each.value}"] for each in Step}
    return Rollout(stages=stages, steps=steps, members=known["members"], **tenants)


def on_rungs(steps: dict[Step, int]) -> dict[Step, int]:
    """How many stand on each rung exactly."""
    above = {step: steps.get(Step(step + 1), 0) if step < max(Step) else 0 for step in steps}
    return {step: steps[step] - above[step] for step in steps}


def trend(*, on: date, days: int = TREND_DAYS) -> list[PlatformDay]:
    """The platform's days, oldest first."""
    return list(PlatformDay.objects.filter(day__gt=on - timedelta(days=days), day__lte=on).order_by("day"))


def cohorts(*, on: date) -> list[Cohort]:
    """The last months' newcomers, newest month first."""
    rows = (
        Tenant.objects.exclude(state__in=GONE)
        .filter(activated_at__isnull=False)
        .annotate(month=TruncMonth("activated_at"))
        .values("month")
        .annotate(opened=Count("pk"), weekly=Count("pk", filter=Q(standing__active_week__gt=0)))
        .order_by("-month")[:COHORTS]
    )
    return [Cohort(timezone.localdate(row["month"]), row["opened"], row["weekly"]) for row in rows]


def newest(*, at: datetime, most: int = 8) -> list[Tenant]:
    """Workspaces opened during the last week, newest first."""
    rows = Tenant.objects.select_related("standing").filter(activated_at__gt=at - WEEK)
    return list(rows.order_by("-activated_at")[:most])


def failed(most: int = 5) -> list[Tenant]:
    """Openings that stand failed, oldest first: those have waited longest."""
    return list(Tenant.objects.select_related("opening").filter(state=State.FAILED).order_by("created_at")[:most])


def last_round() -> Collection | None:
    """The newest round of counting that went out."""
    return Collection.objects.filter(asked_at__isnull=False).order_by("-period").first()


def first_workspace_at() -> datetime | None:
    """When the oldest workspace was reserved; None before any was."""
    return Tenant.objects.aggregate(first=Min("created_at"))["first"]


def waves() -> list[Wave]:
    """Each wave of invitations, by name."""
    rows = (
        PartnerInvitation.objects.exclude(wave="")
        .values("wave")
        .annotate(
            sent=Count("pk"),
            looked=Count("pk", filter=Q(opened_at__isnull=False)),
            came=Count("pk", filter=Q(used_at__isnull=False)),
        )
        .order_by("wave")
    )
    return [Wave(row["wave"], row["sent"], row["looked"], row["came"]) for row in rows]


def wave_names() -> list[str]:
    """Every wave an invitation belongs to."""
    return list(PartnerInvitation.objects.exclude(wave="").order_by("wave").values_list("wave", flat=True).distinct())
