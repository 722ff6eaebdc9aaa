"""Open and fill workspaces up to a number, in several processes, and keep count of the time."""

import subprocess
import sys
import time
from statistics import median
from typing import Any

from benchmarks.rollout import state
from benchmarks.rollout.measures import run as run_measure
from benchmarks.rollout.server import superuser

# The last ones before a size are opened under measurement: in turn cold, warm and twenty at once.
MEASURED, FEWER = 40, 20
EVERY = 250  # workspaces between two notes of how far it is


def grow(known: dict[str, Any], size: int, *, processes: int) -> None:
    """Up to `size` workspaces; those that are there already are passed over."""
    _model()
    kinds = ["cold", "warm", "burst"] if _has_pool() else ["cold"]
    measured = MEASURED if size > MEASURED * 4 else FEWER if size > FEWER * 4 else 2
    last = size - measured * len(kinds)
    _grow_to(known, last, processes)
    figures: dict[str, Any] = {}
    for number, kind in enumerate(kinds):
        first = last + 1 + number * measured
        if _whole_from(first, measured):
            continue
        if not _nothing_from(first, measured):
            # Cut in the middle of measuring: what is left of these is opened without.
            _grow_to(known, first + measured - 1, processes)
            continue
        figures |= run_measure("signups", kind, first, measured)
        print(f"  {kind}: {figures[f'signup_{kind}_p50_ms']} ms, p95 {figures[f'signup_{kind}_p95_ms']} ms", flush=True)
    if figures:
        known["sizes"].setdefault(str(size), {}).update(figures)
        state.save(known)


def _model() -> None:
    subprocess.run([sys.executable, "-m", "benchmarks.rollout.model"], check=True, stdout=subprocess.DEVNULL)


def _has_pool() -> bool:
    code = "import benchmarks.rollout.product; from benchmarks.rollout import opening; print(opening.has_pool())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip() == "True"


def _grow_to(known: dict[str, Any], last: int, processes: int) -> None:
    there = _count()
    if there >= last:
        return
    print(f"Opening up to {last} workspaces ({there} are there) in {processes} processes…", flush=True)
    before, begun = _wal(), time.perf_counter()
    children = [
        subprocess.Popen(
            [sys.executable, "-m", "benchmarks.rollout.grow", *map(str, (2, last, share, processes))],
            stdout=subprocess.PIPE,
            text=True,
        )
        for share in range(processes)
    ]
    lines = [line for child in children for line in _lines(child, noisy=child is children[0])]
    if failed := [child for child in children if child.wait()]:
        raise SystemExit(f"{len(failed)} processes failed; run again to go on.")
    _note(known, lines, time.perf_counter() - begun, _wal() - before)


def _lines(child: "subprocess.Popen[str]", *, noisy: bool) -> list[tuple[float, float]]:
    assert child.stdout
    found = []
    for number, line in enumerate(child.stdout, start=1):
        found.append((float(line.split()[1]), float(line.split()[2])))
        if noisy and number % EVERY == 0:
            print(f"  workspace {line.split()[0]}: opening {median(o for o, _f in found[-EVERY:]):.3f} s", flush=True)
    return found


def _note(known: dict[str, Any], lines: list[tuple[float, float]], wall: float, wal: int) -> None:
    """Sums over all runs, so that a run that went on adds to the one that was cut."""
    grown = known["grown"]
    for name, value in (
        ("workspaces", len(lines)),
        ("wall_s", wall),
        ("opening_s", sum(opened for opened, _filled in lines)),
        ("filling_s", sum(filled for _opened, filled in lines)),
        ("wal_mb", wal / 1_000_000),
    ):
        grown[name] = round(grown.get(name, 0) + value, 1)
    state.save(known)


def _wal() -> int:
    with superuser() as server:
        return int(str(server.execute("SELECT pg_current_wal_lsn() - '0/0'").fetchone()[0]))  # type: ignore[index]


def _slugs(first: int, count: int) -> list[str]:
    return [f"unit-{number:05d}" for number in range(first, first + count)]


def _one(query: str, *values: object) -> int:
    with superuser() as server:
        return int(str(server.execute(query, values).fetchone()[0]))  # type: ignore[index]


def _count() -> int:
    return _one("SELECT count(*) FROM tenants_tenant WHERE slug LIKE 'unit-%%' AND stated_members > 0")


def _whole_from(first: int, count: int) -> bool:
    query = "SELECT count(*) FROM tenants_tenant WHERE slug = ANY(%s) AND stated_members > 0"
    return _one(query, _slugs(first, count)) == count


def _nothing_from(first: int, count: int) -> bool:
    return _one("SELECT count(*) FROM tenants_tenant WHERE slug = ANY(%s)", _slugs(first, count)) == 0
