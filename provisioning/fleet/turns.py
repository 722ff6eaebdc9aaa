"""One workspace's turn: its tables, its `django_migrations`, its head and the row that says so commit together."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from provisioning import template
from provisioning.fleet import faults
from provisioning.fleet.counts import Candidate
from provisioning.fleet.quick import DRIFTED, Quick
from provisioning.fleet.refusals import Drifted, NoWay
from provisioning.fleet.ways import Ways, forward, named, nodes
from provisioning.models import FleetRun, FleetTurn, Upgrade
from shared.clock import now
from tenants import context, heads, hosts
from tenants.models import Tenant

log = structlog.get_logger(__name__)
State = FleetTurn.State
# No schema, or one that another piece of work is making or taking away.
OUTSIDE = (
    *(Tenant.State.REQUESTED, Tenant.State.VERIFIED),
    *(Tenant.State.ARCHIVED, Tenant.State.PURGED, Tenant.State.RESTORING),
)
LONGEST_BACKOFF_S = 60


@dataclass(frozen=True)
class Taken:
    """A turn that was taken, and how it ended."""

    slug: str
    state: str


class Worker:
    """Takes turns, one after another. A thread has its own, because it keeps the ways and Django's states."""

    def __init__(self, ways: Ways) -> None:
        self.ways = ways
        self._quick: dict[str, Quick | None] = {}
        self._executors: dict[int, tuple[MigrationExecutor, Any, Any]] = {}

    def take(self, candidate: Candidate) -> Taken | None:
        """Do one turn. None when somebody else has it or the run does not go on.

        Raises only when the database is gone; then nothing of it was done.
        """
        if self._quick_way(candidate.head) is None:
            return self._look_closer(candidate)
        try:
            done = self._quickly([candidate])
        except DatabaseError as error:
            if faults.is_lost(error):
                raise
            return self._look_closer(candidate) if faults.state(error) == DRIFTED else put_off(candidate, error)
        return done[0] if done else self._look_closer(candidate)

    def take_together(self, candidates: Sequence[Candidate]) -> list[Taken]:
        """Do those of one version in one transaction, as far as they are free. Raises DatabaseError, and nothing is
        done, when one of them is not as expected."""
        return self._quickly(candidates)

    def goes_quickly(self, head: str) -> bool:
        """Whether the way from that version is SQL alone, so that several may go together."""
        return self._quick_way(head) is not None

    def _quickly(self, candidates: Sequence[Candidate]) -> list[Taken]:
        head = candidates[0].head
        quick = self._quick_way(head)
        assert quick is not None  # noqa: S101  asked before
        with transaction.atomic():
            ours = quick.take(candidates)
            if ours:
                self._freshen(head)
        return [Taken(candidate.slug, State.DONE) for candidate in ours]

    def _quick_way(self, head: str) -> Quick | None:
        if head not in self._quick:
            try:
                upgrade = self.ways.of(head)
            except NoWay:
                self._quick[head] = None
            else:
                self._quick[head] = None if upgrade.python else Quick(upgrade, outside=OUTSIDE)
        return self._quick[head]

    def _look_closer(self, candidate: Candidate) -> Taken | None:
        """The same step by step: what needs Python, and what is not as expected."""
        begun = time.perf_counter()
        with transaction.atomic():
            turn = _locked(candidate.pk)
            if turn is None:
                return None
            if reason := self._needs_nothing(turn.tenant):
                return _end(turn, State.SKIPPED, error=reason)
            turn.origin = turn.tenant.migration_head
            try:
                upgrade = self.ways.of(turn.origin)
                announced = turn.state == State.RUNNING or not upgrade.python
                if announced:
                    self._migrate(turn.tenant, upgrade)
            except Exception as error:
                if faults.is_lost(error):
                    raise
                return _failed(turn, error)
            if announced:
                return self._done(turn, begun)
            # Python takes its time: commit the sign first, so that people see who is at it, then come again.
            FleetTurn.objects.filter(pk=turn.pk).update(state=State.RUNNING)
        return self._look_closer(candidate)

    def _needs_nothing(self, tenant: Tenant) -> str:
        if tenant.state in OUTSIDE:
            return _("工作空间的状态是「{state}」，不升级。").format(state=tenant.get_state_display())
        if tenant.migration_head == self.ways.destination.head:
            return _("已经是这个版本。")
        return ""

    def _migrate(self, tenant: Tenant, upgrade: Upgrade) -> None:
        wanted = context.of_schema(tenant.schema_name, timeout_ms=settings.FLEET_STATEMENT_TIMEOUT_MS)
        # What Python does may need the workspace's key; DDL does not.
        with context.entered(wanted, tenant.workspace if upgrade.python else None):
            there = _applied()
            if there == self.ways.applied:
                return  # its tables are ahead of its row, as after a restore: the head alone is set
            if there != nodes(upgrade.origin):
                missing, beyond = nodes(upgrade.origin) - there, there - nodes(upgrade.origin)
                head = upgrade.origin.head[:12]
                raise Drifted(head=head, missing=named(missing), beyond=named(beyond))
            if upgrade.python:
                self._migrate_in_python(upgrade)
            else:
                template.replay(upgrade)

    def _migrate_in_python(self, upgrade: Upgrade) -> None:
        """Django's own way. Its graph and the models of the origin are built once and serve every workspace there."""
        if upgrade.pk not in self._executors:
            executor = MigrationExecutor(connection)
            plan = executor.migration_plan(template.leaves(executor.loader))
            state = executor._create_project_state(with_applied_migrations=True)  # type: ignore[attr-defined]
            state.apps  # noqa: B018  rendered here, once
            self._executors[upgrade.pk] = executor, plan, state
        executor, plan, state = self._executors[upgrade.pk]
        forward(executor, plan, state.clone())

    @staticmethod
    def _freshen(origin: str) -> None:
        """Who came from outside the window saw 503 until now: their host is looked up anew at once."""
        if not heads.is_servable(origin):
            transaction.on_commit(hosts.forget)

    def _done(self, turn: FleetTurn, begun: float) -> Taken:
        Tenant.objects.filter(pk=turn.tenant_id).update(migration_head=self.ways.destination.head)
        self._freshen(turn.origin)
        turn.milliseconds = round((time.perf_counter() - begun) * 1000)
        return _end(turn, State.DONE)


def put_off(candidate: Candidate, error: BaseException) -> Taken | None:
    """Keep the error of a turn that was undone as a whole. A lost connection counts too, so that a turn that kills its
    backend each time ends as failed."""
    with transaction.atomic():
        turn = _locked(candidate.pk)
        return _failed(turn, error) if turn else None


def _locked(pk: int) -> FleetTurn | None:
    """The turn and its workspace, held until the transaction ends; nobody can suspend or close it meanwhile."""
    return (
        FleetTurn.objects.select_for_update(skip_locked=True, no_key=True, of=("self", "tenant"))
        .select_related("tenant")
        .filter(pk=pk, state__in=FleetTurn.OPEN, run__state=FleetRun.State.RUNNING)
        .first()
    )


def _applied() -> set[tuple[str, str]]:
    """What the schema in force says was done to it. The same round trip limits how long its locks are waited for."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT app, name FROM django_migrations CROSS JOIN set_config('lock_timeout', %s, true)",
            [str(settings.FLEET_LOCK_TIMEOUT_MS)],
        )
        return {(app, name) for app, name in cursor.fetchall()}


def _failed(turn: FleetTurn, error: BaseException) -> Taken:
    """Keep the error; what passes by itself is tried again after a while that doubles."""
    said = faults.describe(error)
    turn.origin = turn.tenant.migration_head
    if (faults.is_passing(error) or faults.is_lost(error)) and turn.attempts + 1 < settings.FLEET_ATTEMPTS:
        turn.not_before = now() + timedelta(seconds=min(LONGEST_BACKOFF_S, settings.FLEET_BACKOFF_S * 2**turn.attempts))
        return _end(turn, State.WAITING, error=said)
    log.warning("fleet_turn_failed", tenant=str(turn.tenant.uuid), error=said)
    return _end(turn, State.FAILED, error=said)


def _end(turn: FleetTurn, state: str, *, error: str = "") -> Taken:
    turn.state, turn.error = state, error[:2000]
    if state != State.SKIPPED:
        turn.attempts += 1
    turn.finished_at = None if state == State.WAITING else now()
    turn.save(update_fields=["state", "error", "attempts", "origin", "milliseconds", "not_before", "finished_at"])
    return Taken(turn.tenant.slug, state)
