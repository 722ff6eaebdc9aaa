"""From the last button of a sign-up to a usable workspace, out of the warm pool, twenty at once (tenancy.md §3)."""

import threading
import time
from collections.abc import Iterator
from statistics import median, quantiles

from benchmarks import web
from benchmarks.arms.run import lines_of
from benchmarks.fresh import fresh_product
from benchmarks.report import Figure

IDS = ("signup_warm_p95_ms",)
AT_ONCE, ROUNDS, ROUNDS_BESIDE = 20, 6, 2
TOKEN = "a" * 32


def measure(wanted: set[str]) -> Iterator[Figure]:
    spent, empty = _spent(ROUNDS, laid_out=True), _spent(ROUNDS_BESIDE, laid_out=False)
    yield Figure(
        "signup_warm_p95_ms",
        _p95(spent),
        "ms",
        "≤ 100",
        beside={"median ms": median(spent), "slowest ms": max(spent), "of an empty spare ms": _p95(empty)},
        note=f"POST of the last screen to its answer through gunicorn, {AT_ONCE} at once, {ROUNDS} rounds, by people "
        "who had that screen before them (their spare is laid out); each workspace then opened its sign-in page",
    )


def _p95(spent: list[float]) -> float:
    return quantiles(spent, n=20)[-1]


def _spent(rounds: int, *, laid_out: bool) -> list[float]:
    """Milliseconds of every sign-up."""
    fresh_product()
    visitors = [line.split() for line in lines_of("signup_prepare", AT_ONCE * (rounds + 1), int(laid_out))]
    spent: list[float] = []
    with web.serving(workers=2, threads=4) as port:
        for number in range(rounds + 1):
            batch = visitors[number * AT_ONCE : (number + 1) * AT_ONCE]
            times = _at_once(port, batch)
            for slug, _name, _value in batch:
                status = web.ask(port, f"{slug}.localhost", "GET", "/sign-in/")
                assert status == 200, f"{slug} answered {status} after its sign-up"
            if number:  # the first round loads code and templates
                spent += times
    return spent


def _at_once(port: int, batch: list[list[str]]) -> list[float]:
    """Milliseconds of each."""
    start = threading.Barrier(len(batch))
    times = [0.0] * len(batch)

    def press(index: int) -> None:
        _slug, name, value = batch[index]
        headers = {
            "Cookie": f"{name}={value}; csrftoken={TOKEN}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        start.wait()
        begun = time.perf_counter()
        status = web.ask(
            port, "localhost", "POST", "/sign-up/confirm/", body=f"csrfmiddlewaretoken={TOKEN}", headers=headers
        )
        times[index] = (time.perf_counter() - begun) * 1000
        assert status == 302, status

    threads = [threading.Thread(target=press, args=(index,)) for index in range(len(batch))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times
