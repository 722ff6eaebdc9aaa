"""A pytest plugin that runs each test once for every mutation, and once for the code as it is before and after them.

Writes `{mutation: [tests that failed]}` to the file that MUTATIONS_TO names; MUTATIONS_ON names the database.
`tests/isolation/test_mutations.py` runs it and asserts that no mutation is left unnoticed.
"""

import json
import os
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, settings

from tests.isolation.mutations import ALL, WALKED, NoLongerFits

WHOLE = "nothing"
AGAIN = "nothing, again"
UNFIT = "does not fit"
WALK = "test_no_short_walk_sees_what_it_may_not"
BY_NAME = {WHOLE: None, **{mutate.__name__: mutate for mutate in ALL}, AGAIN: None}


_FOUND = pytest.StashKey[dict[str, list[str]]]()

settings.register_profile("mutations", deadline=None, max_examples=15, phases=[Phase.generate], database=None)


def pytest_configure(config: pytest.Config) -> None:
    from django.db import connection

    connection.settings_dict["TEST"]["NAME"] = os.environ["MUTATIONS_ON"]
    settings.load_profile("mutations")
    config.stash[_FOUND] = {name: [] for name in BY_NAME}


@pytest.fixture(autouse=True, params=list(BY_NAME))
def _mutated() -> None:
    """Every test runs once for each."""


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Any:
    """Around the test alone, so that what it stands on was made by whole code."""
    from shared import workspace
    from tenants import context

    name = pyfuncitem.callspec.params["_mutated"]
    mutate = BY_NAME[name]
    is_walk = pyfuncitem.originalname == WALK
    if mutate and (mutate not in WALKED if is_walk else pyfuncitem.config.stash[_FOUND][name]):
        pytest.skip("noticed already")
    with ExitStack() as after:
        after.callback(workspace.current.set, None)
        after.callback(context.current.set, None)
        patch = after.enter_context(pytest.MonkeyPatch.context())
        undo = mutate(patch) if mutate else None
        if undo:
            after.callback(undo)
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    report = yield
    if report.failed:
        why = UNFIT if call.excinfo and call.excinfo.errisinstance(NoLongerFits) else report.nodeid
        item.config.stash[_FOUND][item.callspec.params["_mutated"]].append(why)  # type: ignore[attr-defined]
    return report


def pytest_sessionfinish(session: pytest.Session) -> None:
    Path(os.environ["MUTATIONS_TO"]).write_text(json.dumps(session.config.stash[_FOUND]))
