"""Jobs that failed for good: shown, tried again, discarded; and whoever runs the platform is told."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.test import override_settings

from console.actions import alarms, dead_letters
from console.models import OperatorEntry, QueueJob
from shared.clock import now
from shared.queue import later
from tenants import context
from tenants.lifecycle import ReasonMissing
from tests.console.test_pages import address
from tests.support.cast import Cast, Client
from tests.support.jobs import run_jobs
from workspace.accounts.models import User

CONTACT = "ops@tongxin.example"


def fail(name: str = "console.measure", *, said: str = "ValueError: no such thing", **arguments: Any) -> int:
    """A job that failed for good, as the worker leaves it."""
    number = later(name, **arguments)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SET LOCAL search_path = jobs; UPDATE procrastinate_jobs SET status = 'doing' WHERE id = {number}; "
            "SET LOCAL search_path = public"
        )
        cursor.execute("SELECT jobs.bury(%s, %s)", [number, said])
    return number


def later_on(**after: int) -> None:
    """As if what failed had failed so much earlier."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE jobs.failures SET at = at - %s", [timedelta(**after)])


def status(number: int) -> str:
    return QueueJob.objects.filter(pk=number).values_list("status", flat=True).first() or "gone"


def test_the_page_says_of_what_a_job_failed_and_how_many_of_its_kind_did(console: Client, cast: Cast) -> None:
    for _ in range(3):
        fail(said="OperationalError: server closed the connection")
    page = console.get(address("health")).content.decode()
    assert "OperationalError: server closed the connection" in page
    assert 'data-label="个数">3</td>' in page


def test_all_failed_jobs_of_one_task_are_retried_with_one_press(console: Client, cast: Cast) -> None:
    mails = [fail("provisioning.mail_workspaces", email="x@x.example", language="en") for _ in range(2)]
    other = fail()
    assert console.post(address("task-retry", "provisioning.mail_workspaces")).status_code == 302
    assert [status(number) for number in (*mails, other)] == ["todo", "todo", "failed"]
    entry = OperatorEntry.objects.latest("pk")
    assert (entry.verb, entry.thing, entry.details) == (
        "job.retried",
        "task:provisioning.mail_workspaces",
        {"jobs": 2},
    )
    assert QueueJob.objects.get(pk=mails[0]).error == "", "it has not failed any more"


def test_a_job_is_discarded_with_a_reason_and_never_without(console: Client, cast: Cast, operator: User) -> None:
    number = fail()
    url = address("job-discard", number)
    assert console.get(url).status_code == 200
    assert console.post(url, {"reason": " "}).status_code == 422
    assert status(number) == "failed"
    with pytest.raises(ReasonMissing):
        dead_letters.discard_job(number, by=operator, reason="")
    assert console.post(url, {"reason": "单位已注销"}).status_code == 302
    assert status(number) == "gone"
    entry = OperatorEntry.objects.latest("pk")
    assert (entry.verb, entry.by, entry.label, entry.reason) == (
        "job.discarded",
        "operator",
        "console.measure",
        "单位已注销",
    )
    assert console.get(url).status_code == 404


def test_all_failed_jobs_of_one_task_are_discarded_together(console: Client, cast: Cast) -> None:
    numbers = [fail(), fail()]
    waiting = later("console.measure", tenant=str(cast.jia.uuid))
    url = address("task-discard", "console.measure")
    assert "全部 2 个" in console.get(url).content.decode()
    console.post(url, {"reason": "已改用新的统计"})
    assert [status(number) for number in (*numbers, waiting)] == ["gone", "gone", "todo"]
    assert OperatorEntry.objects.latest("pk").details == {"jobs": 2}
    assert console.get(url).status_code == 404
    assert console.get(address("task-discard", "no.such_task")).status_code == 404


def test_what_has_not_failed_is_neither_retried_nor_discarded(cast: Cast, operator: User) -> None:
    number = later("console.measure", tenant=str(cast.jia.uuid))
    with pytest.raises(dead_letters.JobNotFailed):
        dead_letters.retry_job(number, by=operator)
    with pytest.raises(dead_letters.JobNotFailed):
        dead_letters.discard_job(number, by=operator, reason="试")
    with pytest.raises(dead_letters.NothingFailed):
        dead_letters.retry_jobs("console.measure", by=operator)
    with pytest.raises(dead_letters.NothingFailed):
        dead_letters.discard_jobs("console.measure", by=operator, reason="试")
    assert status(number) == "todo"
    assert not OperatorEntry.objects.exists()


def test_the_consoles_role_has_two_functions_and_nothing_else_of_the_queue(console: Client, cast: Cast) -> None:
    number = fail()
    with context.control(), connection.cursor() as cursor:
        for statement in ("DELETE FROM jobs.failures", f"SELECT jobs.leave({number})"):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                cursor.execute(statement)
        cursor.execute("SELECT console_discard_job(%s)", [number + 1])
        assert cursor.fetchone() == (False,)


@override_settings(OPERATOR_CONTACT=CONTACT)
def test_a_task_that_fails_is_told_once_an_hour_in_the_record_and_by_mail(cast: Cast) -> None:
    at = now()
    for _ in range(3):
        fail(tenant=str(cast.jia.uuid))
    fail("provisioning.mail_workspaces", email="wang@x.example", language="en")
    assert alarms.tell(at=at) == ["console.measure", "provisioning.mail_workspaces"]
    assert alarms.tell(at=at + timedelta(minutes=1)) == []
    run_jobs()
    assert sorted(message.subject for message in mail.outbox) == [
        "【同心】后台任务失败：console.measure",
        "【同心】后台任务失败：provisioning.mail_workspaces",
    ]
    assert [message.to for message in mail.outbox] == [[CONTACT]] * 2
    said = "".join(message.subject + message.body for message in mail.outbox)
    assert "有 3 个" in said
    assert "http://console.localhost/health/" in said
    assert "wang" not in said
    assert str(cast.jia.uuid) not in said
    entries = OperatorEntry.objects.filter(verb="job.failed").order_by("thing")
    assert [(entry.thing, entry.by, entry.details["jobs"]) for entry in entries] == [
        ("task:console.measure", "", 3),
        ("task:provisioning.mail_workspaces", "", 1),
    ]


@override_settings(OPERATOR_CONTACT=CONTACT)
def test_what_fails_anew_is_told_again_after_an_hour_and_what_only_lies_there_is_not(cast: Cast) -> None:
    at = now()
    fail()
    later_on(minutes=5)
    assert alarms.tell(at=at) == ["console.measure"]
    assert alarms.tell(at=at + timedelta(hours=3)) == [], "nothing new"
    fail()
    assert alarms.tell(at=at + timedelta(minutes=59)) == [], "within the hour"
    assert alarms.tell(at=at + timedelta(minutes=61)) == ["console.measure"]


@override_settings(OPERATOR_CONTACT=CONTACT)
def test_names_that_a_workspace_made_up_reach_no_mail(cast: Cast) -> None:
    with context.inside(cast.jia):
        for name in ("please.click_here", "evil.example"):
            later(name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM jobs.procrastinate_jobs")
        numbers = [row[0] for row in cursor.fetchall()]
        for number in numbers:
            cursor.execute(
                f"SET LOCAL search_path = jobs; UPDATE procrastinate_jobs SET status = 'doing' WHERE id = {number}; "
                "SET LOCAL search_path = public"
            )
            cursor.execute("SELECT jobs.bury(%s, 'TaskNotFound')", [number])
    assert alarms.tell(at=now()) == [alarms.UNKNOWN]
    run_jobs()
    assert len(mail.outbox) == 1
    assert "evil" not in mail.outbox[0].subject + mail.outbox[0].body


def test_without_an_address_the_alarm_stands_in_the_record_alone(cast: Cast) -> None:
    fail()
    with override_settings(OPERATOR_CONTACT=""):
        alarms.tell(at=now())
        run_jobs()
    assert mail.outbox == []
    assert OperatorEntry.objects.filter(verb="job.failed").count() == 1


def test_jobs_of_a_suspended_workspace_are_shown_as_set_aside_and_alarm_nobody(console: Client, cast: Cast) -> None:
    with context.inside(cast.jia):
        later("activities.renew_all")
    with connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL search_path = jobs; UPDATE procrastinate_jobs SET priority = -2; SET LOCAL search_path = public"
        )
    from console.queries import health

    (only,) = health.queues(at=now() + timedelta(hours=1))
    assert (only.waiting, only.parked, only.oldest) == (0, 1, None)
    assert "搁置" in console.get(address("health")).content.decode()
