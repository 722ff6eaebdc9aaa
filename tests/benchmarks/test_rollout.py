"""The roll-out's own parts: a copy is whole, settings are read as shipped, the page is written between its marks."""

import copy
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from benchmarks.rollout import curves, page, state
from benchmarks.rollout.copying import Copier
from benchmarks.rollout.measures import spread
from benchmarks.rollout.server import read
from tests.support.cast import Cast

MEASURED = {
    "machine": {"cores": 2, "memory_gib": 16, "system": "Linux"},
    "grown": {"workspaces": 960, "wall_s": 300, "opening_s": 400, "filling_s": 60, "wal_mb": 3_000},
    "sizes": {
        "1000": {"measured": ["sizes"], "signup_cold_p50_ms": 170.4, "signup_cold_p95_ms": 210, "database_mb": 3_400},
        "100": {"measured": ["sizes"], "signup_cold_p50_ms": 165, "signup_cold_p95_ms": 200, "database_mb": 350},
        "5000": {"signup_cold_p50_ms": 171},  # begun, nothing measured yet
    },
}


def test_a_filled_copy_has_the_models_rows_and_no_orphans(cast: Cast) -> None:
    """The copier works with committed rows only: it is a superuser's connection of its own."""
    if not settings.EMBEDDED:
        pytest.skip("needs the embedded server's superuser")
    where = {"host": settings.CLUSTER.connection["HOST"], "dbname": connection.settings_dict["NAME"]}
    model, target = cast.jia.schema_name, cast.yan.schema_name
    with psycopg.connect(user="postgres", autocommit=False, **where) as server:
        copier = Copier(server, model)
        people = "SELECT count(*) FROM {}.members_member"
        before = server.execute(people.format(target)).fetchone()
        server.execute(f"DELETE FROM {target}.members_appointment; DELETE FROM {target}.members_member")
        copier.fill(target)
        assert server.execute(people.format(target)).fetchone() == before
        assert copier.orphans(target) == {}
        first = server.execute(f"SELECT nextval(pg_get_serial_sequence('{target}.members_member', 'id'))").fetchone()
        assert first > server.execute(f"SELECT max(id) FROM {target}.members_member").fetchone()
        server.execute(
            f"SET session_replication_role = replica; DELETE FROM {target}.organization_unit WHERE depth > 1"
        )
        assert f"{target}.members_member.unit_id" in copier.orphans(target)
        server.rollback()


def test_the_settings_are_those_that_infra_ships(tmp_path: Path) -> None:
    file = tmp_path / "x.conf"
    file.write_text("# why\nmax_connections = 120\njit = off  # short\n\nname = 'quoted'\n#work_mem = 1GB\n")
    assert read(file) == {"max_connections": "120", "jit": "off", "name": "quoted"}
    assert read()["max_locks_per_transaction"] == "512"


def test_a_spread_says_median_tail_and_over_how_many() -> None:
    assert spread("x", [0.001 * n for n in range(1, 101)]) == {
        "x_p50_ms": 50.5,
        "x_p95_ms": 95.05,
        "x_count": 100,
    }
    assert spread("x", [0.002]) == {"x_p50_ms": 2.0, "x_p95_ms": 2.0, "x_count": 1}


def test_the_page_is_written_between_its_marks_and_the_rest_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = tmp_path / "scale.md"
    written.write_text(f"# Before\n{page.BEGIN}\nof last year\n{page.END}\nAfter\n")
    monkeypatch.setattr(page, "PAGE", written)
    monkeypatch.setattr(curves, "PICTURES", tmp_path)
    for _ in range(2):
        page.write(copy.deepcopy(MEASURED))
    text = written.read_text()
    assert text.startswith("# Before\n") and text.endswith("\nAfter\n")
    assert "of last year" not in text
    assert "| workspaces | 100 | 1,000 |\n" in text
    assert "| sign-up, cold (p50 / p95) | 165 / 200 ms | 170 / 210 ms |" in text
    assert "first page" not in text  # not measured: no row
    assert "(pictures/scale-signup.svg)" in text
    picture = (tmp_path / "scale-signup.svg").read_text()
    assert picture.startswith("<svg xmlns=") and "1,000" in picture and "cold" in picture


def test_what_is_known_is_kept_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "rollout.json"
    assert state.load(path) == {"grown": {}, "sizes": {}}
    state.save(MEASURED, path)
    assert state.load(path) == MEASURED
    with pytest.raises(TypeError):
        state.save({"broken": object()}, path)
    assert state.load(path) == MEASURED
