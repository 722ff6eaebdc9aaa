"""Throw dice for what a walker does next: weighted, seeded, the same walk for the same seed."""

import random
from collections.abc import Callable

from tests.isolation.walk.ground import READS, WRITES
from tests.isolation.walk.outings import Outings

PLACES = ("jia", "yan")
DEEPEST = 5  # blocks in one another
FAR = 40  # operations after which a walk goes home, so that commits happen too

Act = Callable[[Outings, random.Random], None]

# What there is to do. Dear acts (a thread, a job, a new connection) are rare, cheap ones common.
ACTS: dict[str, Act] = {
    "read": lambda o, r: o.walker.read(r.choice(tuple(READS))),
    "write": lambda o, r: o.walker.write(r.choice(tuple(WRITES))),
    "enter": lambda o, r: o.walker.enter(r.choice(PLACES)),
    "nowhere": lambda o, r: o.walker.enter(r.choice(("control", "nowhere"))),
    "savepoint": lambda o, r: o.walker.enter("savepoint"),
    "leave": lambda o, r: o.walker.leave(),
    "error": lambda o, r: o.walker.leave("error"),
    "undo": lambda o, r: o.walker.leave("undone"),
    "iterator": lambda o, r: o.walker.begin_iterator(),
    "step": lambda o, r: o.walker.step_iterator(),
    "trespass": lambda o, r: o.walker.trespass(),
    "stumble": lambda o, r: o.walker.stumble(),
    "threads": lambda o, r: o.threads((r.choice(PLACES), r.choice((*PLACES, "nowhere"))), r.choice(tuple(READS))),
    "request": lambda o, r: o.request(r.choice(PLACES), r.choice(tuple(READS)), r.choice(("well", "error", "500"))),
    "stream": lambda o, r: o.stream(r.choice(PLACES), late=r.random() < 0.5),
    "job": lambda o, r: o.job(r.choice(PLACES)),
    "close": lambda o, r: o.reconnect("closed"),
    "kill": lambda o, r: o.reconnect("killed"),
}
# How likely, outside every block and inside one.
OUTSIDE = {"enter": 70, "read": 5, "write": 2, "nowhere": 3, "savepoint": 1, "trespass": 1, "threads": 4, "request": 4,
           "stream": 3, "job": 1, "close": 0.5, "kill": 0.3}  # fmt: skip
INSIDE = {"read": 46, "write": 8, "enter": 11, "nowhere": 0.7, "savepoint": 6, "leave": 15, "error": 4, "undo": 1.5,
          "iterator": 2, "step": 4, "trespass": 0.7, "stumble": 0.6, "threads": 0.5, "job": 0.2, "close": 0.1,
          "kill": 0.05}  # fmt: skip


def walk(outings: Outings, *, operations: int, seed: int) -> dict[str, int]:
    """So many operations. Returns how often each act was thrown; raises Leak at the first leak."""
    rng = random.Random(seed)  # noqa: S311 - repeatable on purpose
    outside, inside = ((tuple(weights), tuple(weights.values())) for weights in (OUTSIDE, INSIDE))
    done = dict.fromkeys(ACTS, 0)
    walker = outings.walker
    until_home = FAR
    while walker.operations < operations:
        (name,) = rng.choices(*(inside if walker.frames else outside))
        until_home = until_home - 1 if walker.frames else FAR
        if walker.depth >= DEEPEST or until_home < 0:
            name = "leave"
        ACTS[name](outings, rng)
        done[name] += 1
    walker.finish()
    return done
