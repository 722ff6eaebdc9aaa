"""Several runners, locks of others, kills at any moment: on real connections and with real commits."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.test import TransactionTestCase
from pytest_django.fixtures import Settings

from provisioning import template
from provisioning.fleet import counts, crew, pace, runs
from provisioning.fleet.counts import Candidate
from provisioning.fleet.quick import Quick
from provisioning.fleet.runner import Runner
from provisioning.fleet.turns import Taken
from provisioning.models import FleetRun, FleetTurn, Release, Upgrade
from tenants import context, schemas
from tenants.models import Tenant
from tenants.models.tenant import Ring
from tests.provisioning import fingerprint
from tests.provisioning.fleet.shelf import COLUMN, INDEX, PYTHON, Shelf, bare, migration

pytestmark = pytest.mark.django_db(transaction=True)
NUMBER = 6
# Slow enough to be caught in the middle, twice.
SLOW = {
    "_0002_weight": migration(COLUMN, 'migrations.RunSQL("SELECT pg_sleep(0.03)"),', INDEX),
    "_0003_mass": migration(
        COLUMN.replace("weight", "mass"), 'migrations.RunSQL("SELECT pg_sleep(0.03)"),', after="0002_weight"
    ),
}
SLOW_PYTHON = {
    **SLOW,
    "_0004_fill": migration(
        PYTHON,
        after="0003_mass",
        more="import time\n\n\ndef fill(apps, schema_editor):\n    apps.get_model('voice', 'Topic').objects.count()\n"
        "    time.sleep(0.05)\n",
    ),
}


@pytest.fixture(scope="module", autouse=True)
def _nothing_is_truncated() -> Iterator[None]:
    """Django empties every table after a test that commits; the cast's workspaces must outlive it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: None)
        yield


@pytest.fixture
def fleet(transactional_db: None, shelf: Shelf) -> Iterator[list[Tenant]]:
    """Workspaces that commit, half of them in the first ring; the cast stands aside and stays as it is."""
    releases = set(Release.objects.values_list("pk", flat=True))
    cast = Tenant.objects.filter(slug__in=("jia", "yan"))
    cast.update(state=Tenant.State.RESTORING)
    made: list[Tenant] = []
    try:
        made += [bare(f"rival-{n}", ring=Ring.OWN if n % 2 else Ring.ALL) for n in range(NUMBER)]
        yield made
    finally:
        cast.update(state=Tenant.State.ACTIVE)
        FleetRun.objects.all().delete()
        Upgrade.objects.all().delete()
        Release.objects.exclude(pk__in=releases).delete()
        for tenant in made:
            schemas.drop(tenant.schema_name)
            tenant.delete()


def begin() -> FleetRun:
    return runs.begin(through=Ring.ALL, error_budget=0, by="tests")


class Beside(threading.Thread):
    """Work on connections of its own; `join` raises what it ended with."""

    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__()
        self.work = work
        self.error: Exception | None = None
        self.start()

    def run(self) -> None:
        try:
            self.work()
        except Exception as error:
            self.error = error
        finally:
            connections.close_all()

    def join(self, timeout: float | None = None) -> None:
        super().join(timeout)
        if self.error:
            raise self.error


def all_are_like_a_fresh_one(fleet: list[Tenant], run: FleetRun) -> None:
    fresh = bare("rival-fresh")
    fleet.append(fresh)
    wanted = fingerprint.parts(fresh)
    for tenant in fleet:
        tenant.refresh_from_db()
        assert tenant.migration_head == run.head
        assert fingerprint.parts(tenant) == wanted
        assert fingerprint.rows(tenant)["django_migrations"] == fingerprint.rows(fresh)["django_migrations"]


def test_runners_side_by_side_share_the_work_and_never_meet(fleet: list[Tenant], shelf: Shelf) -> None:
    shelf.stand(**SLOW)
    run = begin()
    shares: list[list[str]] = [[], [], []]

    def work(index: int) -> None:
        Runner(FleetRun.objects.get(pk=run.pk), on_turn=lambda t: t and shares[index].append(t.slug)).work()

    template.release()
    threads = [Beside(lambda index=index: work(index)) for index in range(3)]
    for thread in threads:
        thread.join()
    done = [slug for share in shares for slug in share]
    assert sorted(done) == sorted(tenant.slug for tenant in fleet)
    assert sum(bool(share) for share in shares) > 1
    turns = list(FleetTurn.objects.filter(run=run))
    assert {turn.attempts for turn in turns} == {1}
    # Nobody of the last ring began before the first ring was through.
    first = max(turn.finished_at for turn in turns if turn.ring == Ring.OWN)
    second = min(turn.finished_at.timestamp() - turn.milliseconds / 1000 for turn in turns if turn.ring == Ring.ALL)
    assert first.timestamp() <= second + 0.01
    all_are_like_a_fresh_one(fleet, run)


def test_a_crew_of_connections_does_all_of_it(fleet: list[Tenant], shelf: Shelf) -> None:
    shelf.stand(**SLOW_PYTHON)
    run = begin()
    crew.work(run, jobs=3, on_turn=lambda turn: None)
    run.refresh_from_db()
    assert run.state == FleetRun.State.DONE
    all_are_like_a_fresh_one(fleet, run)


def test_a_lock_that_somebody_holds_costs_the_others_nothing(
    fleet: list[Tenant], shelf: Shelf, settings: Settings
) -> None:
    settings.FLEET_LOCK_TIMEOUT_MS, settings.FLEET_BACKOFF_S, settings.FLEET_ATTEMPTS = 50, 0.1, 20
    shelf.stand(_0002_weight=migration(COLUMN))
    run = begin()
    held = next(tenant for tenant in fleet if tenant.ring == Ring.OWN)
    locked, free = threading.Event(), threading.Event()

    def hold() -> None:
        with context.inside(held), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM voice_topic")
            locked.set()
            free.wait(20)

    holder = Beside(hold)
    locked.wait(20)
    order: list[tuple[str, str]] = []

    def note(turn: Taken | None) -> None:
        if turn:
            order.append((turn.slug, turn.state))
        if order.count((held.slug, "waiting")) >= 2:
            free.set()

    Runner(run, on_turn=note).work()
    holder.join()
    assert order.count((held.slug, "waiting")) >= 2
    assert order[-1][1] == "done"
    turn = FleetTurn.objects.get(run=run, tenant=held)
    assert (turn.state, turn.error) == ("done", "")
    # The rest of its ring did not wait for it.
    others = [slug for slug, _state in order if slug in {t.slug for t in fleet if t.ring == Ring.OWN} - {held.slug}]
    assert order.index((others[-1], "done")) < order.index((held.slug, "done"))


def test_who_takes_long_is_shown_at_work(fleet: list[Tenant], shelf: Shelf) -> None:
    shelf.stand(**SLOW_PYTHON)
    run = begin()
    thread = Beside(lambda: Runner(FleetRun.objects.get(pk=run.pk)).work())
    seen = set()
    while thread.is_alive():
        FleetRun.objects.update(beat_at=None)
        begun = FleetTurn.objects.filter(run=run, state="running").first()
        if begun and counts.is_at_work(FleetRun.objects.get(pk=run.pk)):
            seen.add(begun.tenant_id)
        time.sleep(0.005)
    thread.join()
    assert seen
    assert not FleetTurn.objects.filter(run=run, state="running").exists()


def test_a_sign_that_a_killed_runner_left_is_no_work(fleet: list[Tenant], shelf: Shelf) -> None:
    shelf.stand(**SLOW_PYTHON)
    run = begin()
    FleetTurn.objects.filter(run=run).update(state="running")
    assert not counts.is_at_work(run)
    Runner(run).work()
    all_are_like_a_fresh_one(fleet, run)


@pytest.mark.parametrize("release", [SLOW, SLOW_PYTHON], ids=["sql", "python"])
def test_backends_killed_at_random_moments_are_survived(
    fleet: list[Tenant], shelf: Shelf, settings: Settings, release: dict[str, str]
) -> None:
    settings.FLEET_ATTEMPTS = 50
    shelf.stand(**release)
    template.release()
    run = begin()
    thread = Beside(Runner(FleetRun.objects.get(pk=run.pk)).work)
    chance = random.Random(1)  # noqa: S311
    killed = 0
    while thread.is_alive():
        time.sleep(chance.uniform(0.01, 0.25))
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FILTER (WHERE pg_terminate_backend(pid)) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL "
                "AND backend_type = 'client backend'"
            )
            killed += cursor.fetchone()[0]
        if killed > 25:
            break
    thread.join()
    assert killed > 2
    run.refresh_from_db()
    assert run.state == FleetRun.State.DONE
    all_are_like_a_fresh_one(fleet, run)


def test_backends_killed_while_several_share_a_transaction_are_survived(
    fleet: list[Tenant], shelf: Shelf, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FLEET_ATTEMPTS = 50
    monkeypatch.setattr(pace, "HOLD_S", 60.0)
    fleet += [bare(f"rival-{n}") for n in range(NUMBER, 2 * NUMBER)]
    shelf.stand(**SLOW)
    template.release()
    run = begin()
    killed_together = 0
    taken: list[int] = []
    real = Quick.take

    def take(quick: Quick, turns: list[Candidate]) -> list[Candidate]:
        taken.append(len(turns))
        return real(quick, turns)

    monkeypatch.setattr(Quick, "take", take)
    thread = Beside(Runner(FleetRun.objects.get(pk=run.pk)).work)
    while thread.is_alive() and killed_together < 2:
        time.sleep(0.005)
        if not taken or taken[-1] == 1:
            continue
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FILTER (WHERE pg_terminate_backend(pid)) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid() AND wait_event = 'PgSleep'"
            )
            killed_together += cursor.fetchone()[0]
    thread.join()
    assert killed_together > 0
    run.refresh_from_db()
    assert run.state == FleetRun.State.DONE
    all_are_like_a_fresh_one(fleet, run)


@pytest.mark.parametrize("after_s", [0.05, 0.2, 0.35])
def test_a_process_killed_outright_is_resumed(fleet: list[Tenant], shelf: Shelf, after_s: float) -> None:
    head = shelf.stand(**SLOW)
    package = django_settings.MIGRATION_MODULES["voice"]
    script = (
        "import sys, django; from django.conf import settings; django.setup(); "
        f"settings.MIGRATION_MODULES = {{'voice': {package!r}}}; "
        f"settings.DATABASES['default']['NAME'] = {connection.settings_dict['NAME']!r}; "
        f"from django.db import connection; connection.settings_dict['NAME'] = {connection.settings_dict['NAME']!r}; "
        "from provisioning import template; "
        f"assert template.head() == {head!r}; "
        "from django.core.management import call_command; print('ready', flush=True); "
        "call_command('fleet', 'migrate', '--ring', 'all')"
    )
    template.release()
    path = os.pathsep.join([str(shelf.folder), *sys.path])
    child = subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": path, "DJANGO_SETTINGS_MODULE": "config.settings.test"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert child.stdout.readline() == "ready\n"
    wait_for(lambda: FleetTurn.objects.filter(state="done").exists())
    time.sleep(after_s)
    child.send_signal(signal.SIGKILL)
    child.wait()
    run = runs.required()
    left = FleetTurn.objects.filter(run=run, state="waiting").count()
    # On a quick machine all of it may be over before the latest kill comes, or all but the run's own end.
    assert left < NUMBER and (left == 0 or run.state == FleetRun.State.RUNNING)
    if run.state == FleetRun.State.RUNNING:
        call_command("fleet", "resume")
    assert FleetTurn.objects.filter(run=run, state="done").count() == NUMBER
    all_are_like_a_fresh_one(fleet, run)


def test_a_database_that_goes_away_is_told_and_the_run_resumes(
    fleet: list[Tenant], shelf: Shelf, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FLEET_RECONNECT_S = 0
    shelf.stand(_0002_weight=migration(COLUMN))
    taken: list[int] = []
    here = connection.settings_dict["HOST"]
    real = Quick.take

    def vanish(quick: Quick, turns: list[Candidate]) -> list[Candidate]:
        taken.append(len(turns))
        if len(taken) == 2:
            monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")
            connection.connection.close()
        return real(quick, turns)

    with monkeypatch.context() as broken:
        broken.setattr(Quick, "take", vanish)
        with pytest.raises(CommandError) as error:
            call_command("fleet", "migrate", "--ring", "all")
    assert error.value.returncode == 4
    assert "does not answer" in str(error.value) and "fleet resume" in str(error.value)
    with pytest.raises(CommandError) as error:
        call_command("fleet", "status")
    assert error.value.returncode == 4
    monkeypatch.setitem(connection.settings_dict, "HOST", here)
    call_command("fleet", "resume")
    assert FleetTurn.objects.filter(state="done").count() == NUMBER


def wait_for(condition: Callable[[], bool], *, seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.005)
