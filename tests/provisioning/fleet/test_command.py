"""`manage.py fleet`: what it prints, what it ends with, and that asking changes nothing."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from provisioning.fleet.progress import Progress
from provisioning.models import FleetRun, FleetTurn, Release, Upgrade
from tenants import context
from tenants.models import Tenant
from tenants.models.tenant import Ring
from tests.provisioning import fingerprint
from tests.provisioning.fleet.shelf import COLUMN, FILL, INDEX, PYTHON, Shelf, migration
from tests.support.cast import Cast

ONE = {"_0002_weight": migration(COLUMN, INDEX)}


@pytest.fixture
def cast(cast: Cast) -> Cast:
    """One in the first ring, one in the last."""
    Tenant.objects.filter(slug="jia").update(ring=Ring.OWN)
    Tenant.objects.filter(slug="yan").update(ring=Ring.ALL)
    return cast


def fleet(*words: str) -> str:
    """What the command prints."""
    out, err = io.StringIO(), io.StringIO()
    call_command("fleet", *words, stdout=out, stderr=err)
    return out.getvalue()


def refused(*words: str) -> CommandError:
    with pytest.raises(CommandError) as error:
        fleet(*words)
    return error.value


def breaks(slug: str) -> None:
    with context.inside(Tenant.objects.get(slug=slug)), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE voice_topic RENAME TO elsewhere")


def everything() -> list[object]:
    """All that a run could have written."""
    rows = [list(model.objects.order_by("pk").values()) for model in (FleetRun, FleetTurn, Upgrade, Release, Tenant)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace ORDER BY 1")
        schemas = cursor.fetchall()
    return [*rows, schemas, [fingerprint.parts(tenant) for tenant in Tenant.objects.order_by("pk")]]


def test_a_plan_names_the_versions_the_rings_and_the_migrations(cast: Cast, shelf: Shelf) -> None:
    shelf.stand(**ONE)
    said = fleet("plan")
    assert "2 behind" in said
    assert "(own 1, all 1): 1 migrations, 2 statements replayed" in said
    assert "voice.0002_weight" in said
    assert "CREATE INDEX" not in said
    assert 'CREATE INDEX "topic_by_weight"' in fleet("plan", "--sql")


def test_a_plan_says_which_migrations_run_python(cast: Cast, shelf: Shelf) -> None:
    shelf.stand(_0002_weight=migration(COLUMN), _0003_fill=migration(PYTHON, after="0002_weight", more=FILL))
    assert "because of voice.0003_fill" in fleet("plan")


@pytest.mark.parametrize(
    "words", [("plan",), ("plan", "--sql", "--json"), ("migrate", "--ring", "all", "--dry-run"), ("status",)]
)
def test_asking_changes_nothing(cast: Cast, shelf: Shelf, words: tuple[str, ...]) -> None:
    shelf.stand(**ONE)
    before = everything()
    fleet(*words)
    assert everything() == before


def test_a_migration_up_to_a_ring_and_what_the_status_then_says(cast: Cast, shelf: Shelf) -> None:
    old = cast.jia.migration_head
    head = shelf.stand(**ONE)
    said = fleet("migrate", "--ring", "own")
    assert f"Roll-out to {head[:12]}: done; up to own" in said
    versions = [line.split() for line in fleet("status").splitlines()[1:3]]
    assert versions == [[head[:12], "1", "current"], [old[:12], "1", "behind,", "served"]]
    report = json.loads(fleet("migrate", "--ring", "all", "--json"))
    assert report["state"] == "done"
    assert report["rings"]["all"]["done"] == 1
    assert [row["workspaces"] for row in json.loads(fleet("status", "--json"))["heads"]] == [2]


def test_with_nothing_to_do_it_says_so_and_ends_well(cast: Cast) -> None:
    assert "nothing to do" in fleet("migrate", "--ring", "all")
    assert "nothing to do" in fleet("plan")
    assert "No roll-out to this version has begun" in fleet("status")
    assert not FleetRun.objects.exists()


def test_an_unknown_ring_is_refused_with_the_ones_there_are(cast: Cast) -> None:
    error = refused("migrate", "--ring", "everybody")
    for name in ("everybody", "own", "pilot", "tenth", "all"):
        assert name in str(error)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--max-failures", "-1"), "0 to 100"),
        (("--max-failures", "many"), "0 to 100"),
        (("--jobs", "0"), "from 1 to"),
        (("--jobs", "99"), "from 1 to"),
    ],
)
def test_numbers_that_make_no_sense_are_refused(cast: Cast, words: tuple[str, ...], said: str) -> None:
    assert said in str(refused("migrate", "--ring", "all", *words))


def test_a_workspace_or_a_run_that_is_not_there_is_refused(cast: Cast, shelf: Shelf) -> None:
    for words in (("resume",), ("pause",), ("retry",), ("retry", "--workspace", "nobody")):
        assert refused(*words).returncode == 2, words
    assert "nobody" in str(refused("retry", "--workspace", "nobody"))


def test_failures_within_the_budget_end_with_one_and_beyond_it_with_three(cast: Cast, shelf: Shelf) -> None:
    breaks("jia")
    shelf.stand(**ONE)
    stopped = refused("migrate", "--ring", "all")
    assert stopped.returncode == 3
    assert "in the ring own" in str(stopped)
    assert Tenant.objects.get(slug="yan").migration_head == cast.yan.migration_head
    failed = refused("resume", "--max-failures", "100%")
    assert failed.returncode == 1
    assert "fleet retry" in str(failed)
    assert "failed: jia (own, 1 ×) UndefinedTable (42P01)" in fleet("status")
    with context.inside(cast.jia), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE elsewhere RENAME TO voice_topic")
    assert "failed: " not in fleet("retry", "--workspace", "jia")


def test_a_paused_run_says_how_to_go_on(cast: Cast, shelf: Shelf) -> None:
    shelf.stand(**ONE)
    fleet("migrate", "--ring", "own")
    FleetRun.objects.update(state="running")
    assert "fleet resume" in fleet("pause")
    assert FleetRun.objects.get().state == "paused"
    assert "done" in fleet("resume")


def test_the_bar_says_how_far_how_fast_and_how_long(cast: Cast, shelf: Shelf) -> None:
    shelf.stand(**ONE)
    fleet("migrate", "--ring", "own")
    run = FleetRun.objects.get()
    run.through = Ring.ALL
    drawn: list[str] = []
    progress = Progress(run, drawn.append, is_terminal=True)
    progress._begun -= 2
    progress._ended_before = 0
    progress.tick()
    assert drawn == [f"\rall   [{'#' * 12}{'-' * 12}] 1/2  50% · 0.5/s · 2 s left\x1b[K"]
    progress.tick()
    assert len(drawn) == 1  # not more often than the eye can follow


def test_an_interrupt_says_how_to_go_on(cast: Cast, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_args: object, **_kwargs: object) -> None:
        raise KeyboardInterrupt

    shelf.stand(**ONE)
    monkeypatch.setattr("provisioning.fleet.turns.Worker.take", interrupt)
    error = refused("migrate", "--ring", "all")
    assert error.returncode == 130
    assert "fleet resume" in str(error)
    monkeypatch.undo()
