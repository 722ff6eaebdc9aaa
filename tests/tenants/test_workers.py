"""Real workers: killed, told to stop, cut off from their database. What each job does is there once."""

import json
import os
import signal
import time

import pytest
from django.db import connection

from shared.queue import later
from tenants import context
from tests.support.cast import Cast
from tests.support.waiting import until
from tests.tenants import workers
from tests.tenants.workers import DICE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_nothing_is_truncated")]


def rows(statement: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def left() -> int:
    return rows("SELECT count(*) FROM jobs.procrastinate_jobs WHERE status IN ('todo', 'doing')")[0][0]


def counted(place: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {place}" if place.startswith("t_") else "RESET ROLE")
        cursor.execute(f"SELECT number FROM {place}.seen WHERE what = 'count'")
        number = cursor.fetchone()[0]
        cursor.execute("RESET ROLE")
    return number


def seen(place: str = "public") -> list[str]:
    """What tasks wrote, in order, without the row that is counted on."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {place}" if place.startswith("t_") else "RESET ROLE")
        cursor.execute(f"SELECT what FROM {place}.seen WHERE what <> 'count' ORDER BY id")
        found = [row[0] for row in cursor.fetchall()]
        cursor.execute("RESET ROLE")
    return found


def failures() -> list[tuple]:
    return rows(
        "SELECT task_name, attempts, error FROM jobs.procrastinate_jobs j JOIN jobs.failures f ON f.job_id = j.id "
        "WHERE j.status = 'failed' ORDER BY j.id"
    )


def test_workers_killed_at_random_moments_neither_lose_nor_double_an_effect(committed: Cast) -> None:
    jobs = 80
    for tenant in (committed.jia, committed.yan):
        with context.inside(tenant):
            for _ in range(jobs):
                later("tests.count", slow_s=0.01)
    for _ in range(jobs):
        later("tests.count_control", slow_s=0.01)
    with workers.parent() as family:
        killed = 0
        while killed < 20 and left() > 10:
            pid = family.start(concurrency=3)
            time.sleep(DICE.uniform(0.05, 0.5))
            os.kill(pid, signal.SIGKILL)
            killed += 1
        family.start(concurrency=3)
        until(lambda: left() == 0)
    assert killed >= 5
    numbers = [counted(place) for place in (committed.jia.schema_name, committed.yan.schema_name, "public")]
    assert numbers == [jobs] * 3
    assert failures() == []


def test_a_worker_told_to_stop_ends_the_job_it_has_in_hand_and_takes_no_other(committed: Cast) -> None:
    with context.inside(committed.jia):
        later("tests.note", what="first", takes_s=1.0)
        later("tests.note", what="second")
    with workers.parent() as family:
        pid = family.start()
        until(lambda: rows("SELECT count(*) FROM jobs.procrastinate_jobs WHERE status = 'doing'") == [(1,)])
        os.kill(pid, signal.SIGTERM)
        until(lambda: not workers.is_there(pid))
    assert seen(committed.jia.schema_name) == ["first"]
    assert left() == 1
    assert rows("SELECT count(*) FROM jobs.procrastinate_workers") == [(0,)]


def test_a_job_in_steps_that_was_cut_off_runs_again(committed: Cast) -> None:
    later("tests.note_in_steps", what="slow", takes_s=1.0)
    with workers.parent() as family:
        pid = family.start()
        until(lambda: rows("SELECT count(*) FROM jobs.procrastinate_jobs WHERE status = 'doing'") == [(1,)])
        os.kill(pid, signal.SIGKILL)
        family.start()
        until(lambda: left() == 0)
    assert seen() == ["slow"]


def test_a_job_that_brings_down_its_worker_is_given_up_in_the_end(committed: Cast) -> None:
    later("tests.crash")
    later("tests.note_control", what="after")
    with workers.parent() as family:
        pids = [family.start(concurrency=1)]
        until(lambda: not workers.is_there(pids[0]))
        pids.append(family.start(concurrency=1))
        until(lambda: not workers.is_there(pids[1]) or seen() == ["after"])
        family.start(concurrency=1)
        until(lambda: left() == 0)
    assert seen() == ["after"]
    assert failures() == [("tests.crash", 2, "WorkerDied")]


def test_a_failed_job_is_tried_again_then_kept_with_its_error_and_without_what_it_quoted(committed: Cast) -> None:
    with context.inside(committed.jia):
        later("tests.fail", what="王伟")
    began = time.monotonic()
    with workers.parent() as family:
        family.start()
        until(lambda: failures() != [])
    assert time.monotonic() - began > 3, "the second attempt came after a pause"
    assert failures() == [("tests.fail", 2, "ValueError: … [removed] of …, [removed]")]
    assert seen(committed.jia.schema_name) == [], "what a failed job wrote is undone"


def test_backends_cut_off_in_the_middle_are_survived(committed: Cast) -> None:
    jobs = 50
    for tenant in (committed.jia, committed.yan):
        with context.inside(tenant):
            for _ in range(jobs):
                later("tests.count", slow_s=0.02)
    with workers.parent() as family:
        pid = family.start()
        until(lambda: left() < 2 * jobs)
        cut = 0
        for _ in range(4):
            time.sleep(DICE.uniform(0.2, 1.5))
            # Between two connections there may be none for a moment.
            cut += rows(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )[0][0]
        until(lambda: left() == 0)
        assert workers.is_there(pid), "the same process goes on"
        assert failures() == []
    assert cut >= 1
    assert [counted(place) for place in (committed.jia.schema_name, committed.yan.schema_name)] == [jobs] * 2


@pytest.mark.parametrize("pooled", [False, True])
def test_what_a_task_leaves_behind_the_next_one_does_not_find(committed: Cast, pooled: bool) -> None:
    def look_and_leak() -> None:
        later("tests.look")
        until(lambda: left() == 0)
        with context.inside(committed.jia):
            later("tests.leak")
        until(lambda: left() == 0)

    with workers.parent(pooled=pooled) as family:
        family.start(concurrency=1)
        look_and_leak()
        look_and_leak()
        later("tests.look")
        until(lambda: left() == 0)
    clean = [True, "public", "0", 0, "zh-hans", "Asia/Shanghai", "None", "None", False]
    assert failures() == []
    found = [json.loads(line) for line in seen()]
    assert len(found) == 3
    assert [[line[0], *line[2:]] for line in found] == [[True, *clean[2:]]] * 3
    assert len({line[1] for line in found}) == 1, "the path is the connection's own"


def test_a_task_of_the_platform_hears_from_the_database_who_asked(committed: Cast) -> None:
    with context.inside(committed.jia):
        later("tests.note_for", what="close")
    with context.inside(committed.yan), connection.cursor() as cursor:
        forged = json.dumps({"what": "close", "workspace": str(committed.jia.uuid)})
        cursor.execute("SELECT extensions.defer_job('tests.note_for', %s::jsonb, NULL, NULL)", [forged])
    with workers.parent() as family:
        family.start()
        until(lambda: left() == 0)
    assert seen() == [f"close for {committed.jia.uuid}"]
    assert [(name, attempts, error.split(":")[0]) for name, attempts, error in failures()] == [
        ("tests.note_for", 1, "WrongPlaceError")
    ]


def test_an_idle_worker_hears_of_a_job_without_looking(committed: Cast) -> None:
    """It would look for itself in an hour."""
    with workers.parent() as family:
        family.start(poll_s=3600)
        until(lambda: rows("SELECT count(*) FROM jobs.procrastinate_workers") == [(1,)])
        for number in range(6):
            time.sleep(0.3)  # until it sleeps again
            later("tests.note_control", what=str(number))
            until(lambda number=number: str(number) in seen())


def test_a_neighbours_flood_holds_up_a_job_by_a_few_of_its_own_and_no_more(committed: Cast) -> None:
    jia, yan = committed.jia, committed.yan
    with context.inside(jia):
        rows(
            "SELECT count(extensions.defer_job('tests.note', '{\"what\": \"flood\"}', NULL, NULL)) "
            "FROM generate_series(1, 2000)"
        )
    for _ in range(200):
        later("tests.note_control", what="background", background=True, takes_s=0.02)
    between = []
    with workers.parent() as family:
        family.start(concurrency=2)
        until(lambda: len(seen(jia.schema_name)) > 20)
        for number in range(8):
            before = len(seen(jia.schema_name))
            with context.inside(yan):
                later("tests.note", what=str(number))
            until(lambda number=number: str(number) in seen(yan.schema_name))
            between.append(len(seen(jia.schema_name)) - before)
        assert left() > 1000, "the flood was still waiting"
        pushed = seen()
    # Looking takes a while as well, and the flood goes on while we look.
    assert sorted(between)[4] <= 10, between
    assert "background" in pushed


def test_a_group_of_workers_for_the_platform_leaves_the_rest_alone(committed: Cast) -> None:
    with context.inside(committed.jia):
        later("tests.note", what="workspace")
    later("tests.note_control", what="background", background=True)
    later("tests.note_control", what="control")
    with workers.parent() as family:
        family.start(kinds=["control"])
        until(lambda: seen() == ["control"])
        time.sleep(0.5)
        assert left() == 2
        family.start(kinds=["workspace", "background"])
        until(lambda: left() == 0)
    assert seen() == ["control", "background"]
    assert seen(committed.jia.schema_name) == ["workspace"]
