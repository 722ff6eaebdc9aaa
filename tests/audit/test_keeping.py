"""The record can be added to and read, and nothing else, by whatever SQL a workspace's own role sends."""

from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from provisioning import scratch
from tenants import context, keeping, schemas
from tests.support.cast import Cast
from workspace.audit import chain
from workspace.audit.actions import record
from workspace.audit.models import Entry
from workspace.organization.models import Unit


def written(verb: str = "test.done") -> Entry:
    return record(verb, of=Unit.objects.get(depth=1), by=Cast.user("owner"))


def refused(statement: str, *arguments: object) -> str:
    with pytest.raises(DatabaseError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, arguments or None)
    return str(error.value)


HOSTILE = [
    "UPDATE audit_entry SET label = 'x'",
    "UPDATE audit_entry SET position = 1, link = ''",
    "DELETE FROM audit_entry",
    "TRUNCATE audit_entry",
    "ALTER TABLE audit_entry ADD COLUMN x int",
    "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
    "ALTER TABLE audit_entry DISABLE TRIGGER kept_delete",
    "ALTER TABLE audit_entry OWNER TO CURRENT_USER",
    "ALTER TABLE audit_entry RENAME TO gone",
    "DROP TRIGGER kept_delete ON audit_entry",
    "CREATE TRIGGER mine BEFORE INSERT ON audit_entry EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "CREATE RULE mine AS ON INSERT TO audit_entry DO INSTEAD NOTHING",
    "CREATE OR REPLACE FUNCTION extensions.kept_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
    "SET session_replication_role = replica",
    "SET LOCAL session_replication_role = replica",
    "INSERT INTO audit_entry (verb, kind, thing, label, by_name, at, details, position, link) "
    "VALUES ('x', 'x', '1', 'x', '', now(), '{}', 1, '')",
    "INSERT INTO audit_entry (id, verb, kind, thing, label, by_name, at, details) OVERRIDING SYSTEM VALUE "
    "SELECT id, 'x', 'x', '1', 'x', '', now(), '{}' FROM audit_entry ON CONFLICT (id) DO UPDATE SET verb = 'x'",
    "MERGE INTO audit_entry e USING (SELECT 1) s ON true WHEN MATCHED THEN DELETE",
]


@pytest.mark.parametrize("statement", HOSTILE)
def test_the_workspaces_own_role_cannot_change_what_is_written(statement: str, cast: Cast) -> None:
    with context.inside(cast.jia):
        written()
        before = list(Entry.objects.order_by("pk").values())
        said = refused(statement)
        assert list(Entry.objects.order_by("pk").values()) == before
    # ALTER TABLE … RENAME is no grant's but the owner's; SET is the superuser's.
    assert any(words in said for words in ("permission denied", "must be owner", "already exists", "a sealed row"))


def test_the_workspaces_own_role_cannot_give_itself_more(cast: Cast) -> None:
    """PostgreSQL only warns here: nothing is granted."""
    with context.inside(cast.jia), connection.cursor() as cursor:
        written()
        cursor.execute("GRANT ALL ON audit_entry TO CURRENT_USER")
        assert "permission denied" in refused("UPDATE audit_entry SET label = 'x'")
    assert keeping.is_kept(cast.jia.schema_name)


def test_changing_nothing_and_deleting_nothing_are_refused_too(cast: Cast) -> None:
    with context.inside(cast.jia):
        assert "permission denied" in refused("DELETE FROM audit_entry WHERE false")


@pytest.mark.parametrize(
    "statement", ["DELETE FROM audit_entry", "TRUNCATE audit_entry", "UPDATE audit_entry SET thing = 1"]
)
def test_the_triggers_refuse_the_owner_itself(statement: str, cast: Cast) -> None:
    with context.inside(cast.jia):
        written()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {keeping.role()}")
            said = refused(statement)
            cursor.execute(f"SET LOCAL ROLE {cast.jia.schema_name}")
    assert "is only ever added to" in said


def test_a_sealed_row_cannot_be_sealed_again_by_the_owner(cast: Cast) -> None:
    with context.inside(cast.jia):
        written()
        chain.extend()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {keeping.role()}")
            said = refused("UPDATE audit_entry SET link = '' WHERE position = 1")
            cursor.execute(f"SET LOCAL ROLE {cast.jia.schema_name}")
    assert "is only ever added to" in said


def test_a_workspace_cannot_seal_or_hold_its_neighbours_record(cast: Cast) -> None:
    with context.inside(cast.jia):
        written()
    with context.inside(cast.yan):
        chain.extend()
    with context.inside(cast.jia):
        assert Entry.objects.filter(position__isnull=True).exists()


def test_without_a_workspace_there_is_nothing_to_seal(cast: Cast) -> None:
    with context.control():
        assert "no workspace in force" in refused("SELECT extensions.seal_record()")
        assert "no workspace in force" in refused("SELECT extensions.keep('tenants_tenant')")


def test_every_way_of_opening_ends_with_the_wall(db: None, cast: Cast) -> None:
    with scratch.workspace() as tenant:
        assert keeping.is_kept(tenant.schema_name)
    assert keeping.is_kept(cast.jia.schema_name)
    assert keeping.is_kept(cast.yan.schema_name)


def test_a_wall_that_was_taken_down_is_noticed(superuser: psycopg.Connection, cast: Cast) -> None:
    superuser.execute(f"ALTER TABLE {cast.jia.schema_name}.audit_entry DISABLE TRIGGER kept_delete")
    try:
        assert not keeping.is_kept(cast.jia.schema_name)
    finally:
        superuser.execute(f"ALTER TABLE {cast.jia.schema_name}.audit_entry ENABLE ALWAYS TRIGGER kept_delete")
    assert keeping.is_kept(cast.jia.schema_name)


def test_a_schema_that_is_shut_takes_no_line_and_one_reopened_does(cast: Cast) -> None:
    with transaction.atomic():
        # Longer than the server lets an autovacuum stand in the way (deadlock_timeout, a second).
        schemas.shut(cast.jia.schema_name, patience_ms=10_000)
        with connection.cursor() as cursor:
            cursor.execute(_MAY_ADD, [cast.jia.schema_name] * 2)
            assert cursor.fetchone() == (False,)
        schemas.reopen(cast.jia.schema_name)
        with context.inside(cast.jia):
            written("test.again")
        assert keeping.is_kept(cast.jia.schema_name)
        transaction.set_rollback(True)


_MAY_ADD = (
    "SELECT has_table_privilege(%s::name, c.oid, 'INSERT') FROM pg_class c "
    "WHERE c.relname = 'audit_entry' AND c.relnamespace = to_regnamespace(%s)"
)


@pytest.fixture
def superuser() -> Iterator[psycopg.Connection]:
    if not settings.EMBEDDED:
        pytest.skip("needs the embedded server's superuser")
    where = {"host": settings.CLUSTER.connection["HOST"], "dbname": connection.settings_dict["NAME"]}
    with psycopg.connect(user="postgres", autocommit=True, **where) as server:
        yield server
