"""However one goes in and out of workspaces, nothing of one is seen in the other, and nothing of one's own is missing.

`tests.isolation.walk` says what a step may be and what must be seen at each. Hypothesis looks for short walks that go
wrong; dice throw long ones, over plain connections and over a pool.
"""

import json
import secrets
from typing import ClassVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from tests.isolation.walk import ground
from tests.isolation.walk.dice import DEEPEST
from tests.isolation.walk.outings import Outings
from tests.isolation.walk.walker import Walker
from tests.support.copies import copied, started

OPERATIONS = 100_000
LONGEST_S = 300
KINDS = st.sampled_from(tuple(ground.READS))
PLACES = st.sampled_from(("jia", "yan"))


class Walk(RuleBasedStateMachine):
    """One walk; rules are what a walker may do."""

    out: ClassVar[Outings]

    def __init__(self) -> None:
        super().__init__()
        self.out.walker = self.walker = Walker(ground.ground())

    def teardown(self) -> None:
        self.walker.finish()

    @precondition(lambda self: self.walker.depth < DEEPEST)
    @rule(place=st.sampled_from(("jia", "yan", "control", "nowhere", "savepoint")))
    def enter(self, place: str) -> None:
        self.walker.enter(place)

    @precondition(lambda self: self.walker.frames)
    @rule(how=st.sampled_from(("well", "error", "undone")))
    def leave(self, how: str) -> None:
        self.walker.leave(how)

    @rule(kind=KINDS)
    def read(self, kind: str) -> None:
        self.walker.read(kind)

    @rule(kind=st.sampled_from(tuple(ground.WRITES)))
    def write(self, kind: str) -> None:
        self.walker.write(kind)

    @rule()
    def begin_iterator(self) -> None:
        self.walker.begin_iterator()

    @rule()
    def step_iterator(self) -> None:
        self.walker.step_iterator()

    @rule()
    def trespass(self) -> None:
        self.walker.trespass()

    @precondition(lambda self: self.walker.frames)
    @rule()
    def stumble(self) -> None:
        self.walker.stumble()

    @rule(places=st.tuples(PLACES, st.sampled_from(("jia", "yan", "nowhere"))), kind=KINDS)
    def threads(self, places: tuple[str, str], kind: str) -> None:
        self.out.threads(places, kind)

    @precondition(lambda self: not self.walker.frames)
    @rule(place=PLACES, kind=KINDS, ending=st.sampled_from(("well", "error", "500")))
    def request(self, place: str, kind: str, ending: str) -> None:
        self.out.request(place, kind, ending)

    @precondition(lambda self: not self.walker.frames)
    @rule(place=PLACES, late=st.booleans())
    def stream(self, place: str, late: bool) -> None:
        self.out.stream(place, late=late)

    @rule(place=PLACES)
    def job(self, place: str) -> None:
        self.out.job(place)

    @rule(how=st.sampled_from(("closed", "killed")))
    def reconnect(self, how: str) -> None:
        self.out.reconnect(how)


def test_no_short_walk_sees_what_it_may_not(on_copy: None) -> None:
    Walk.out = Outings(Walker(ground.ground()))
    try:
        run_state_machine_as_test(Walk, settings=settings(max_examples=50, stateful_step_count=40))
    finally:
        Walk.out.close()


def test_a_hundred_thousand_random_operations_leak_nothing(copy: str) -> None:
    """Two walks side by side, one over a pool; each prints its seed, with which `make soak SEED=…` repeats it."""
    seed = secrets.randbelow(1_000_000)
    with copied("pooled") as pooled:
        walks = [
            started("-m", "tests.isolation.walk", f"--operations={OPERATIONS // 2}", f"--seed={seed}", *more)
            for more in ([f"--database={copy}"], [f"--database={pooled}", "--pool"])
        ]
        told = [walk.communicate(timeout=LONGEST_S) for walk in walks]
    found = [json.loads(out.splitlines()[-1]) if out else {"leak": err} for out, err in told]
    assert [one["leak"] for one in found] == ["", ""], found
    assert sum(one["operations"] for one in found) >= OPERATIONS
    assert all(all(one["acts"].values()) for one in found), "every kind of step was taken"
