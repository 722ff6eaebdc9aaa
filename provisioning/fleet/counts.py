"""How far a run has come, in one query each."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Min, Q, QuerySet

from provisioning.models import FleetRun, FleetTurn
from shared.clock import now
from tenants.models.tenant import Ring

State = FleetTurn.State
# A runner gives a sign every few seconds.
AT_WORK_WITHIN = timedelta(seconds=20)


@dataclass(frozen=True)
class RingCount:
    """The turns of one ring, or of several together, by state."""

    waiting: int = 0
    running: int = 0
    done: int = 0
    failed: int = 0
    skipped: int = 0

    @property
    def total(self) -> int:
        """Those that a share is taken of: whoever needed nothing is left out."""
        return self.open + self.done + self.failed

    @property
    def open(self) -> int:
        return self.waiting + self.running

    @property
    def ended(self) -> int:
        return self.done + self.failed

    def exceeds(self, budget: float) -> bool:
        """Whether more than `budget` percent failed. What is still open cannot mend it, so it may be asked early."""
        return self.failed * 100 > budget * self.total

    def __add__(self, other: "RingCount") -> "RingCount":
        pairs = zip(vars(self).values(), vars(other).values(), strict=True)
        return RingCount(*(mine + theirs for mine, theirs in pairs))


def rings(run: FleetRun) -> dict[Ring, RingCount]:
    """Every ring in its order, empty ones too."""
    counted: dict[Ring, dict[str, int]] = {ring: {} for ring in Ring}
    for row in FleetTurn.objects.filter(run=run).values("ring", "state").annotate(number=Count("pk")):
        counted[Ring(row["ring"])][row["state"]] = row["number"]
    return {ring: RingCount(**found) for ring, found in counted.items()}


def allowed(run: FleetRun, counted: dict[Ring, RingCount]) -> RingCount:
    """All rings that the run may migrate, together."""
    return sum((count for ring, count in counted.items() if ring <= run.through), RingCount())


def over_budget(run: FleetRun) -> Ring | None:
    """The first ring in which too many failed."""
    return next((ring for ring, count in rings(run).items() if count.exceeds(run.error_budget)), None)


def current_ring(run: FleetRun) -> Ring | None:
    """The earliest allowed ring in which somebody has not had their turn; None when all have."""
    found = _open(run).filter(ring__lte=run.through).aggregate(ring=Min("ring"))["ring"]
    return None if found is None else Ring(found)


@dataclass(frozen=True)
class Candidate:
    """A turn that may be taken, and its workspace as it was when looked up."""

    pk: int
    slug: str
    schema: str
    head: str
    attempts: int


def due(run: FleetRun, ring: Ring, *, limit: int) -> list[Candidate]:
    """Turns that may be taken now; others may be taking them too."""
    ready = Q(not_before__isnull=True) | Q(not_before__lte=now())
    columns = ("pk", "tenant__slug", "tenant__schema_name", "tenant__migration_head", "attempts")
    return [Candidate(*row) for row in _open(run).filter(ready, ring=ring).values_list(*columns)[:limit]]


def failures(run: FleetRun) -> "QuerySet[FleetTurn]":
    """The turns that failed, with their workspaces."""
    return FleetTurn.objects.select_related("tenant").filter(run=run, state=State.FAILED).order_by("ring", "pk")


def is_at_work(run: FleetRun) -> bool:
    """Whether a runner gave a sign lately, or holds a turn that takes long."""
    if run.beat_at is not None and now() - run.beat_at < AT_WORK_WITHIN:
        return True
    begun = FleetTurn.objects.filter(run=run, state=State.RUNNING)
    with transaction.atomic():
        left = list(begun.select_for_update(skip_locked=True, no_key=True).values_list("pk", flat=True))
        return begun.exclude(pk__in=left).exists()


def _open(run: FleetRun) -> "QuerySet[FleetTurn]":
    return FleetTurn.objects.filter(run=run, state__in=FleetTurn.OPEN)
