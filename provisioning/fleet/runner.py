"""Migrate workspace after workspace, ring after ring. Any number of runners may do this at once: each turn is taken
under its row's lock, so they share the work and never meet."""

import random
import time
from collections import deque
from collections.abc import Callable

import structlog
from django.conf import settings
from django.db import Error as DatabaseFault
from django.db import connection

from provisioning import template
from provisioning.fleet import counts, faults
from provisioning.fleet.counts import Candidate
from provisioning.fleet.pace import Pace
from provisioning.fleet.turns import Taken, Worker, put_off
from provisioning.fleet.ways import Ways
from provisioning.models import FleetRun, FleetTurn
from shared.clock import now

log = structlog.get_logger(__name__)
State = FleetRun.State
AT_ONCE = 200  # candidates looked up together
# A backend remembers the tables of every schema it touched; after so many workspaces it makes room for a fresh one.
TURNS_A_BACKEND = 300
BEAT_EVERY_S = 3.0
PAUSE_S = 0.2


class DatabaseGone(Exception):
    """The database stayed away. What was committed stands, what was not is undone; the run can be resumed."""


class Runner:
    """One thread's work on one run. `should_stop` is asked between transactions; `on_turn` is told of each turn that
    ended."""

    def __init__(
        self,
        run: FleetRun,
        *,
        should_stop: Callable[[], bool] = lambda: False,
        on_turn: Callable[[Taken | None], object] = lambda turn: None,
        is_patient: bool = True,
    ) -> None:
        self.run = run
        self.should_stop = should_stop
        self.on_turn = on_turn
        self.is_patient = is_patient  # waits for what others hold, and for the time of what is put off
        self._worker: Worker | None = None
        self._pace = Pace()
        self._in_hand: Candidate | None = None
        self._alone: set[int] = set()  # turns that were undone with others, or lost with the connection
        self.taken = 0  # turns
        self._beat_at = 0.0  # of the monotonic clock

    def work(self) -> None:
        """Until everybody in the allowed rings had a turn, the budget is spent, or told to stop.

        Raises DatabaseGone when the database does not come back within FLEET_RECONNECT_S.
        """
        while True:
            try:
                self._work()
            except DatabaseFault as error:
                if not faults.is_lost(error):
                    raise
                self._come_back(error)
            else:
                return

    def _work(self) -> None:
        while not self.should_stop() and self._goes_on():
            if (ring := counts.current_ring(self.run)) is None:
                finish(self.run)
                return
            candidates = counts.due(self.run, ring, limit=AT_ONCE)
            # Runners side by side would otherwise try the same rows in the same order.
            random.shuffle(candidates)
            if not self._take(candidates):
                if not self.is_patient:
                    return
                self.on_turn(None)
                time.sleep(PAUSE_S)

    def _take(self, candidates: list[Candidate]) -> bool:
        """Whether any of them was ours to do."""
        taken = False
        waiting = deque(candidates)
        while waiting and not self.should_stop():
            self._beat()
            group = self._together(waiting)
            ended = self._take_group(group) if len(group) > 1 else None
            if ended is None:
                ended, goes_on = self._take_singly(group)
            else:
                goes_on = bool(ended) or self._goes_on()
            taken = taken or bool(ended)
            if not goes_on:
                break
        return taken

    def _together(self, waiting: "deque[Candidate]") -> list[Candidate]:
        """The next ones that may share a transaction, taken from the front."""
        group = [waiting.popleft()]
        while waiting and len(group) < self._pace.size and self._may_share(group[0]):
            if waiting[0].head != group[0].head or not self._may_share(waiting[0]):
                break
            group.append(waiting.popleft())
        return group

    def _may_share(self, candidate: Candidate) -> bool:
        """Not who failed before: that would undo the others' work again."""
        return not candidate.attempts and candidate.pk not in self._alone and self.worker.goes_quickly(candidate.head)

    def _take_group(self, group: list[Candidate]) -> list[Taken] | None:
        """Those that were free, done together; None, and nothing done, when each must be taken alone."""
        begun = time.monotonic()
        self._alone.update(candidate.pk for candidate in group)
        try:
            ended = self.worker.take_together(group)
        except DatabaseFault as error:
            self._pace.broke()
            if faults.is_lost(error):
                raise
            return None
        self._alone.difference_update(candidate.pk for candidate in group)
        if ended:
            self._pace.took(time.monotonic() - begun, of=len(ended))
        for turn in ended:
            self._ended(turn)
        return ended

    def _take_singly(self, group: list[Candidate]) -> tuple[list[Taken], bool]:
        """What ended, and whether the run goes on."""
        ended: list[Taken] = []
        for candidate in group:
            if self.should_stop():
                break
            begun = time.monotonic()
            self._in_hand = candidate
            turn = self.worker.take(candidate)
            self._in_hand = None
            if turn is None:
                if not self._goes_on():
                    return ended, False
                continue
            self._pace.took(time.monotonic() - begun, of=1)
            ended.append(turn)
            self._ended(turn)
            if turn.state == FleetTurn.State.FAILED and not self._goes_on():
                return ended, False
        return ended, True

    def _ended(self, turn: Taken) -> None:
        self.on_turn(turn)
        self._make_room()

    @property
    def worker(self) -> Worker:
        if self._worker is None:
            self._worker = Worker(Ways(template.release()))
        return self._worker

    def _goes_on(self) -> bool:
        """Whether the run is still wanted and within its budget."""
        self._beat()
        self.run.refresh_from_db()
        if self.run.state != State.RUNNING:
            return False
        if (ring := counts.over_budget(self.run)) is not None:
            log.warning("fleet_stopped", head=self.run.head[:12], ring=ring.name)
            FleetRun.objects.filter(pk=self.run.pk, state=State.RUNNING).update(state=State.STOPPED)
            self.run.refresh_from_db()
            return False
        return True

    def _beat(self) -> None:
        """Give the sign that somebody is at work."""
        if time.monotonic() - self._beat_at > BEAT_EVERY_S:
            self._beat_at = time.monotonic()
            FleetRun.objects.filter(pk=self.run.pk).update(beat_at=now())

    def _make_room(self) -> None:
        self.taken += 1
        if self.taken % TURNS_A_BACKEND == 0 and not connection.in_atomic_block:
            fresh_backend()

    def _come_back(self, error: DatabaseFault) -> None:
        """Connect again, patiently, and count the turn that the connection was lost in."""
        until = time.monotonic() + settings.FLEET_RECONNECT_S
        wait_s = PAUSE_S
        while True:
            fresh_backend()
            try:
                if self._in_hand is not None:
                    put_off(self._in_hand, error)
                self.run.refresh_from_db()
            except DatabaseFault as again:
                if time.monotonic() > until:
                    raise DatabaseGone(faults.describe(error)) from again
                time.sleep(wait_s)
                wait_s = min(2 * wait_s, 5)
            else:
                self._in_hand, self._worker = None, None
                return


def finish(run: FleetRun) -> None:
    """Everybody allowed had a turn."""
    FleetRun.objects.filter(pk=run.pk, state=State.RUNNING).update(state=State.DONE, finished_at=now())
    run.refresh_from_db()


def fresh_backend() -> None:
    """Close the connection for good, out of a pool too; the next statement opens another."""
    if connection.connection is not None and not connection.connection.closed:
        connection.connection.close()
    connection.close()
