"""The suite's house: a throw-away PostgreSQL and two open workspaces, made once a session; each test is undone."""

from collections.abc import Iterator

import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation

from config.embedded import Cluster
from tenants.models import Tenant
from tests.support.cast import Cast, Client, open_cast


def pytest_configure() -> None:
    """The database server must run before pytest-django asks for a database."""
    if settings.EMBEDDED:
        cluster: Cluster = settings.CLUSTER
        cluster.ensure_running()


def pytest_make_parametrize_id(val: object) -> str | None:
    """A file made at import holds the time: two workers of a run would each know its test by another name."""
    return "file" if isinstance(val, bytes) else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What a module prepares once is dear: one worker of a parallel run does all of the module."""
    for item in items:
        known = getattr(item, "_fixtureinfo", None)
        made = known.name2fixturedefs.values() if known else ()
        if any(each[-1].scope == "module" for each in made):
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


# A busy machine is no failing property: examples are counted, never timed.
hypothesis.settings.register_profile("suite", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("suite")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> None:
    """pytest-django has made the test database; open the cast's two workspaces in it, for good. A database that was
    kept (`--reuse-db`) has them already."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        if not Tenant.objects.exists():
            _drop_orphan_roles()
            open_cast()


@pytest.fixture
def cast(db: None) -> Cast:
    """Two workspaces, their people, and an operator."""
    return Cast.assemble()


@pytest.fixture
def client() -> Client:
    """A browser with nobody signed in; every page that it gets is checked."""
    return Client()


@pytest.fixture(autouse=True)
def _nothing_left_in_force() -> Iterator[None]:
    """A test that leaks a context would make the next one pass by luck."""
    from tenants import context

    yield
    assert context.current.get() is None


def _drop_orphan_roles() -> None:
    """Roles belong to the server, not the database: a run that was cut leaves some. One still in use refuses to go."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolname ~ '^t_[0-9a-f]{16}$'")
        orphans = [row[0] for row in cursor.fetchall()]
        for role in orphans:
            cursor.execute(f"DO $$ BEGIN DROP ROLE {role}; EXCEPTION WHEN OTHERS THEN NULL; END $$")


@pytest.fixture(autouse=True)
def _source_language() -> Iterator[None]:
    """A request in English leaves its language on the thread; the next test starts from the source language."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session", autouse=True)
def _nothing_is_truncated() -> Iterator[None]:
    """Django empties every table after a test that commits; the cast's workspaces must outlive it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: None)
        yield
