"""After a request, a job or a failure the connection is as it was: the next user of it inherits nothing.

This is what makes PgBouncer in transaction mode and psycopg's pool safe. Real transactions in a process of its own.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import TransactionTestCase

from tenants import lifecycle
from tenants.models import Tenant
from tests.support.another import Another

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module", autouse=True)
def _nothing_is_truncated() -> Iterator[None]:
    """Django empties every table after a test that commits; the cast's workspaces must outlive it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: None)
        yield


CLEAN = {
    "role": "none",
    "login": True,
    "path": True,
    "timeout": "0",
    "prepared": 0,
    "cursors": 0,
    "advisory": 0,
    "channels": 0,
    "temporary": 0,
    "status": 0,
}


@pytest.fixture(scope="module")
def keeping(django_db_setup: None) -> Iterator[Another]:
    """A process that keeps one connection for ever."""
    with Another(DATABASE={"CONN_MAX_AGE": None}) as process:
        yield process


REQUESTS: dict[str, tuple[tuple[str, str, str], int]] = {
    "a page": (("jia", "/sign-in/", "GET"), 200),
    "a page that asks who that is": (("jia", "/members/", "GET"), 302),
    "the API": (("yan", "/api/v1/me/", "GET"), 401),
    "a form without its token": (("jia", "/sign-in/", "POST"), 403),
    "no such page": (("jia", "/nothing/here/", "GET"), 404),
    "no such workspace": (("nobody", "/", "GET"), 404),
    "the console": (("console", "/sign-in/", "GET"), 200),
}


@pytest.mark.parametrize("which", REQUESTS)
def test_a_request_leaves_nothing(keeping: Another, which: str) -> None:
    (host, path, method), status = REQUESTS[which]
    before = keeping.tell("backend")
    assert keeping.get(host, path, method)["status"] == status
    assert keeping.tell("left") == CLEAN
    assert keeping.tell("backend") == before


@pytest.mark.parametrize(
    ("deed", "ends_with"),
    [
        ("reads", ""),
        ("reads_half", ""),
        ("writes_and_fails", "ZeroDivisionError"),
        ("says_nonsense", "DataError"),
        ("rolls_back_to_a_savepoint", ""),
        ("enters_the_neighbour", ""),
        ("takes_too_long", "OperationalError"),
        ("asks_for_a_job", ""),
    ],
)
def test_a_job_leaves_nothing(keeping: Another, committed_queue: None, deed: str, ends_with: str) -> None:
    jia = str(Tenant.objects.get(slug="jia").uuid)
    before = keeping.tell("backend")
    assert keeping.tell("perform", name=f"tests.{deed}", workspace=jia, arguments={}) == ends_with
    assert keeping.tell("left") == CLEAN
    assert keeping.tell("backend") == before


def test_work_of_the_platform_leaves_nothing(keeping: Another) -> None:
    for deed in ("counts_tenants", "walks_over_tenants"):
        assert keeping.tell("perform", name=f"tests.{deed}", workspace=None, arguments={}) == ""
        assert keeping.tell("left") == CLEAN


@pytest.fixture
def committed_queue(transactional_db: None) -> Iterator[None]:
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET search_path = jobs; DELETE FROM procrastinate_jobs; SET search_path = public")


# ── Connections that break, and connections that have seen enough ──────────────────────────────────
POOLS: list[dict[str, Any]] = [
    {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True},
    {"OPTIONS": {"pool": {"min_size": 2, "max_size": 2, "timeout": 10}}},
]


@pytest.fixture(params=POOLS, ids=["kept", "pooled"])
def start(request: pytest.FixtureRequest, transactional_db: None) -> Iterator[Callable[..., Another]]:
    """`start(SETTING=value)`: a process with connections of this kind."""
    started: list[Another] = []

    def one(**settings: Any) -> Another:
        started.append(Another(DATABASE=request.param, **settings).__enter__())
        return started[-1]

    yield one
    for process in started:
        process.__exit__()


def backends() -> set[int]:
    """The other connections to this database, listeners left out."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' "
            "AND pid <> pg_backend_pid() AND application_name <> 'tongxin listener'"
        )
        return {row[0] for row in cursor.fetchall()}


def test_connections_that_broke_while_idle_are_noticed_by_nobody(start: Callable[..., Another]) -> None:
    """As after a restart of the server: no request fails, and none is asked for twice."""
    before = backends()
    process = start(HOST_CACHE=False)
    assert process.get("jia", "/members/")["status"] == 302
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid, 5000) FROM unnest(%s) AS pid", [list(backends() - before)])
    assert [process.get("jia", "/members/")["status"] for _ in range(4)] == [302] * 4
    assert process.tell("left") == CLEAN


def test_a_broken_connection_is_replaced_for_jobs_too(start: Callable[..., Another]) -> None:
    before = backends()
    process = start()
    jia = str(Tenant.objects.get(slug="jia").uuid)
    perform = {"name": "tests.reads", "workspace": jia, "arguments": {}}
    assert process.tell("perform", **perform) == ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid, 5000) FROM unnest(%s) AS pid", [list(backends() - before)])
    assert process.tell("perform", **perform) == ""


def test_a_backend_ends_when_it_has_seen_its_share_of_schemas(start: Callable[..., Another]) -> None:
    process = start(BACKEND_SCHEMAS=2)
    process.remembers("jia", "yan")
    seen: set[int] = set()
    for _ in range(6):
        seen.add(process.tell("backend"))
        for host in ("jia", "yan"):
            assert process.get(host, "/api/v1/me/")["status"] == 401
    assert len(seen) > 2  # more than a pool of two would ever need
    process.until(lambda: len(backends() & seen) <= 2)


def test_a_backend_within_its_share_goes_on(start: Callable[..., Another]) -> None:
    process = start(BACKEND_SCHEMAS=50)
    for _ in range(6):
        for host in ("jia", "yan"):
            process.get(host, "/api/v1/me/")
    seen = {process.tell("backend") for _ in range(6)}
    assert len(seen) <= 2


def test_a_pool_gives_out_the_connection_that_knows_the_workspace(transactional_db: None) -> None:
    jia, yan = (Tenant.objects.get(slug=slug).schema_name for slug in ("jia", "yan"))
    with Another(DATABASE=POOLS[1]) as process:
        of_jia, of_yan = process.tell("side_by_side", schemas=[jia, yan])
        assert of_jia != of_yan
        for _ in range(3):
            assert process.tell("side_by_side", schemas=[jia]) == [of_jia]
            assert process.tell("side_by_side", schemas=[yan]) == [of_yan]
            assert process.tell("side_by_side", schemas=[yan, jia]) == [of_yan, of_jia]


def test_a_walk_over_all_tenants_outlives_its_connections(start: Callable[..., Another], committed_queue: None) -> None:
    """The rows that the walk reads come from a connection that is closed on the way."""
    process = start(BACKEND_SCHEMAS=1)
    assert process.tell("perform", name="tests.walks_over_tenants", workspace=None, arguments={}) == ""


def test_a_suspension_is_heard_whatever_the_connections_are(start: Callable[..., Another]) -> None:
    process = start(BACKEND_SCHEMAS=1)
    process.remembers("jia")
    jia = Tenant.objects.get(slug="jia")
    lifecycle.move(jia, to="suspended", by="tests", reason="试")
    try:
        process.until(lambda: process.get("jia")["status"] == 503)
    finally:
        lifecycle.move(jia, to="active", by="tests", reason="好了")
    process.until(lambda: process.get("jia")["status"] == 200)
