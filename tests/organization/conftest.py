"""A workspace of its own shape for every test here, entered as jia."""

from collections.abc import Iterator

import pytest

from tenants import context
from tests.support.cast import Cast
from workspace.accounts.models import User
from workspace.organization.models import Unit


@pytest.fixture
def jia(cast: Cast) -> Iterator[Cast]:
    """The test runs inside jia."""
    with context.inside(cast.jia):
        yield cast


@pytest.fixture
def owner(jia: Cast) -> User:
    return jia.user("owner")


@pytest.fixture
def root(jia: Cast) -> Unit:
    return Unit.objects.get(depth=1)


@pytest.fixture
def first(jia: Cast) -> Unit:
    return Unit.objects.get(name="第一党支部")


@pytest.fixture
def second(jia: Cast) -> Unit:
    return Unit.objects.get(name="第二党支部")
