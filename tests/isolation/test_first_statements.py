"""The first statement of a transaction takes BEGIN, role, path and timeout along; nobody is to see that it does.

Real transactions: within a test's own one nothing is opened any more.
"""

import signal
from typing import Any

import pytest
from django.db import IntegrityError, InterfaceError, OperationalError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tenants import context
from tenants.models import Tenant
from tenants.postgresql.base import ContextDenied, OutsideTransaction
from workspace.organization.models import Unit

pytestmark = pytest.mark.usefixtures("on_copy")
SENT = "SELECT current_query()"
NUMBER = "SELECT nextval('organization_unit_id_seq')"
WHO = "SELECT current_user, current_schemas(false), current_setting('statement_timeout')"


@pytest.fixture
def jia(on_copy: None) -> Tenant:
    return Tenant.objects.get(slug="jia")


def first(statement: str, params: Any = None) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchone()


def told(jia: Tenant) -> tuple[str, list[str], str]:
    return (jia.schema_name, [jia.schema_name, "extensions"], "15s")


def test_the_first_statement_needs_no_round_trip_of_its_own(jia: Tenant) -> None:
    with context.inside(jia):
        assert first(SENT)[0].startswith(f'BEGIN; SET LOCAL ROLE "{jia.schema_name}"; ')
        assert first(SENT) == (SENT,)
    with context.control():
        assert first(SENT)[0].startswith('BEGIN; SET LOCAL ROLE "')
    assert first(SENT) == (SENT,)


@pytest.mark.parametrize("of_a_workspace", [True, False])
def test_a_first_statement_that_may_take_long_can_be_interrupted(jia: Tenant, of_a_workspace: bool) -> None:
    def interrupt(*_: Any) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        with (
            pytest.raises(KeyboardInterrupt),
            context.inside(jia, timeout_ms=0) if of_a_workspace else transaction.atomic(),
        ):
            signal.setitimer(signal.ITIMER_REAL, 0.2)
            try:
                first("SELECT pg_sleep(20)")
            except KeyboardInterrupt:
                assert connection.is_aborted, "it slept to its end"  # type: ignore[attr-defined]
                raise
    finally:
        signal.signal(signal.SIGALRM, before)


def test_its_rows_are_its_own(jia: Tenant) -> None:
    with context.inside(jia), connection.cursor() as cursor:
        cursor.execute("SELECT name FROM organization_unit WHERE name LIKE %s ORDER BY id", ["%支部"])
        assert cursor.rowcount == len(cursor.fetchall()) > 1
        assert [column.name for column in cursor.description] == ["name"]
        assert cursor.nextset() is None


def test_text_with_a_percent_and_no_parameters_is_sent_as_it_stands(jia: Tenant) -> None:
    with context.inside(jia):
        assert first("SELECT '100%', 7 % 4") == ("100%", 3)


def test_text_with_a_semicolon_is_no_second_statement(jia: Tenant) -> None:
    with context.inside(jia):
        assert first("SELECT %s", ["一；1; SELECT 2"]) == ("一；1; SELECT 2",)


def test_several_statements_at_once_show_the_first_ones_rows(jia: Tenant) -> None:
    with context.inside(jia), connection.cursor() as cursor:
        cursor.execute("SELECT 1; SELECT 2")
        assert cursor.fetchone() == (1,)
        assert cursor.nextset()
        assert cursor.fetchone() == (2,)


def test_what_is_kept_of_queries_does_not_show_it(jia: Tenant) -> None:
    with CaptureQueriesContext(connection) as kept, context.inside(jia):
        Unit.objects.count()
    assert [query["sql"].partition(" ")[0] for query in kept] == ["BEGIN", "SELECT", "COMMIT"]
    one = "COPY (SELECT 1) TO STDOUT"
    with CaptureQueriesContext(connection) as kept, context.inside(jia), connection.cursor() as cursor:
        cursor.copy(one).__enter__().read()
    assert [query["sql"].partition(" ")[0] for query in kept] == ["BEGIN", "COPY", "COMMIT"]


def test_a_cursor_of_an_earlier_transaction_opens_the_next(jia: Tenant) -> None:
    yan = Tenant.objects.get(slug="yan")
    cursor = connection.cursor()
    for tenant in (jia, yan, jia):
        with context.inside(tenant):
            cursor.execute(WHO)
            assert cursor.fetchone() == told(tenant)


def test_a_savepoint_can_be_first(jia: Tenant) -> None:
    with transaction.atomic(), context.inside(jia):
        assert first(WHO) == told(jia)


def test_a_statement_that_fails_ends_its_transaction_and_leaves_nothing(jia: Tenant) -> None:
    with pytest.raises(IntegrityError), context.inside(jia):
        first("INSERT INTO organization_unit SELECT * FROM organization_unit LIMIT 1")
    with transaction.atomic():
        assert first("SELECT current_user = session_user") == (True,)
    with context.inside(jia):
        assert first(WHO) == told(jia)


def test_what_the_statement_may_not_do_is_no_word_about_the_workspace(jia: Tenant) -> None:
    context.denied.set(None)
    yan = Tenant.objects.get(slug="yan")
    with pytest.raises(ProgrammingError) as error, context.inside(jia):
        first(f"SELECT count(*) FROM {yan.schema_name}.members_member")
    assert "permission denied for schema" in str(error.value)
    assert not isinstance(error.value, ContextDenied)
    assert context.denied.get() is None


def test_a_workspace_that_is_denied_is_told_from_its_statement(jia: Tenant) -> None:
    nobody = context.of_schema("t_" + "0" * 16)
    with pytest.raises(ContextDenied), context.entered(nobody):
        first("SELECT 1")
    assert context.denied.get() == nobody
    context.denied.set(None)
    with context.inside(jia):
        assert first(WHO) == told(jia)


def test_a_statement_that_takes_too_long_is_not_sent_again(jia: Tenant) -> None:
    with context.inside(jia):
        before = first(NUMBER)[0]
    with pytest.raises(OperationalError, match="statement timeout"), context.inside(jia, timeout_ms=50):
        first(NUMBER + ", pg_sleep(5)")
    with context.inside(jia):
        assert first(NUMBER)[0] - before == 2


@pytest.fixture
def broken(jia: Tenant) -> None:
    """The connection was ended while it was idle."""
    connection.ensure_connection()
    pid = connection.connection.info.backend_pid
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


@pytest.mark.parametrize("debugging", [False, True])
def test_a_connection_that_broke_is_replaced_before_anything_was_done(
    broken: None, jia: Tenant, debugging: bool
) -> None:
    connection.force_debug_cursor = debugging
    try:
        with context.inside(jia):
            assert first(WHO) == told(jia)
            assert Unit.objects.exists()
    finally:
        connection.force_debug_cursor = False


def test_a_closed_cursor_opens_nothing(jia: Tenant) -> None:
    with context.inside(jia), connection.cursor() as cursor:
        pass
    with context.inside(jia):
        with pytest.raises(InterfaceError, match="the cursor is closed"):
            cursor.execute(SENT)
        assert first(WHO) == told(jia)


def test_copy_and_a_server_cursor_can_be_first(jia: Tenant) -> None:
    who = "COPY (SELECT current_user) TO STDOUT"
    with context.inside(jia), connection.cursor() as cursor, cursor.copy(who) as rows:
        assert b"".join(rows).decode().strip() == jia.schema_name
    with context.inside(jia):
        assert len(list(Unit.objects.iterator(chunk_size=1))) > 1


def test_a_server_cursor_ends_with_its_transaction(jia: Tenant) -> None:
    with context.inside(jia):
        units = Unit.objects.iterator(chunk_size=1)
        next(units)
        assert first("SELECT count(*), bool_or(is_holdable) FROM pg_cursors") == (1, False)
    assert first("SELECT count(*) FROM pg_cursors") == (0,)


def test_a_first_statement_that_leaves_no_transaction_is_refused(jia: Tenant) -> None:
    with pytest.raises(OutsideTransaction), context.inside(jia):
        first("ROLLBACK")
    with context.inside(jia):
        assert first(WHO) == told(jia)
