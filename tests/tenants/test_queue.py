"""Jobs carry their workspace, which the database itself writes."""

from uuid import uuid4

import pytest
import structlog
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone, translation

from shared import queue
from shared.workspace import current
from tenants import context, worker
from tests.support.cast import Cast
from tests.support.jobs import run_jobs
from workspace.organization.models import Unit

seen: list[tuple[str, object]] = []


@pytest.fixture(autouse=True)
def _tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    seen.clear()

    def look() -> None:
        seen.append(("workspace", Unit.objects.get(depth=1).name))

    def administer() -> None:
        seen.append(("control", context.current.get()))

    monkeypatch.setitem(queue.registry, "tests.look", queue.Task("tests.look", look, "workspace", 1))
    monkeypatch.setitem(queue.registry, "tests.administer", queue.Task("tests.administer", administer, "control", 1))


def test_a_job_runs_inside_the_workspace_that_asked(cast: Cast) -> None:
    with context.inside(cast.jia):
        Unit.objects.filter(depth=1).update(name="甲党委")
        queue.later("tests.look")
    assert run_jobs() == 1
    assert seen == [("workspace", "甲党委")]


def test_a_periodic_task_of_workspaces_is_put_off_once_in_each(cast: Cast) -> None:
    assert worker.everywhere("tests.look") == 2
    assert run_jobs() == 2
    assert len(seen) == 2


def test_a_job_goes_with_the_change_that_asked_for_it(cast: Cast) -> None:
    with pytest.raises(ZeroDivisionError), context.inside(cast.jia):
        queue.later("tests.look")
        1 / 0  # noqa: B018
    assert run_jobs() == 0


def test_a_workspace_cannot_write_another_workspaces_job(cast: Cast) -> None:
    with context.inside(cast.jia), connection.cursor() as cursor:
        with pytest.raises(ProgrammingError) as error, transaction.atomic():
            cursor.execute("INSERT INTO jobs.procrastinate_jobs (task_name) VALUES ('tests.look')")
        assert "permission denied" in str(error.value)


def test_a_workspace_task_without_a_workspace_is_refused(cast: Cast) -> None:
    with context.control():
        queue.later("tests.look")
    with pytest.raises(worker.WrongPlaceError):
        run_jobs()
    assert seen == []


def test_a_control_task_asked_for_by_a_workspace_is_refused(cast: Cast) -> None:
    with context.inside(cast.jia):
        queue.later("tests.administer")
    with pytest.raises(worker.WrongPlaceError):
        run_jobs()
    assert seen == []


def test_a_job_from_a_workspace_that_nobody_knows_is_refused(cast: Cast) -> None:
    with pytest.raises(worker.WrongPlaceError, match="not there"):
        worker.perform("tests.look", str(uuid4()), {})
    assert seen == []


def test_what_is_in_force_around_a_job_is_not_in_force_within(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    found = []

    def look_around() -> None:
        found.append((translation.get_language(), timezone.get_current_timezone_name(), current.get(), bound()))
        translation.activate("en")
        timezone.activate("UTC")
        structlog.contextvars.bind_contextvars(left="behind")

    def bound() -> set[str]:
        return set(structlog.contextvars.get_contextvars())

    monkeypatch.setitem(queue.registry, "tests.around", queue.Task("tests.around", look_around, "control"))
    mine = structlog.contextvars.bound_contextvars(mine=1)
    with translation.override("en"), timezone.override("UTC"), mine, context.inside(cast.jia):
        worker.perform("tests.around", None, {})
        worker.perform("tests.around", None, {})
        assert translation.get_language() == "en"
        assert bound() >= {"mine"} and "left" not in bound()
    assert found == [("zh-hans", "Asia/Shanghai", None, {"task", "job", "workspace"})] * 2


def test_a_job_of_a_suspended_workspace_waits(cast: Cast) -> None:
    with context.inside(cast.jia):
        queue.later("tests.look")
    cast.jia.state = cast.jia.State.SUSPENDED
    cast.jia.save(update_fields=["state"])
    with pytest.raises(worker.NotServingError):
        run_jobs()
