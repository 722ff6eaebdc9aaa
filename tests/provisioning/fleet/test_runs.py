"""Ring by ring, within an error budget, and what a failed workspace does to the others: nothing."""

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from psycopg.errors import LockNotAvailable
from pytest_django.fixtures import Settings

from provisioning.fleet import counts, pace, planning, refusals, runs, slices
from provisioning.fleet.counts import Candidate
from provisioning.fleet.pace import Pace
from provisioning.fleet.quick import Quick
from provisioning.fleet.runner import Runner
from provisioning.fleet.turns import Taken
from provisioning.models import FleetRun, FleetTurn
from tenants import context, lifecycle, worker
from tenants.models import Tenant
from tenants.models.tenant import Ring
from tests.provisioning import fingerprint
from tests.provisioning.fleet.shelf import COLUMN, FILL, PYTHON, Shelf, bare, migration, topic
from tests.support.cast import Cast
from tests.support.jobs import run_jobs

State = FleetRun.State
Turn = FleetTurn.State
RINGS = {"own-1": Ring.OWN, "pilot-1": Ring.PILOT, "pilot-2": Ring.PILOT, "tenth-1": Ring.TENTH, "all-1": Ring.ALL}


@pytest.fixture
def fleet(cast: Cast) -> dict[str, Tenant]:
    """One workspace in every ring, two in the second; the cast is in the last."""
    Tenant.objects.update(ring=Ring.ALL)
    return {slug: bare(slug, ring=ring) for slug, ring in RINGS.items()}


def begin(through: Ring = Ring.ALL, budget: float = 0) -> FleetRun:
    return runs.begin(through=through, error_budget=budget, by="tests")


def work(run: FleetRun, **options: object) -> list[str]:
    """The addresses in the order of their turns."""
    order: list[str] = []
    Runner(run, on_turn=lambda turn: turn and order.append(turn.slug), **options).work()
    run.refresh_from_db()
    return order


def current(run: FleetRun) -> set[str]:
    """Who is on the run's version."""
    return set(Tenant.objects.filter(migration_head=run.head).values_list("slug", flat=True))


def turn_of(run: FleetRun, slug: str) -> FleetTurn:
    return FleetTurn.objects.get(run=run, tenant__slug=slug)


def breaks(tenant: Tenant) -> None:
    """Its tables are not what its release says: the migration cannot but fail there."""
    with context.inside(tenant), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE voice_topic RENAME TO elsewhere")


def mends(tenant: Tenant) -> None:
    with context.inside(tenant), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE elsewhere RENAME TO voice_topic")


def test_rings_come_one_after_another(fleet: dict[str, Tenant], shelf: Shelf) -> None:
    shelf.stand(_0002_weight=migration(COLUMN))
    run = begin()
    order = [Tenant.objects.get(slug=slug).ring for slug in work(run)]
    assert order == sorted(order)
    assert len(order) == len(fleet) + 2
    assert run.state == State.DONE
    assert {row.milliseconds is not None for row in run.turns.all()} == {True}


def test_a_run_goes_no_further_than_its_ring_and_further_when_it_is_told(
    fleet: dict[str, Tenant], shelf: Shelf
) -> None:
    shelf.stand(_0002_weight=migration(COLUMN))
    run = begin(Ring.PILOT)
    work(run)
    assert current(run) == {"own-1", "pilot-1", "pilot-2"}
    assert run.state == State.DONE
    further = begin(Ring.ALL)
    assert further == run
    work(further)
    assert len(current(run)) == len(fleet) + 2


def test_a_failed_workspace_keeps_its_tables_and_stops_no_other(fleet: dict[str, Tenant], shelf: Shelf) -> None:
    breaks(fleet["pilot-1"])
    before = fingerprint.parts(fleet["pilot-1"])
    shelf.stand(
        _0002_extra=migration(
            'migrations.CreateModel("Extra", [("id", models.BigAutoField(primary_key=True))]),', COLUMN
        )
    )
    run = begin(budget=50)
    work(run)
    assert current(run) == {"own-1", "pilot-2", "tenth-1", "all-1", "jia", "yan"}
    failed = turn_of(run, "pilot-1")
    assert (failed.state, failed.attempts) == (Turn.FAILED, 1)
    assert "42P01" in failed.error
    assert fingerprint.parts(fleet["pilot-1"]) == before
    assert run.state == State.DONE


def test_a_spent_budget_stops_before_the_next_ring(fleet: dict[str, Tenant], shelf: Shelf) -> None:
    breaks(fleet["pilot-1"])
    shelf.stand(_0002_weight=migration(COLUMN))
    run = begin(budget=49)
    work(run)
    assert run.state == State.STOPPED
    assert not current(run) & {"tenth-1", "all-1", "jia", "yan"}
    assert counts.over_budget(run) == Ring.PILOT


def test_a_spent_budget_stops_within_a_ring(cast: Cast, shelf: Shelf) -> None:
    Tenant.objects.update(ring=Ring.ALL)
    for number in range(8):
        breaks(bare(f"broken-{number}"))
    shelf.stand(_0002_weight=migration(COLUMN))
    run = begin(budget=20)
    work(run)
    counted = counts.rings(run)[Ring.ALL]
    # Three of ten are more than a fifth; the seven others were not tried in vain.
    assert (run.state, counted.failed, counted.total) == (State.STOPPED, 3, 10)
    assert counted.waiting >= 5


def test_a_stopped_run_goes_on_when_what_failed_was_mended(fleet: dict[str, Tenant], shelf: Shelf) -> None:
    breaks(fleet["own-1"])
    shelf.stand(_0002_weight=migration(COLUMN))
    run = begin()
    work(run)
    assert run.state == State.STOPPED
    runs.resume(run)
    work(run)
    assert run.state == State.STOPPED  # nothing was mended
    mends(fleet["own-1"])
    assert runs.retry(run, tenant=fleet["own-1"]) == 1
    work(run)
    assert run.state == State.DONE
    assert turn_of(run, "own-1").error == ""
    with pytest.raises(refusals.NothingFailed):
        runs.retry(run)


def test_a_paused_run_takes_no_further_turn(fleet: dict[str, Tenant], shelf: Shelf) -> None:
    shelf.stand(_0002_weight=migration(COLUMN))
    run = begin()
    taken: list[str] = []

    def pause_after_the_first(turn: Taken | None) -> None:
        taken.append(turn.slug)
        if len(taken) == 1:
            runs.pause(FleetRun.objects.get(pk=run.pk))

    Runner(run, on_turn=pause_after_the_first).work()
    run.refresh_from_db()
    assert (run.state, current(run)) == (State.PAUSED, {"own-1"})
    with pytest.raises(refusals.NotRunning):
        runs.pause(run)
    runs.resume(run)
    work(run)
    assert len(current(run)) == len(fleet) + 2


def test_when_everybody_is_there_no_run_begins(cast: Cast) -> None:
    with pytest.raises(refusals.NothingToDo):
        begin()
    assert not FleetRun.objects.exists()


def test_a_newer_version_supersedes_a_run_that_was_under_way(fleet: dict[str, Tenant], shelf: Shelf) -> None:
    shelf.stand(_0002_weight=migration(COLUMN))
    old = begin(Ring.OWN)
    work(old)
    runs.begin(through=Ring.ALL, error_budget=0, by="tests")
    shelf.stand(
        _0002_weight=migration(COLUMN), _0003_more=migration(COLUMN.replace("weight", "mass"), after="0002_weight")
    )
    new = begin()
    work(new)
    old.refresh_from_db()
    assert (old.state, new.state) == (State.SUPERSEDED, State.DONE)
    # From two versions, one of them a release apart.
    assert len(current(new)) == len(fleet) + 2


def test_who_fell_behind_again_gets_another_turn(fleet: dict[str, Tenant], shelf: Shelf) -> None:
    before = fleet["own-1"].migration_head
    shelf.stand(_0002_weight=migration(COLUMN))
    run = begin()
    work(run)
    # As after the restore of an older archive: tables and row of the release before.
    with context.inside(fleet["own-1"]), connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE voice_topic DROP COLUMN weight; DELETE FROM django_migrations WHERE name = '0002_weight'"
        )
    Tenant.objects.filter(slug="own-1").update(migration_head=before)
    assert work(begin()) == ["own-1"]
    assert "own-1" in current(run)


def test_a_workspace_whose_tables_are_ahead_of_its_row_is_only_noted(fleet: dict[str, Tenant], shelf: Shelf) -> None:
    before = fleet["own-1"].migration_head
    shelf.stand(_0002_weight=migration(COLUMN))
    run = begin()
    work(run)
    Tenant.objects.filter(slug="own-1").update(migration_head=before)
    work(begin())
    assert turn_of(run, "own-1").state == Turn.DONE
    assert "own-1" in current(run)


def test_a_workspace_that_is_not_what_its_row_says_is_refused(fleet: dict[str, Tenant], shelf: Shelf) -> None:
    with context.inside(fleet["own-1"]), connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'dues'")
    shelf.stand(_0002_weight=migration(COLUMN))
    run = begin(budget=100)
    work(run)
    assert "dues.0001_initial" in turn_of(run, "own-1").error


def test_a_workspace_that_left_meanwhile_is_passed_over(fleet: dict[str, Tenant], shelf: Shelf) -> None:
    shelf.stand(_0002_weight=migration(COLUMN))
    run = begin()
    Tenant.objects.filter(slug="own-1").update(state=Tenant.State.PURGED)
    work(run)
    assert turn_of(run, "own-1").state == Turn.SKIPPED
    assert counts.rings(run)[Ring.OWN].total == 0
    assert run.state == State.DONE


def test_a_suspended_workspace_is_migrated_too(fleet: dict[str, Tenant], shelf: Shelf) -> None:
    lifecycle.move(fleet["own-1"], to=Tenant.State.SUSPENDED, by="tests", reason="试")
    shelf.stand(_0002_weight=migration(COLUMN))
    run = begin()
    work(run)
    assert "own-1" in current(run)


def test_a_workspace_moves_to_another_ring_with_the_turn_it_waits_for(fleet: dict[str, Tenant], shelf: Shelf) -> None:
    shelf.stand(_0002_weight=migration(COLUMN))
    run = begin(Ring.OWN)
    runs.move_ring(fleet["all-1"], Ring.OWN)
    work(run)
    assert current(run) == {"own-1", "all-1"}


def test_an_error_names_the_place_and_no_value_of_a_row(cast: Cast, shelf: Shelf) -> None:
    for tenant in (cast.jia, cast.yan):
        with context.inside(tenant):
            topic("坏")
            topic("坏")
    shelf.stand(_0002_weight=migration(COLUMN), _0003_fill=migration(PYTHON, after="0002_weight", more=FILL))
    run = begin(budget=100)
    work(run)
    said = turn_of(run, "jia").error
    assert said.startswith("ValueError in ") and "0003_fill.py, line" in said
    assert "坏" not in said

    unique = "CREATE UNIQUE INDEX one_title ON voice_topic (title)"
    shelf.stand(_0002_unique=migration(f'migrations.RunSQL("{unique}"),'))
    run = begin(budget=100)
    work(run)
    assert turn_of(run, "jia").error == "UniqueViolation (23505) [voice_topic, one_title]"


def test_planning_asks_no_more_questions_for_forty_than_for_ten(cast: Cast, shelf: Shelf) -> None:
    head = cast.jia.migration_head
    shelf.stand(_0002_weight=migration(COLUMN))
    asked = []
    for number in range(2):
        Tenant.objects.bulk_create(
            Tenant(
                slug=f"row-{number}-{n}", name="单位", state="active", migration_head=head, sealed_key=b"", ring=n % 4
            )
            for n in range(10 if number == 0 else 30)
        )
        with CaptureQueriesContext(connection) as queries:
            run = begin()
            rings = counts.rings(run)
        asked.append(len(queries))
    assert sum(count.waiting for count in rings.values()) == 42
    # The first time the row of the run is made; that is all the difference.
    assert asked[1] <= asked[0] <= 15


def test_the_check_that_nobody_is_behind_is_one_question(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert not planning.is_anybody_behind()
    assert len(queries) == 1


def test_the_worker_goes_on_slice_by_slice(
    fleet: dict[str, Tenant], shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slices, "SLICE_S", 0.0)
    shelf.stand(_0002_weight=migration(COLUMN))
    run = begin()
    slices.ask(run)
    # Nothing fits into a slice of no length: the chain goes on by itself and does nothing.
    assert run_jobs(limit=3) == 3
    assert len(worker.pending()) == 1
    monkeypatch.setattr(slices, "SLICE_S", 60.0)
    run_jobs()
    run.refresh_from_db()
    assert run.state == State.DONE
    assert worker.pending() == []


def test_a_slice_that_was_handed_out_twice_goes_on_once(
    fleet: dict[str, Tenant], shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slices, "SLICE_S", 0.0)
    shelf.stand(_0002_weight=migration(COLUMN))
    run = begin()
    slices.ask(run)
    slices.ask(run)
    run_jobs(limit=2)
    assert [arguments["number"] for _n, _name, _w, arguments in worker.pending()] == [1]


def test_a_worker_of_another_release_leaves_a_slice_to_others(fleet: dict[str, Tenant], shelf: Shelf) -> None:
    shelf.stand(_0002_weight=migration(COLUMN))
    run = begin()
    shelf.back()
    with pytest.raises(slices.OtherRelease):
        slices.work(run.pk, 0)
    assert len(current(run)) == 0


def test_a_lock_that_somebody_holds_is_tried_again_and_then_given_up(
    fleet: dict[str, Tenant], shelf: Shelf, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FLEET_ATTEMPTS = 3
    shelf.stand(_0002_weight=migration(COLUMN))
    run = begin(budget=100)
    held = fleet["own-1"].schema_name
    real = Quick.take

    def take(quick: Quick, turns: list[Candidate]) -> list[Candidate]:
        if held in {turn.schema for turn in turns}:
            raise OperationalError("held") from LockNotAvailable("held")
        return real(quick, turns)

    monkeypatch.setattr(Quick, "take", take)
    order = work(run)
    assert order.count("own-1") == 3
    assert turn_of(run, "own-1").state == Turn.FAILED
    assert len(current(run)) == len(fleet) + 1


def test_quick_turns_share_a_transaction_and_more_do_so_while_it_stays_short(
    cast: Cast, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "HOLD_S", 60.0)
    Tenant.objects.update(ring=Ring.ALL)
    for number in range(13):
        bare(f"quick-{number}")
    shelf.stand(_0002_weight=migration(COLUMN))
    run = begin()
    sizes: list[int] = []
    real = Quick.take

    def take(quick: Quick, turns: list[Candidate]) -> list[Candidate]:
        sizes.append(len(turns))
        return real(quick, turns)

    monkeypatch.setattr(Quick, "take", take)
    assert len(work(run)) == 15
    assert sizes == [1, 2, 4, 8]
    assert {(turn.state, turn.attempts) for turn in run.turns.all()} == {(Turn.DONE, 1)}


def test_one_that_fails_among_several_is_found_and_the_others_are_done(
    cast: Cast, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "HOLD_S", 60.0)
    monkeypatch.setattr("random.shuffle", lambda rows: rows.sort(key=lambda row: row.pk))
    Tenant.objects.update(ring=Ring.ALL)
    for number in range(8):
        bare(f"many-{number}")
    breaks(Tenant.objects.get(slug="many-4"))
    shelf.stand(_0002_weight=migration(COLUMN))
    run = begin(budget=50)
    work(run)
    assert turn_of(run, "many-4").state == Turn.FAILED
    assert turn_of(run, "many-4").attempts == 1
    assert len(current(run)) == 9
    assert {turn.attempts for turn in run.turns.all()} == {1}


def test_a_slow_release_is_given_to_one_workspace_at_a_time() -> None:
    kept = Pace()
    for _ in range(3):
        kept.took(0.001, of=kept.size)
    assert kept.size == 8
    kept.took(0.8, of=8)
    assert kept.size == 1
    kept.took(0.5, of=1)
    assert kept.size == 1
    for _ in range(9):
        kept.took(0.001, of=kept.size)
    assert kept.size == pace.MOST
    kept.broke()
    assert kept.size == 1
