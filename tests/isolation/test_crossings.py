"""Ways to carry something from one workspace into another that no walk takes: each is refused, or finds its own."""

import pytest
from django.db import DatabaseError, InterfaceError, ProgrammingError, connection, transaction

from shared.workspace import current as current_workspace
from tenants import context
from tenants.models import Tenant
from tests.support.cast import Cast
from tests.support.copies import connected_to
from workspace.members.models import Member
from workspace.organization.models import Unit

WHO = "SELECT current_user"


def asked(cursor, statement: str = WHO) -> str:
    cursor.execute(statement)
    return cursor.fetchone()[0]


def test_a_cursor_that_outlives_a_block_goes_back_to_its_own_workspace(cast: Cast) -> None:
    with context.inside(cast.jia), connection.cursor() as cursor:
        assert asked(cursor) == cast.jia.schema_name
        with context.inside(cast.yan):
            Unit.objects.count()
        assert asked(cursor) == cast.jia.schema_name


def test_a_cursor_taken_into_a_block_asks_as_that_block(cast: Cast) -> None:
    with context.inside(cast.jia), connection.cursor() as cursor:
        asked(cursor)
        with context.inside(cast.yan):
            assert asked(cursor) == cast.yan.schema_name


def test_a_savepoint_of_one_rolled_back_in_the_other_leaves_the_other_in_force(cast: Cast) -> None:
    """The role that the server falls back to is the one of the savepoint; it may not be believed."""
    with pytest.raises(DatabaseError), context.inside(cast.jia):
        mark = transaction.savepoint()
        with context.inside(cast.yan), connection.cursor() as cursor:
            transaction.savepoint_rollback(mark)
            assert asked(cursor) == cast.yan.schema_name
            assert asked(connection.cursor()) == cast.yan.schema_name


def test_a_lazy_query_finds_nothing_once_its_block_has_ended(cast: Cast) -> None:
    with context.inside(cast.jia):
        lazy = Member.objects.all()
    with pytest.raises(ProgrammingError), transaction.atomic():
        list(lazy)


def test_a_lazy_query_of_one_reads_the_other_only_as_the_other(cast: Cast) -> None:
    with context.inside(cast.jia):
        Member.objects.update(residence="甲的秘密")
        lazy = Member.objects.values_list("residence", flat=True)
    with context.inside(cast.yan):
        assert "甲的秘密" not in set(lazy)


def test_a_generator_that_carried_its_workspace_out_leaves_nobody_in_force(cast: Cast) -> None:
    """A `yield` inside a block hands the block's context to whoever asks for the next value. A gate searches the code
    for it (tests/architecture/test_dangerous_code.py); should it happen, the code around it is refused."""

    def rows():
        with context.inside(cast.jia):
            yield from Member.objects.values_list("name", flat=True)

    carried = rows()
    next(carried)
    try:
        with pytest.raises(DatabaseError), context.inside(cast.yan):
            carried.close()
            Unit.objects.count()
    finally:
        context.current.set(None)
        current_workspace.set(None)


def test_a_cursor_of_a_connection_that_was_given_back_is_refused(copy: str) -> None:
    """A pool may have handed the connection to another thread, in another workspace."""
    with connected_to(copy):
        tenants = {tenant.slug: tenant for tenant in Tenant.objects.all()}
        kept = connection.cursor()
        kept.execute(WHO)
        connection.close()
        with context.inside(tenants["yan"]), pytest.raises(InterfaceError):
            kept.execute("SELECT name FROM members_member")


def test_a_table_that_is_missing_is_not_looked_for_elsewhere(cast: Cast) -> None:
    """Operators' accounts stand in the control schema under the same name as a workspace's people."""
    from workspace.accounts.models import User

    with context.control():
        User.objects.create_user("operator", "x", name="运营")
    with pytest.raises(ProgrammingError) as refused, context.inside(cast.jia):
        connection.cursor().execute("ALTER TABLE accounts_user RENAME TO gone")
        User.objects.count()
    assert "does not exist" in str(refused.value)


def test_the_path_of_a_workspace_is_its_own_schema_and_the_extensions(cast: Cast) -> None:
    for tenant in (cast.jia, cast.yan):
        with context.inside(tenant), connection.cursor() as cursor:
            assert asked(cursor, "SHOW search_path") == f"{tenant.schema_name}, extensions"
            assert asked(cursor, "SELECT current_schemas(true)") == ["pg_catalog", tenant.schema_name, "extensions"]


def test_nothing_stays_on_the_connection(cast: Cast) -> None:
    with context.inside(cast.jia):
        Unit.objects.count()
    with connection.cursor() as cursor:
        assert asked(cursor) == asked(cursor, "SELECT session_user")
        assert asked(cursor, "SHOW statement_timeout") == "0"
        assert cast.jia.schema_name not in asked(cursor, "SHOW search_path")
