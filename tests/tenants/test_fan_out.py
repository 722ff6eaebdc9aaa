"""One task in every workspace at once: in one statement, and out of everybody's way."""

from pytest_django import DjangoAssertNumQueries

from shared import queue
from shared.queue import later
from tenants import context, worker
from tenants.models import Tenant
from tests.support.cast import Cast
from tests.tenants.desk import Desk


def test_a_fan_out_is_one_job_in_every_active_workspace_and_not_two(cast: Cast) -> None:
    _many_tenants(300)
    assert worker.everywhere("tests.nightly") == 302
    assert worker.everywhere("tests.nightly") == 0, "yesterday's are still waiting"
    assert worker.everywhere("tests.other") == 302


def test_a_fan_out_is_one_statement_however_many_there_are(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    _many_tenants(300)
    with django_assert_num_queries(1):
        worker.everywhere("tests.nightly")
    rows = [{"tenant": str(uuid)} for uuid in Tenant.objects.values_list("uuid", flat=True)]
    with django_assert_num_queries(1):
        assert queue.later_each("tests.control", rows, lock="measure:{tenant}") == 302


def test_a_fan_out_holds_up_neither_a_workspace_nor_the_platform(cast: Cast) -> None:
    _many_tenants(300)
    worker.everywhere("tests.nightly")
    desk = Desk()
    desk.end(desk.take())
    with context.inside(cast.jia):
        later("tests.many")
    later("tests.control")
    next_two = desk.work(2)
    assert [job.queue for job in next_two] == ["control", "workspace"]


def _many_tenants(number: int) -> None:
    Tenant.objects.bulk_create(
        Tenant(name=f"单位{n}", slug=f"fan-{n}", state="active", sealed_key=b"") for n in range(number)
    )
