"""Ask workspaces for their counts and keep the answers. Both are jobs: no page waits for a workspace."""

from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from console import adoption
from console.models import Collection, PlatformDay, Stage, Standing, Step, UsageDay
from provisioning import funnel
from shared.queue import later, later_each
from shared.refusals import Refusal
from tenants import context
from tenants.models import Tenant
from workspace import usage

# A workspace that has not answered for this long is asked again: its job was lost or has failed for good.
GIVE_UP_AFTER = timedelta(hours=6)
MEASURE_TIMEOUT_MS = 60_000
LOCK = "measure:{tenant}"  # one workspace is counted by one job at a time
State = Tenant.State
# Those that left, or never came, stand in no total.
GONE = (State.ARCHIVED, State.PURGED)


class NotServing(Refusal):
    message = _("「{tenant}」没有在提供服务，暂时不能统计；恢复使用后会自动统计。")


def collect(*, at: datetime) -> int:
    """Ask every serving workspace that owes no answer, once an hour, and sum up the platform's day. Returns how many
    were asked. Killed midway, nothing was asked; run twice in one hour, the second run asks nobody."""
    period = at.replace(minute=0, second=0, microsecond=0)
    with context.control():
        Collection.objects.get_or_create(period=period, defaults={"began_at": at})
        round_ = Collection.objects.select_for_update().get(period=period)
        if round_.asked_at:
            return 0
        answered = Q(standing__measured_at__gte=F("standing__asked_at")) | Q(standing__asked_at__isnull=True)
        overdue = Q(standing__asked_at__lt=at - GIVE_UP_AFTER)
        waiting = list(Tenant.objects.active().filter(answered | overdue).order_by("pk").only("pk", "uuid"))
        _ask_each(waiting, at)
        round_.asked_at, round_.workspaces = at, len(waiting)
        round_.save(update_fields=["asked_at", "workspaces"])
        summarise(at=at)
    return len(waiting)


def greet(*, at: datetime) -> int:
    """Ask the serving workspaces that were never asked. Returns how many."""
    with context.control():
        new = list(Tenant.objects.active().filter(standing__isnull=True).order_by("pk").only("pk", "uuid"))
        _ask_each(new, at)
    return len(new)


@transaction.atomic
def ask(tenant: Tenant, *, at: datetime) -> None:
    """Have one workspace counted soon. Raises NotServing."""
    if not tenant.is_serving:
        raise NotServing(tenant=tenant)
    _note_questions([tenant], at)
    uuid = str(tenant.uuid)
    later("console.measure", lock=LOCK.format(tenant=uuid), tenant=uuid)


def _ask_each(tenants: list[Tenant], at: datetime) -> None:
    _note_questions(tenants, at)
    later_each("console.measure", ({"tenant": str(each.uuid)} for each in tenants), lock=LOCK)


def _note_questions(tenants: list[Tenant], at: datetime) -> None:
    Standing.objects.bulk_create(
        [Standing(tenant=tenant, asked_at=at, stage=Stage.OPENED) for tenant in tenants],
        update_conflicts=True,
        unique_fields=["tenant"],
        update_fields=["asked_at"],
        batch_size=1_000,
    )


def measure(tenant_uuid: UUID, *, at: datetime) -> None:
    """Count inside the workspace, then keep the counts outside. A workspace that cannot be
    entered now is left as it was."""
    tenant = Tenant.objects.get(uuid=tenant_uuid)
    if not tenant.is_reachable:
        return
    with context.inside(tenant, timeout_ms=MEASURE_TIMEOUT_MS):
        counted = usage.measure(at=at)
    with context.control():
        note(tenant, counted, at=at)


@transaction.atomic
def note(tenant: Tenant, counted: usage.Usage, *, at: datetime) -> Standing:
    """Keep what a workspace counted: its standing and its row of the day. The same counts twice change nothing."""
    day = timezone.localdate(at)
    stated = tenant.stated_members
    values = {**asdict(counted), "ticks": list(counted.ticks), "measured_at": at}
    UsageDay.objects.update_or_create(tenant=tenant, day=day, defaults=values)
    standing, _created = Standing.objects.update_or_create(
        tenant=tenant,
        defaults={
            **values,
            "stage": adoption.stage(counted, stated=stated),
            "step": adoption.step(counted, stated=stated),
        },
    )
    if standing.activation_on is None and adoption.is_activated(counted, stated=stated):
        standing.activation_on = day
        standing.save(update_fields=["activation_on"])
    if counted.activated:
        funnel.activated(tenant, at=at)
    return standing


@transaction.atomic
def summarise(*, at: datetime) -> PlatformDay:
    """The platform's row of the day, from the standings as they are."""
    known = Standing.objects.exclude(tenant__state__in=GONE)
    sums = known.aggregate(
        members=Sum("members", default=0),
        weekly=Count("pk", filter=Q(active_week__gt=0)),
        **{f"stage_{each.value}": Count("pk", filter=Q(stage__gte=each)) for each in Stage},
        **{f"step_{each.value}": Count("pk", filter=Q(step__gte=each)) for each in Step},
    )
    row, _created = PlatformDay.objects.update_or_create(
        day=timezone.localdate(at),
        defaults={
            "workspaces": Tenant.objects.active().count(),
            "weekly": sums["weekly"],
            "members": sums["members"],
            "stages": {str(each.value): sums[f"stage_{each.value}"] for each in Stage},
            "steps": {str(each.value): sums[f"step_{each.value}"] for each in Step},
        },
    )
    return row
