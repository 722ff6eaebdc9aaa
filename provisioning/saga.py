"""Run work in steps (长流程): each step once, in order, in a way that a kill at any statement cannot break.

A step's work and the row that says it is done commit together. What a step does outside the database (a file) it does
so that doing it again is harmless. The lease keeps a second worker away; `attempts` fences off one that stood still
while another took over.
"""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any

import structlog
from django.db import DatabaseError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from provisioning.models.saga import Saga
from shared.clock import now
from shared.refusals import Refusal

log = structlog.get_logger(__name__)
LEASE = timedelta(seconds=60)

Work = Callable[[Any], None]
Steps = Sequence[tuple[str, Work]]


class AlreadyRunning(Refusal):
    message = _("这项工作正在进行，请等一分钟再看；如果是中途停了机，一分钟后可以继续。")


class Superseded(Exception):
    """Another worker took the work over while this one stood still; whatever this one was doing is undone."""


def run(
    saga: Saga,
    steps: Steps,
    *,
    begin: Work | None = None,
    finish: Work | None = None,
    fail: Callable[[Any, Exception], None] | None = None,
    whole: bool = True,
) -> None:
    """Do the steps that are not done yet. Called again after a failure or a kill, it continues where it stood.

    `begin` runs after the lease is taken, `finish` once with the row that ends it, `fail` with the row that keeps the
    error. Without `whole`, more steps come another day: the saga is let go, not ended. Raises AlreadyRunning while
    another worker holds the lease, Superseded where one took it over; a step's own error is kept on the row and raised.
    """
    lease(saga)
    try:
        if begin:
            begin(saga)
        for name, work in steps:
            do(saga, name, work)
        if whole:
            end(saga, finish)
        else:
            _rows(saga).update(lease_until=None, error="")
    except Superseded:
        raise
    except Exception as error:
        # A lost connection says no to this as well; the lease then runs out by itself, and the first error is shown.
        with suppress(DatabaseError):
            _keep(saga, error, fail)
        raise
    saga.refresh_from_db()


def is_held(saga: Saga) -> bool:
    """Whether a worker has it in hand now."""
    return saga.lease_until is not None and saga.lease_until > now()


def lease(saga: Saga) -> None:
    """Take the work for `LEASE`, counting the attempt. Raises AlreadyRunning."""
    instant = now()
    taken = (
        _rows(saga)
        .filter(Q(lease_until__isnull=True) | Q(lease_until__lt=instant))
        .update(lease_until=instant + LEASE, attempts=F("attempts") + 1)
    )
    if not taken:
        raise AlreadyRunning
    saga.refresh_from_db()


def hold(saga: Saga) -> None:
    """Lock the row for this transaction and renew the lease. Raises Superseded when a later attempt has it."""
    held = _rows(saga).select_for_update().filter(attempts=saga.attempts)
    if not held.values_list("pk", flat=True).first():
        raise Superseded
    _rows(saga).update(lease_until=now() + LEASE)


def do(saga: Saga, name: str, work: Work) -> None:
    """One step, unless it is done."""
    with transaction.atomic():
        # The row is there from the moment the step begins, so that a page can show what is being done.
        step, _created = saga.steps.get_or_create(name=name, defaults={"started_at": now()})  # type: ignore[attr-defined]
    if step.finished_at:
        return
    begun = time.perf_counter()
    with transaction.atomic():
        hold(saga)
        work(saga)
        step.milliseconds = round((time.perf_counter() - begun) * 1000)
        step.finished_at = now()
        step.save(update_fields=["milliseconds", "finished_at"])
    log.info("step_done", saga=type(saga).__name__, step=name, milliseconds=step.milliseconds, uuid=str(saga.uuid))


@transaction.atomic
def end(saga: Saga, finish: Work | None) -> None:
    """Once: the second time round there is nothing left to finish."""
    first = _rows(saga).filter(finished_at__isnull=True).update(finished_at=now())
    _rows(saga).update(lease_until=None, error="")
    if first and finish:
        finish(saga)


@transaction.atomic
def _keep(saga: Saga, error: Exception, fail: Callable[[Any, Exception], None] | None) -> None:
    _rows(saga).update(error=f"{type(error).__name__}: {error}"[:2000], lease_until=None)
    if fail:
        fail(saga, error)


def _rows(saga: Saga) -> Any:
    return type(saga)._default_manager.filter(pk=saga.pk)
