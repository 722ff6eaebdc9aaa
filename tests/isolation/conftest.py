"""Tests here that commit, or that run the product in other processes, get a copy of the suite's database."""

from collections.abc import Iterator

import pytest
from django.test import TransactionTestCase

from tests.support.copies import connected_to, copied


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without the mark pytest-django would not make a test database for them, and the copy be one of somebody's own."""
    for item in items:
        if "copy" in getattr(item, "fixturenames", ()) and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="module")
def copy(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """The name of a database of this module's own, with the cast in it."""
    with (
        django_db_blocker.unblock(),  # type: ignore[attr-defined]
        pytest.MonkeyPatch.context() as patch,
        copied("isolation") as name,
    ):
        # Django empties every table after a test that commits; here they go with the copy.
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: None)
        yield name


@pytest.fixture
def on_copy(copy: str, transactional_db: None) -> Iterator[None]:
    """This process works on the copy."""
    with connected_to(copy):
        yield
