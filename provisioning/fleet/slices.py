"""A run in the hands of the worker: jobs of some seconds, each of which puts the next one off.

A job that was killed is handed on by the queue and continues. Then two jobs may carry one number; the first to end puts
the next off and counts `slices` up, the second finds its number past and ends the chain.
"""

import time
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Min

from provisioning import template
from provisioning.fleet.runner import Runner
from provisioning.models import FleetRun, FleetTurn
from shared.clock import now
from shared.queue import later

SLICE_S = 8.0
LOOK_AGAIN = timedelta(seconds=2)


class OtherRelease(Exception):
    """This worker's code is not of the version that is rolled out; the queue offers the job again, to another one."""


def ask(run: FleetRun, *, at: datetime | None = None) -> None:
    """Have the worker go on with a run, when the running transaction commits."""
    later("provisioning.fleet_slice", at=at, lock="fleet", background=True, run_id=run.pk, number=run.slices)


def work(run_id: int, number: int) -> None:
    """Migrate for some seconds, then put off the rest. Raises OtherRelease."""
    run = FleetRun.objects.get(pk=run_id)
    if run.state != FleetRun.State.RUNNING or run.slices != number:
        return
    if run.head != template.head():
        raise OtherRelease(f"this worker is of {template.head()[:12]}, the run of {run.head[:12]}")
    until = time.monotonic() + SLICE_S
    runner = Runner(run, should_stop=lambda: time.monotonic() > until, is_patient=False)
    runner.work()
    with transaction.atomic():
        mine = FleetRun.objects.filter(pk=run_id, slices=number, state=FleetRun.State.RUNNING)
        if mine.update(slices=F("slices") + 1):
            ask(FleetRun.objects.get(pk=run_id), at=_next(run) if runner.taken else now() + LOOK_AGAIN)


def _next(run: FleetRun) -> datetime | None:
    """At once while there is work; later when all that is left waits for its time."""
    waiting = FleetTurn.objects.filter(run=run, state__in=FleetTurn.OPEN, ring__lte=run.through)
    if waiting.filter(not_before__isnull=True).exists():
        return None
    earliest = waiting.aggregate(at=Min("not_before"))["at"]
    return max(earliest or now(), now() + LOOK_AGAIN)
