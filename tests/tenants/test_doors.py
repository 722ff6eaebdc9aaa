"""The doors into the queue, tried by a workspace that means harm and by one that only asks for too much."""

import json

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import override_settings

from shared import queue
from shared.queue import JobTooLarge, TooManyJobs, later
from tenants import context, worker
from tenants.queue import schema
from tests.support.cast import Cast
from tests.support.jobs import run_jobs
from tests.tenants.desk import Desk


def asked() -> list[tuple[str, str, str | None, int]]:
    """Every job: queue, task, lock, place in line."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT queue_name, task_name, lock, priority FROM jobs.procrastinate_jobs ORDER BY id")
        return cursor.fetchall()


def defer(
    task: str = "tests.note", arguments: object = None, lock: str | None = None, *, background: bool = False
) -> int:
    """The door itself, with whatever an attacker would say."""
    with connection.cursor() as cursor:
        values = [task, json.dumps({} if arguments is None else arguments), lock, background]
        cursor.execute("SELECT extensions.defer_job(%s, %s::jsonb, %s, NULL, %s)", values)
        return cursor.fetchone()[0]


def test_a_workspace_chooses_neither_its_kind_nor_its_lane_nor_its_place(cast: Cast) -> None:
    with context.inside(cast.jia):
        defer(lock="control:opening:1")
        defer(lock=str(cast.yan.uuid), background=True)
        defer(arguments={"priority": 9, "queue_name": "control", "workspace": str(cast.yan.uuid)})
    assert asked() == [("workspace", "tests.note", str(cast.jia.uuid), 0)] * 3
    assert {workspace for _n, _t, workspace, _a in worker.pending()} == {str(cast.jia.uuid)}


@pytest.mark.parametrize("arguments", [[1], "text", 7, None])
def test_arguments_that_are_no_object_are_refused(cast: Cast, arguments: object) -> None:
    refused = pytest.raises(DatabaseError, match="are an object")
    with context.inside(cast.jia), connection.cursor() as cursor, refused, transaction.atomic():
        cursor.execute("SELECT extensions.defer_job('tests.note', %s, NULL, NULL)", [json.dumps(arguments)])
    assert asked() == []


@pytest.mark.parametrize("name", ["", "note", "a/b.c", "tests.note ", "tests.note\n", "<b>.x", "测试.x"])
def test_a_name_that_no_task_could_have_is_refused(cast: Cast, name: str) -> None:
    with context.inside(cast.jia), pytest.raises(DatabaseError, match=r"app\.verb"), transaction.atomic():
        defer(name)
    assert asked() == []


def test_arguments_beyond_eight_kilobytes_are_refused_and_the_rest_goes_on(cast: Cast) -> None:
    with context.inside(cast.jia):
        with pytest.raises(JobTooLarge, match=r"tests\.note"):
            later("tests.note", text="党" * schema.MOST_BYTES)
        later("tests.note", text="x" * (schema.MOST_BYTES // 2))
    assert len(asked()) == 1


def test_a_workspace_with_too_many_waiting_is_told_so_and_its_neighbour_is_not(cast: Cast) -> None:
    with override_settings(MAX_WAITING_JOBS=5):
        with connection.cursor() as cursor:
            schema.grant(cursor)
        with context.inside(cast.jia):
            for _ in range(5):
                later("tests.note")
            with pytest.raises(TooManyJobs, match="5"):
                later("tests.note")
        with context.inside(cast.yan):
            later("tests.note")
        for _ in range(10):
            later("tests.note")
        desk = Desk(slots=1)
        while (job := desk.take()) and job.task_kwargs["workspace"] != str(cast.jia.uuid):
            desk.end(job)
        with context.inside(cast.jia):
            later("tests.note")  # one of five runs: there is room again


def test_what_failed_counts_as_waiting_so_that_failures_cannot_fill_the_table(cast: Cast) -> None:
    with override_settings(MAX_WAITING_JOBS=2), connection.cursor() as cursor:
        schema.grant(cursor)
        for _ in range(2):
            with context.inside(cast.jia):
                later("tests.note")
            cursor.execute("SELECT jobs.bury(%s, 'ValueError')", [Desk().take().id])
        with context.inside(cast.jia), pytest.raises(TooManyJobs):
            later("tests.note")


def test_a_refusal_at_the_door_is_a_page_and_not_a_fault() -> None:
    assert (TooManyJobs(limit=5).status, TooManyJobs(limit=5).code) == (429, "too_many_jobs")
    assert (JobTooLarge(task="a.b").status, JobTooLarge(task="a.b").code) == (413, "job_too_large")


BARRED = [
    "SELECT extensions.drop_jobs('{yan}')",
    "SELECT extensions.waiting_jobs('{yan}')",
    "SELECT extensions.queue_state()",
    "SELECT jobs.claim({job})",
    "SELECT jobs.leave({job})",
    "SELECT jobs.bury({job}, 'x')",
    "SELECT jobs.park({job})",
    "SELECT jobs.put_off({job}, now())",
    "SELECT jobs.take_next(NULL, 'workspace', '')",
    "SELECT jobs.unpark()",
    "SELECT jobs.put_everywhere('tests.note')",
    "SELECT jobs.hand_on(0, 0, '{{}}', '{{}}', 1)",
    "SELECT jobs.must_wait('{yan}')",
    "SELECT * FROM jobs.failures",
    "SELECT public.console_retry_job({job})",
    "SELECT public.console_discard_job({job})",
]


@pytest.mark.parametrize("statement", BARRED)
def test_no_workspace_touches_a_job_that_is_there_not_even_its_own(cast: Cast, statement: str) -> None:
    with context.inside(cast.yan):
        job = later("tests.note")
    for tenant in (cast.jia, cast.yan):
        denied = pytest.raises(DatabaseError, match="permission denied")
        with context.inside(tenant), connection.cursor() as cursor, denied, transaction.atomic():
            cursor.execute(statement.format(yan=cast.yan.uuid, job=job))


@pytest.mark.parametrize("statement", [line for line in BARRED if "jobs." in line.split("(")[0]])
def test_the_consoles_role_cannot_either(cast: Cast, statement: str) -> None:
    with context.inside(cast.yan):
        job = later("tests.note")
    denied = pytest.raises(DatabaseError, match="permission denied")
    with context.control(), connection.cursor() as cursor, denied, transaction.atomic():
        cursor.execute(statement.format(yan=cast.yan.uuid, job=job))


def test_an_erased_workspace_leaves_no_job_and_no_name_in_the_queue(cast: Cast) -> None:
    for tenant in (cast.jia, cast.yan):
        with context.inside(tenant):
            later("tests.note")
            later("tests.note")
        later("console.measure", tenant=str(tenant.uuid), background=True)
    desk = Desk(slots=4)
    both = [desk.take(["workspace"]), desk.take(["workspace"])]
    running = next(job for job in both if job.task_kwargs["workspace"] == str(cast.jia.uuid))
    assert worker.waiting_jobs(cast.jia.uuid) == 3
    with context.control():
        assert worker.drop_jobs(cast.jia.uuid) == 2
        assert worker.waiting_jobs(cast.jia.uuid) == 1, "one runs still"
    desk.end(running)
    assert worker.drop_jobs(cast.jia.uuid) == 0
    assert worker.waiting_jobs(cast.jia.uuid) == 0
    assert worker.waiting_jobs(cast.yan.uuid) == 3
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM jobs.procrastinate_jobs j WHERE j::text LIKE %s", [f"%{cast.jia.uuid}%"])
        assert cursor.fetchone() == (0,)


def test_a_task_of_the_platform_runs_for_the_workspace_that_asked_and_reads_no_workspace(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def close(workspace: object, why: str) -> None:
        seen.append((workspace, why))
        with (
            connection.cursor() as cursor,
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
        ):
            cursor.execute(f"SELECT * FROM {cast.jia.schema_name}.members_member")

    monkeypatch.setitem(queue.registry, "tests.close", queue.Task("tests.close", close, "platform"))
    with context.inside(cast.jia):
        later("tests.close", why="合并")
    assert run_jobs() == 1
    assert seen == [(cast.jia.uuid, "合并")]
    with context.control():
        later("tests.close", why="x")
    with pytest.raises(worker.WrongPlaceError, match="without a workspace"):
        run_jobs()


def test_tasks_say_what_they_are_or_are_not_registered() -> None:
    for wrong in ({"area": "everywhere"}, {"area": "platform", "cron": "* * * * *"}, {"in_steps": True}):
        with pytest.raises(ValueError, match="area"):
            queue.task("tests.wrong", **wrong)
    assert "tests.wrong" not in queue.registry


def test_a_job_whose_effect_is_there_does_nothing_the_second_time(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    runs = []
    monkeypatch.setitem(queue.registry, "tests.once", queue.Task("tests.once", lambda: runs.append(1), "workspace"))
    with context.inside(cast.jia):
        later("tests.once")
    job = Desk().take()
    for _ in range(2):
        worker.perform("tests.once", str(cast.jia.uuid), {}, job=job.id)
    assert runs == [1]


def test_a_job_that_is_not_ours_now_is_not_run(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(queue.registry, "tests.once", queue.Task("tests.once", lambda: 1 / 0, "workspace"))
    with context.inside(cast.jia):
        number = later("tests.once")
    with pytest.raises(worker.InHandError):
        worker.perform("tests.once", str(cast.jia.uuid), {}, job=number)
    assert [row[0] for row in worker.pending()] == [number]


def test_jobs_of_an_earlier_release_find_their_lane_and_preparing_twice_changes_nothing(cast: Cast) -> None:
    jia = str(cast.jia.uuid)
    args = json.dumps({"workspace": jia, "arguments": {}})
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL search_path = jobs")
        for queue_name, lock, whose, at in (
            ("workspace", jia, args, None),
            ("workspace", f"{jia}:nightly", args, None),
            ("workspace", jia, args, "2099-01-01"),
            ("control", "control", '{"workspace": null, "arguments": {}}', None),
        ):
            cursor.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, lock, args, scheduled_at) "
                "VALUES (%s, 'tests.note', %s, %s, %s)",
                [queue_name, lock, whose, at],
            )
        for _ in range(2):
            schema.prepare(cursor)
            schema.grant(cursor)
    assert [(name, lock, place) for name, _task, lock, place in asked()] == [
        ("workspace", jia, 0),
        ("workspace", jia, 0),
        ("workspace", jia, -1),
        ("control", None, 0),
    ]
    assert len(Desk().work(10)) == 3
