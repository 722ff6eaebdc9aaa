"""Every page of the console, as an operator sees it and as nobody else does."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from console.models import OperatorEntry, QueueJob
from provisioning.models import PartnerInvitation
from shared.clock import now
from shared.queue import later
from tenants import context
from tenants.models import Tenant
from tests.support.cast import Cast, Client

URLS = "config.urls_console"
LISTS = (
    *("home", "workspaces", "openings", "invitations", "closings", "restorings", "fleet", "entries", "health"),
    *("invitation-new", "invitation-batch"),
)
EXPORTS = ("workspaces-export", "invitations-export", "entries-export")


def address(name: str, *args: object) -> str:
    return reverse(f"console:{name}", urlconf=URLS, args=args)


@pytest.fixture
def addresses(cast: Cast, operator: object) -> list[str]:
    """Every address of the console that answers GET."""
    made = PartnerInvitation.objects.create(name="仁和医院", invited_by="operator", expires_at="2099-01-01T00:00Z")
    tenant = cast.jia
    return [
        *(address(name) for name in (*LISTS, *EXPORTS)),
        address("workspace", tenant.uuid),
        address("workspace-move", tenant.uuid, "suspended"),
        address("opening", tenant.opening.uuid),
        address("opening-progress", tenant.opening.uuid),
        address("invitation", made.pk),
    ]


def test_every_page_opens_for_an_operator(console: Client, addresses: list[str]) -> None:
    for url in addresses:
        assert console.get(url).status_code == 200, url


def test_every_page_sends_a_visitor_to_sign_in(cast: Cast, addresses: list[str]) -> None:
    for url in addresses:
        answer = Client("console").get(url)
        assert answer.status_code == 302, url
        assert answer["Location"].startswith("/sign-in/"), url


def test_a_session_of_a_workspace_is_nobody_at_the_console(cast: Cast, addresses: list[str]) -> None:
    browser = cast.signed_in("owner")
    browser.defaults["SERVER_NAME"] = "console.localhost"
    for url in addresses:
        assert browser.get(url).status_code == 302, url


def test_the_console_exists_on_no_workspace_and_not_on_the_public_site(cast: Cast, addresses: list[str]) -> None:
    owner = cast.signed_in("owner")
    for url in addresses:
        if url != "/":
            assert owner.get(url).status_code == 404, url
            assert Client().get(url).status_code == 404, url


def test_no_page_of_the_console_could_read_a_workspace(console: Client, cast: Cast, addresses: list[str]) -> None:
    """While each page runs, the same connection asks for a workspace's rows; the database itself says no."""
    said: list[str] = []

    def trespass(execute, sql, params, many, context):
        if not said:
            said.append("")
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(f"SELECT * FROM {cast.jia.schema_name}.members_member")
                said[0] = "read"
            except ProgrammingError as error:
                said[0] = str(error)
        return execute(sql, params, many, context)

    for url in addresses:
        said.clear()
        with connection.execute_wrapper(trespass):
            console.get(url)
        assert "permission denied for schema" in said[0], url


def test_no_post_of_the_console_could_read_a_workspace(console: Client, cast: Cast) -> None:
    roles = set()

    def note(execute, sql, params, many, context):
        with connection.connection.cursor() as cursor:
            roles.add(cursor.execute("SELECT current_setting('role')").fetchone()[0])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        console.post(address("workspace-refresh", cast.jia.uuid))
        console.post(address("workspace-move", cast.jia.uuid, "suspended"), {"reason": "试", "confirmed": "jia"})
        console.post(address("invitation-new"), {"name": "甲", "days": 30})
        console.post(address("invitation-batch"), {"lines": "乙", "days": 30, "send": "yes"})
    assert roles
    assert all(role.endswith("_control") for role in roles), roles


def test_the_console_role_cannot_read_the_queue_nor_what_a_job_carries(console: Client, cast: Cast) -> None:
    later("console.measure", tenant=str(cast.jia.uuid))
    with context.control():
        assert QueueJob.objects.filter(task_name="console.measure").exists()
        assert "args" not in {field.name for field in QueueJob._meta.get_fields()}
        for statement in (
            "SELECT * FROM jobs.procrastinate_jobs",
            "UPDATE console_queue_job SET task_name = 'x'",
            "DELETE FROM console_queue_job",
        ):
            refused = pytest.raises(DatabaseError, match=r"permission denied|cannot (update|delete)")
            with refused, transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)


def test_the_first_page_costs_the_same_for_three_hundred_workspaces(console: Client, many) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as ran:
            assert console.get("/").status_code == 200
        return len(ran)

    many(1)
    few = queries()
    Tenant.objects.filter(slug__startswith="unit-").delete()
    many(300)
    assert queries() <= min(few, 15)


def test_lists_cost_the_same_for_three_hundred_workspaces(console: Client, many) -> None:
    many(300)
    for name in ("workspaces", "openings", "health"):
        with CaptureQueriesContext(connection) as ran:
            console.get(address(name))
        assert len(ran) <= 20, (name, len(ran))


def test_reading_a_page_leaves_no_entry_and_an_export_does(console: Client, addresses: list[str]) -> None:
    before = OperatorEntry.objects.count()
    for name in LISTS:
        console.get(address(name))
    assert OperatorEntry.objects.count() == before
    for name in EXPORTS:
        console.get(address(name))
    assert OperatorEntry.objects.count() == before + len(EXPORTS)


def test_figures_are_called_old_only_when_there_was_time_to_count(console: Client) -> None:
    said = "统计数字已超过三小时没有更新"
    Tenant.objects.update(created_at=now())
    assert said not in console.get(address("home")).content.decode()
    Tenant.objects.update(created_at=now() - timedelta(hours=4))
    assert said in console.get(address("home")).content.decode()
