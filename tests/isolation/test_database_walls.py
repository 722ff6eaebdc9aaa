"""The database itself refuses what the code should never ask."""

import threading

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.backends.base import base

from tenants import context
from tests.support.cast import Cast
from workspace.members.models import Member
from workspace.organization.models import Unit


def refused(cursor, statement: str) -> str:
    with pytest.raises(ProgrammingError) as error, transaction.atomic():
        cursor.execute(statement)
    return str(error.value)


def test_a_workspace_reads_its_own_rows(cast: Cast) -> None:
    with context.inside(cast.jia):
        Unit.objects.filter(name="第二党支部").update(name="甲的支部")
    with context.inside(cast.yan):
        assert not Unit.objects.filter(name="甲的支部").exists()
    with context.inside(cast.jia):
        assert Unit.objects.filter(name="甲的支部").exists()


def test_raw_sql_for_another_schema_is_denied(cast: Cast) -> None:
    with context.inside(cast.yan), connection.cursor() as cursor:
        said = refused(cursor, f"SELECT * FROM {cast.jia.schema_name}.members_member")
    assert "permission denied for schema" in said


def test_a_workspace_cannot_read_the_control_schema_or_the_queue(cast: Cast) -> None:
    with context.inside(cast.jia), connection.cursor() as cursor:
        assert "permission denied for schema public" in refused(cursor, "SELECT * FROM public.tenants_tenant")
        assert "permission denied for schema jobs" in refused(cursor, "SELECT * FROM jobs.procrastinate_jobs")


def test_the_console_role_cannot_read_a_workspace(cast: Cast) -> None:
    with context.control(), connection.cursor() as cursor:
        said = refused(cursor, f"SELECT * FROM {cast.jia.schema_name}.members_member")
    assert "permission denied for schema" in said


def test_the_console_role_has_no_way_into_the_queue_and_makes_no_role(cast: Cast) -> None:
    with context.control(), connection.cursor() as cursor:
        assert "permission denied" in refused(cursor, "SELECT * FROM jobs.procrastinate_jobs")
        assert "permission denied" in refused(cursor, "CREATE ROLE trap")
        assert "permission denied" in refused(cursor, "CREATE TABLE public.trap (x int)")


def test_work_that_forgot_its_workspace_is_refused(cast: Cast) -> None:
    with connection.cursor() as cursor:
        said = refused(cursor, f"SELECT * FROM {cast.jia.schema_name}.members_member")
        assert "permission denied for schema" in said
        assert "does not exist" in refused(cursor, "SELECT * FROM members_member")


def test_a_savepoint_rollback_brings_back_the_right_workspace(cast: Cast) -> None:
    with context.inside(cast.jia):
        ours = set(Member.objects.values_list("pk", "name"))
        Member.objects.filter(name="王党员").update(name="甲王")
        with pytest.raises(ValueError), context.inside(cast.yan):
            assert not Member.objects.filter(name="甲王").exists()
            raise ValueError
        assert Member.objects.filter(name="甲王").exists()
        assert len(ours) == Member.objects.count()


@pytest.mark.django_db(transaction=False)
def test_a_new_thread_starts_with_no_workspace(cast: Cast) -> None:
    seen: list[object] = []
    with context.inside(cast.jia):
        thread = threading.Thread(target=lambda: seen.append(context.current.get()))
        thread.start()
        thread.join()
    assert seen == [None]


def test_the_first_connection_of_a_process_may_begin_inside_a_context(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "RAN_DB_VERSION_CHECK", set())
    seen: list[object] = []

    def ask() -> None:
        try:
            with context.control(), connection.cursor() as cursor:
                cursor.execute("SELECT current_user")
                seen.append(cursor.fetchone()[0])
        except Exception as error:
            seen.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert seen == [context.control_role()]
