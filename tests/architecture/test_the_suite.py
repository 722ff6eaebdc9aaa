"""The suite itself."""

import os

import pytest


@pytest.fixture(scope="module")
def prepared() -> str:
    return "once"


def test_what_a_module_prepares_is_prepared_by_one_worker(prepared: str, request: pytest.FixtureRequest) -> None:
    """pytest-xdist reads its groups from the name of a test, and says nothing where it cannot write them there."""
    assert request.node.get_closest_marker("xdist_group").args == ("test_the_suite",)
    if "PYTEST_XDIST_WORKER" in os.environ and request.config.getoption("loadgroup", False):
        assert request.node.nodeid.endswith("@test_the_suite")
