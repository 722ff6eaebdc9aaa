"""Who is next: kinds and workspaces take turns, whatever one of them has waiting. Order is asserted, never time."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from procrastinate.jobs import Job

from shared import queue
from shared.clock import now
from shared.queue import later
from tenants import context, worker
from tenants.models import Tenant
from tenants.queue.line import PARKED
from tests.support.cast import Cast
from tests.tenants.desk import Desk


def many(tenant: Tenant, number: int, *, at: object = None) -> None:
    """So many jobs of a workspace, through its door."""
    with context.inside(tenant), connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(extensions.defer_job('tests.many', jsonb_build_object('n', n), NULL, %s)) "
            "FROM generate_series(1, %s) n",
            [at, number],
        )


@pytest.fixture
def whose(cast: Cast) -> Callable[[list[Job]], str]:
    """Jobs as a line of letters: j(ia), y(an), C(ontrol)."""
    letters = {str(cast.jia.uuid): "j", str(cast.yan.uuid): "y", None: "C"}
    return lambda jobs: "".join(letters[job.task_kwargs.get("workspace")] for job in jobs)


def test_two_workspaces_take_turns(cast: Cast, whose) -> None:
    many(cast.jia, 50)
    many(cast.yan, 3)
    assert whose(Desk().work(8)) in ("jyjyjyjj", "yjyjyjjj")


def test_ten_thousand_jobs_of_one_hold_up_another_by_one_at_most(cast: Cast, whose) -> None:
    many(cast.jia, 10_000)
    desk = Desk()
    desk.work(5)
    many(cast.yan, 1)
    assert "y" in whose(desk.work(2))
    assert whose(desk.work(3)) == "jjj"


def test_a_workspace_has_one_job_running_so_the_other_slot_is_anothers(cast: Cast, whose) -> None:
    many(cast.jia, 1_000)
    desk = Desk()
    first = desk.take()
    assert desk.take() is None
    many(cast.yan, 1)
    assert whose([desk.take()]) == "y"
    desk.end(first)
    assert whose([desk.take()]) == "j"


def test_the_jobs_of_a_workspace_come_in_the_order_they_were_asked_for(cast: Cast) -> None:
    many(cast.jia, 20)
    assert [job.task_kwargs["arguments"]["n"] for job in Desk().work(20)] == list(range(1, 21))


def test_every_one_of_two_workers_gives_everybody_a_turn(cast: Cast, whose) -> None:
    many(cast.jia, 100)
    many(cast.yan, 100)
    desks = [Desk(), Desk()]
    for _ in range(20):
        taken = [desk.take() for desk in desks]
        assert sorted(whose(taken)) == ["j", "y"], "never two of one workspace at once"
        for desk, job in zip(desks, taken, strict=True):
            desk.end(job)


def test_a_thousand_that_come_due_at_once_hold_up_nobody(cast: Cast, whose) -> None:
    many(cast.jia, 1_000, at=now() + timedelta(hours=1))
    desk = Desk()
    assert desk.take() is None, "not before their time"
    _in_jobs("UPDATE procrastinate_jobs SET scheduled_at = now() - interval '1 second'")
    desk.work(5)
    many(cast.yan, 1)
    assert "y" in whose(desk.work(2))


def test_a_job_that_failed_waits_for_its_time_and_blocks_nobody(cast: Cast, whose) -> None:
    many(cast.jia, 2)
    desk = Desk()
    desk.fail(desk.take(), retry_at=now() + timedelta(minutes=5))
    taken = desk.take()
    assert (whose([taken]), taken.task_kwargs["arguments"]["n"]) == ("j", 2)
    desk.end(taken)
    assert desk.take() is None
    _in_jobs("UPDATE procrastinate_jobs SET scheduled_at = now()")
    again = desk.take()
    assert (again.task_kwargs["arguments"]["n"], again.attempts) == (1, 1)


def test_kinds_take_turns_so_that_a_flood_of_one_starves_no_other(cast: Cast, whose) -> None:
    many(cast.jia, 100)
    for _ in range(100):
        later("tests.control")
        later("tests.control", background=True)
    kinds = [job.queue for job in Desk().work(30)]
    assert {kind: kinds.count(kind) for kind in kinds} == {"control": 10, "workspace": 10, "background": 10}


def test_the_platforms_own_work_comes_first_when_a_slot_is_free(cast: Cast) -> None:
    many(cast.jia, 10)
    later("tests.control", background=True)
    later("tests.control")
    assert [job.queue for job in Desk().work(3)] == ["control", "workspace", "background"]


def test_background_work_never_holds_the_last_slot(cast: Cast, whose) -> None:
    for _ in range(10):
        later("tests.control", background=True)
    desk = Desk(slots=2)
    running = desk.take()
    assert desk.take() is None
    many(cast.yan, 1)
    assert whose([desk.take()]) == "y"
    desk.end(running)
    assert desk.take().queue == "background"


def test_a_worker_with_one_slot_does_background_work_too(cast: Cast) -> None:
    later("tests.control", background=True)
    assert Desk(slots=1).take().queue == "background"


def test_a_worker_for_the_background_alone_uses_all_its_slots(cast: Cast) -> None:
    for _ in range(3):
        later("tests.control", background=True)
    desk = Desk(slots=2)
    assert [desk.take(["background"]).queue, desk.take(["background"]).queue] == ["background"] * 2


def test_jobs_of_the_platform_run_side_by_side_unless_they_share_a_lock(cast: Cast) -> None:
    numbers = [later("tests.control", lock="a"), later("tests.control", lock="a"), later("tests.control")]
    desk = Desk(slots=4)
    first, second = desk.take(), desk.take()
    assert [first.id, second.id] == [numbers[0], numbers[2]]
    assert desk.take() is None
    desk.end(first)
    assert desk.take().id == numbers[1]


def test_jobs_of_a_suspended_workspace_wait_without_using_up_attempts(cast: Cast, whose) -> None:
    many(cast.jia, 3)
    many(cast.yan, 1)
    Tenant.objects.filter(pk=cast.jia.pk).update(state="suspended")
    desk = Desk()
    assert whose(desk.work(10)) == "y"
    desk.hand_on()
    assert desk.take() is None
    assert queue.state().waiting == 0, "nobody is to be alarmed by them"
    Tenant.objects.filter(pk=cast.jia.pk).update(state="read_only")
    desk.hand_on()
    assert [job.attempts for job in desk.work(10)] == [0, 0, 0]


def test_a_workspace_that_stops_serving_under_a_running_job_keeps_it_waiting(cast: Cast) -> None:
    many(cast.jia, 1)
    desk = Desk()
    job = desk.take()
    Tenant.objects.filter(pk=cast.jia.pk).update(state="suspended")
    desk.fail(job, priority=PARKED)
    Tenant.objects.filter(pk=cast.jia.pk).update(state="active")
    desk.hand_on()
    assert desk.take().attempts == 0


def test_a_purged_workspaces_job_is_handed_out_to_be_refused_aloud(cast: Cast) -> None:
    many(cast.jia, 1)
    Tenant.objects.filter(pk=cast.jia.pk).update(state="purged")
    job = Desk().take()
    with pytest.raises(worker.WrongPlaceError, match="not there"):
        worker.perform(queue.Task("tests.many", print, "workspace"), job.task_kwargs["workspace"], {})


def test_what_a_silent_worker_held_is_handed_on_and_what_a_living_one_holds_is_not(cast: Cast, whose) -> None:
    many(cast.jia, 1)
    many(cast.yan, 1)
    silent, living = Desk(), Desk()
    lost, kept = silent.take(), living.take()
    _in_jobs(f"UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour' WHERE id = {silent.number}")
    living.hand_on()
    again = living.take()
    assert (again.id, again.attempts) == (lost.id, 1)
    assert living.take() is None
    assert kept.id != again.id


def test_a_job_whose_end_could_not_be_noted_is_taken_up_again(cast: Cast) -> None:
    many(cast.jia, 1)
    desk = Desk()
    job = desk.take()
    desk.line._in_hand.clear()  # as after an end that the database did not hear of
    desk.hand_on()
    assert desk.take().id == job.id


def _in_jobs(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL search_path = jobs; {statement}; SET LOCAL search_path = public")


def test_the_arguments_reach_the_worker_as_they_were_given(cast: Cast) -> None:
    with context.inside(cast.jia):
        later("tests.many", text="支部「一」", number=3, nothing=None)
    arguments = Desk().take().task_kwargs["arguments"]
    assert json.dumps(arguments, sort_keys=True) == json.dumps(
        {"nothing": None, "number": 3, "text": "支部「一」"}, sort_keys=True
    )
