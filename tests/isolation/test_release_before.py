"""This release serves the one before it: a workspace that its migrations have not reached yet breaks behind no door."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from shared import queue
from tenants import context, heads, worker
from tests.isolation import canaries
from tests.isolation.behind import bring_forward, take_back
from tests.isolation.doors import path_of, routes
from tests.isolation.keys import keys_at
from tests.support.cast import Cast, Client
from workspace.archives.models import Archive

# Doors that stay open to an administrator while one part of the product is still to come.
AT_LEAST = 90


@pytest.fixture
def lived_in(cast: Cast) -> Iterator[Cast]:
    """Rows in every table of jia."""
    with context.inside(cast.jia):
        canaries.populate()
        connection.check_constraints()  # a table with checks outstanding can be neither altered nor dropped
    yield cast
    heads.forget()


def walk(client: Client, paths: list[tuple[str, str]]) -> dict[str, int]:
    """`METHOD path` → status. What a door does is undone. A 503 must say when to come back, and in which words."""
    client.raise_request_exception = False
    found = {}
    for method, path in paths:
        kind = {"content_type": "application/json"} if path.startswith("/api/") and method != "get" else {}
        with transaction.atomic():
            answer = getattr(client, method)(path, **kind)
            transaction.set_rollback(True)
        found[f"{method} {path}"] = answer.status_code
        if answer.status_code == 503:
            assert answer["Retry-After"], path
            said = answer.json()["message"] if path.startswith("/api/") else answer.content.decode()
            assert "正在升级" in said, path
    return found


def doors_of(slug: str, *methods: str) -> list[tuple[str, str]]:
    keys = keys_at(slug)
    return [(method, path_of(route, keys)) for route in routes("workspace") for method in methods]


def test_no_door_breaks_while_every_part_is_one_migration_behind(lived_in: Cast) -> None:
    paths = doors_of("jia", "get", "post")
    client = lived_in.signed_in("owner")
    take_back(lived_in.jia)
    found = walk(client, paths)
    assert {door: status for door, status in found.items() if status >= 500 and status != 503} == {}
    assert 503 in found.values()
    assert found["get /sign-out/"] == 405


def test_only_what_is_still_to_come_waits(lived_in: Cast) -> None:
    """As when this release brought the whole-workspace archives."""
    paths = doors_of("jia", "get")
    client = lived_in.signed_in("owner")
    take_back(lived_in.jia, {"archives"})
    found = walk(client, paths)
    waiting = {door for door, status in found.items() if status >= 500}
    assert waiting
    assert {door for door in waiting if "/archives/" not in door and "/export-schedules/" not in door} == set()
    assert list(found.values()).count(200) >= AT_LEAST


def test_the_page_is_there_when_the_turn_has_come(lived_in: Cast) -> None:
    client = lived_in.signed_in("owner")
    take_back(lived_in.jia, {"archives"})
    assert client.get("/archives/").status_code == 503
    bring_forward(lived_in.jia)
    assert client.get("/archives/").status_code == 200


def test_a_column_that_every_request_reads_waits_as_well(lived_in: Cast) -> None:
    """It fails before any view does: at the session's owner."""
    client = lived_in.signed_in("owner")
    take_back(lived_in.jia, {"archives"})
    with context.inside(lived_in.jia), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_user RENAME COLUMN large_type TO still_to_come")
    found = walk(client, [("get", "/"), ("get", "/api/v1/me/"), ("post", "/sign-out/"), ("get", "/sign-in/")])
    assert set(found.values()) == {503}
    assert walk(Client("jia"), [("get", "/sign-in/"), ("get", "/activate/sent/")]) == {
        "get /sign-in/": 200,
        "get /activate/sent/": 200,
    }


def test_the_neighbour_whose_turn_has_been_is_served(lived_in: Cast) -> None:
    take_back(lived_in.jia, {"archives"})
    assert lived_in.signed_in("owner", at="yan").get("/archives/").status_code == 200


def test_a_table_that_is_missing_on_this_release_is_an_error_and_no_upgrade(lived_in: Cast) -> None:
    client = lived_in.signed_in("owner")
    client.raise_request_exception = False
    with context.inside(lived_in.jia), connection.cursor() as cursor:
        cursor.execute("DROP TABLE archives_archive CASCADE")
    assert client.get("/archives/").status_code == 500


def test_waiting_for_the_release_is_reported_to_nobody(lived_in: Cast, caplog: pytest.LogCaptureFixture) -> None:
    client = lived_in.signed_in("owner")
    take_back(lived_in.jia, {"archives"})
    client.get("/archives/")
    assert [record for record in caplog.records if record.exc_info] == []


def test_a_job_that_wants_what_is_still_to_come_waits_without_counting(lived_in: Cast) -> None:
    task = queue.Task("tests.count_archives", Archive.objects.count, "workspace", 1)
    take_back(lived_in.jia, {"archives"})
    with pytest.raises(worker.NotServingError):
        worker.perform(task, str(lived_in.jia.uuid), {})
    assert worker.perform(task, str(lived_in.yan.uuid), {}) == 0
