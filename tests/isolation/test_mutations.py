"""The suite that guards the walls is guarded too: with any one of them taken away, it fails."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT
from tests.isolation import mutated
from tests.isolation.mutations import WALKED

# Enough of the suite that each mutation meets a test that is about it, and little enough to be run for each.
TESTS = (
    "tests/isolation/test_database_walls.py",
    "tests/isolation/test_crossings.py",
    "tests/isolation/test_first_statements.py::test_a_cursor_of_an_earlier_transaction_opens_the_next",
    "tests/isolation/test_walk.py::test_no_short_walk_sees_what_it_may_not",
    "tests/isolation/test_accounts.py::test_a_session_row_copied_into_the_other_signs_nobody_in",
    "tests/isolation/test_accounts.py::test_a_link_of_one_is_unknown_at_the_other",
    "tests/isolation/test_accounts.py::test_a_token_of_one_is_refused_at_the_other_even_when_its_row_is_copied",
    "tests/isolation/test_hosts.py::test_each_host_shows_its_own_workspace",
    "tests/tenants/test_queue.py::test_a_job_runs_inside_the_workspace_that_asked",
)
LONGEST_S = 300


def test_no_wall_can_be_taken_away_unnoticed(copy: str, tmp_path: Path) -> None:
    told = tmp_path / "found.json"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.isolation.mutated", "-p", "no:randomly", "-p", "no:xdist",
         "-p", "no:cacheprovider", "--reuse-db", "-q", "--tb=line", *TESTS],
        cwd=ROOT, env={**_environment(), "MUTATIONS_TO": str(told), "MUTATIONS_ON": copy}, capture_output=True,
        text=True, check=False, timeout=LONGEST_S,
    )  # fmt: skip
    assert done.returncode == pytest.ExitCode.TESTS_FAILED, done.stdout + done.stderr
    found = json.loads(told.read_text())
    for whole in (mutated.WHOLE, mutated.AGAIN):
        assert found.pop(whole) == [], done.stdout
    assert {name for name, failed in found.items() if not failed} == set(), "these went unnoticed"
    assert [name for name, failed in found.items() if mutated.UNFIT in failed] == []
    for mutation in WALKED:
        assert any(mutated.WALK in test for test in found[mutation.__name__]), f"a walk misses {mutation.__name__}"


def _environment() -> dict[str, str]:
    """Without what a parallel run tells its workers."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
