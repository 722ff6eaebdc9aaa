"""The code of release N serves N−1 and N; what is older or newer hears that it is being upgraded."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from provisioning import template
from provisioning.fleet import runs, window
from provisioning.fleet.runner import Runner
from shared import queue
from tenants import context, heads, worker
from tenants.models.tenant import Ring
from tests.provisioning.fleet.shelf import COLUMN, INDEX, Shelf, migration
from tests.support.cast import Cast, Client
from tests.support.jobs import run_jobs

ONE = {"_0002_weight": migration(COLUMN)}
TWO = {**ONE, "_0003_index": migration(INDEX, after="0002_weight")}


def rendered(shelf: Shelf, files: dict[str, str]) -> str:
    """A release that ran here: it was rendered."""
    head = shelf.stand(**files)
    template.release()
    return head


def test_this_release_and_the_one_before_are_served(cast: Cast, shelf: Shelf) -> None:
    rendered(shelf, ONE)
    assert Client("jia").get("/sign-in/").status_code == 200
    runs.begin(through=Ring.ALL, error_budget=0, by="tests")
    Runner(runs.required()).work()
    assert Client("jia").get("/sign-in/").status_code == 200


def test_two_releases_back_waits_for_its_turn_and_then_answers(cast: Cast, shelf: Shelf) -> None:
    rendered(shelf, ONE)
    rendered(shelf, TWO)
    answer = Client("jia").get("/sign-in/")
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    assert "正在升级" in answer.content.decode()
    runs.begin(through=Ring.ALL, error_budget=0, by="tests")
    Runner(runs.required()).work()
    assert Client("jia").get("/sign-in/").status_code == 200


def test_older_code_does_not_touch_a_newer_schema(cast: Cast, shelf: Shelf) -> None:
    rendered(shelf, ONE)
    runs.begin(through=Ring.ALL, error_budget=0, by="tests")
    Runner(runs.required()).work()
    shelf.back()
    assert Client("jia").get("/sign-in/").status_code == 503


def test_after_going_back_the_release_before_is_that_of_the_older_code(cast: Cast, shelf: Shelf) -> None:
    real = cast.jia.migration_head
    one = rendered(shelf, ONE)
    rendered(shelf, TWO)
    shelf.stand(**ONE)
    assert window.served() == {one, real}


def test_a_suspended_workspace_says_so_whatever_its_version(cast: Cast, shelf: Shelf) -> None:
    rendered(shelf, ONE)
    rendered(shelf, TWO)
    type(cast.jia).objects.update(state="suspended")
    assert "暂停服务" in Client("jia").get("/").content.decode()


def test_a_job_of_a_workspace_outside_the_window_waits(
    cast: Cast, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[str] = []
    task = queue.Task("tests.look", lambda: ran.append("look"), "workspace", 1)
    monkeypatch.setitem(queue.registry, "tests.look", task)
    with context.inside(cast.jia):
        queue.later("tests.look")
    rendered(shelf, ONE)
    rendered(shelf, TWO)
    with pytest.raises(worker.NotServingError):
        run_jobs()
    assert ran == []


def test_a_process_asks_once_which_versions_it_serves(cast: Cast, shelf: Shelf) -> None:
    heads.forget()
    with CaptureQueriesContext(connection) as first:
        assert heads.is_servable(cast.jia.migration_head)
    with CaptureQueriesContext(connection) as then:
        assert heads.is_servable(cast.jia.migration_head)
        assert not heads.is_servable("")
    assert len(first) > 0
    assert len(then) == 0
