"""`make bench` measures what it can, says what it could not, and knows every figure by one id."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from benchmarks import __main__ as bench
from benchmarks import report
from benchmarks.figures import MORE, PROMISED, families
from benchmarks.report import Figure


def sound(wanted: set[str]) -> Iterator[Figure]:
    yield Figure("empty_tenant_mb", 1.1, "MB", "≤ 1.5")


def broken(wanted: set[str]) -> Iterator[Figure]:
    yield Figure("request_ratio_0", 1.05, "×")
    raise RuntimeError("the server went away\nat line 3")


@pytest.fixture
def bench_of(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Run the command over made-up families, without a server; exit code, what it wrote."""

    def run(*made: SimpleNamespace, arguments: tuple[str, ...] = ()):
        monkeypatch.setattr(bench, "families", lambda: list(made))
        monkeypatch.setattr(bench, "CLUSTER", SimpleNamespace(begin_anew=lambda: None, stop=lambda: None))
        monkeypatch.setattr(report.write, "__defaults__", (tmp_path / "latest.json",))
        monkeypatch.setattr("sys.argv", ["bench", *arguments])
        code = bench.main()
        return code, json.loads((tmp_path / "latest.json").read_text()) if code != 2 else {}

    return run


FAMILIES = (
    SimpleNamespace(IDS=("request_ratio_0", "request_ratio_1"), measure=broken),
    SimpleNamespace(IDS=("empty_tenant_mb",), measure=sound),
)


def test_one_that_fails_stops_no_other_and_the_exit_code_says_so(bench_of, capsys) -> None:
    code, found = bench_of(*FAMILIES, arguments=("--only", "request_ratio_0,request_ratio_1,empty_tenant_mb"))
    assert code == 1
    assert [figure["id"] for figure in found["figures"]] == ["request_ratio_0", "empty_tenant_mb"]
    assert found["failures"] == {"request_ratio_1": "RuntimeError: the server went away"}
    said = capsys.readouterr()
    assert "FAILED request_ratio_1: RuntimeError: the server went away" in said.err
    assert re.search(r"empty_tenant_mb +\d+\.\d s", said.out)


def test_when_all_go_well_the_exit_code_is_nought(bench_of) -> None:
    code, found = bench_of(*FAMILIES, arguments=("--only", "empty_tenant_mb"))
    assert (code, found["failures"]) == (0, {})


def test_a_promised_figure_that_nobody_measures_is_a_failure(bench_of, capsys) -> None:
    code, _found = bench_of(*FAMILIES)
    assert code == 1
    assert "FAILED cold_open_ratio: nobody measures it" in capsys.readouterr().err


def test_an_unknown_id_is_named_with_those_there_are(bench_of, capsys) -> None:
    code, _found = bench_of(*FAMILIES, arguments=("--only", "request_ratio_7"))
    assert code == 2
    assert "No such figure: request_ratio_7. Known: request_ratio_0" in capsys.readouterr().err


def test_every_figure_has_one_family_and_one_place() -> None:
    ids = [identifier for family in families() for identifier in family.IDS]
    assert len(ids) == len(set(ids))
    assert set(ids) <= {*PROMISED, *MORE}
    assert not set(PROMISED) & set(MORE)
