"""Tests here that commit, or that run the product in other processes, get a copy of the suite's database."""

from collections.abc import Iterator

import pytest
from django.test import TransactionTestCase

from tests.support.copies import connected_to, copied


@pytest.fixture(scope="module")
def copy(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """The name of a database of this module's own, with the cast in it. Mark the module `django_db(transaction=True)`."""
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
