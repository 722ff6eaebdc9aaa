"""A workspace stays small: every table and index is counted, and every index has something that asks for it."""

import json
import tomllib
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from provisioning import scratch
from tenants import context, costs, names, schemas
from tenants.models import Tenant
from tests.support.cast import Cast
from tests.tenants.index_queries import QUERIES, RULED, setting

REVIEWED: dict[str, Any] = tomllib.loads(Path(__file__).with_name("indexes.toml").read_text())
LOOKUPS: dict[str, dict[str, str]] = REVIEWED["lookups"]
_INDEXES = (
    "SELECT i.relname, x.indisprimary, x.indisunique FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid "
    "JOIN pg_namespace n ON n.oid = i.relnamespace WHERE n.nspname = %s"
)


def indexes(tenant: Tenant) -> dict[str, tuple[bool, bool]]:
    """Primary and unique, by name."""
    with connection.cursor() as cursor:
        cursor.execute(_INDEXES, [tenant.schema_name])
        return {name: (primary, unique) for name, primary, unique in cursor.fetchall()}


def test_an_empty_workspace_keeps_within_its_budget(db: None) -> None:
    with scratch.workspace() as tenant:
        found = costs.cost(tenant.schema_name)
    assert found.total <= costs.BUDGET_BYTES, found.bytes


def test_tables_and_indexes_are_as_many_as_were_reviewed(cast: Cast) -> None:
    found = costs.cost(cast.jia.schema_name)
    assert (found.relations["table"], found.relations["index"]) == (REVIEWED["tables"], REVIEWED["indexes"])


def test_every_index_says_what_it_is_for_and_no_entry_outlives_its_index(cast: Cast) -> None:
    """A primary key needs no words: the rule is that every table has one."""
    found = {name: unique for name, (primary, unique) in indexes(cast.jia).items() if not primary}
    assert {name for name, unique in found.items() if unique} == set(REVIEWED["rules"])
    assert {name for name, unique in found.items() if not unique} == set(LOOKUPS)
    assert all(words.strip() for words in REVIEWED["rules"].values())
    assert all(entry["for"].strip() for entry in LOOKUPS.values())


def test_every_named_query_exists_and_none_is_left_over() -> None:
    assert {entry["query"] for entry in LOOKUPS.values()} == set(QUERIES)


@pytest.mark.parametrize("index", sorted(LOOKUPS))
def test_the_named_query_can_use_the_index(index: str, cast: Cast) -> None:
    statements = _statements(cast.jia, LOOKUPS[index]["query"])
    plans = [plan for statement in statements for plan in _plans(cast.jia, statement, only=index)]
    assert any(f'"{index}"' in plan for plan in plans), plans


def _statements(tenant: Tenant, query: str) -> list[str]:
    """What the product's code asks the database when it answers the query."""
    with context.inside(tenant), CaptureQueriesContext(connection) as captured:
        {**QUERIES, **RULED}[query](setting())
    return [entry["sql"] for entry in captured.captured_queries if entry["sql"].startswith("SELECT")]


def _plans(tenant: Tenant, statement: str, *, only: str = "") -> list[str]:
    """As on a table that has grown: sequential scans out of the race, joins of few rows and of many, and rows read for
    what they hold and not in some index's order. With `only`, the table has no other index: on a few rows any will do,
    and which one is chosen is chance."""
    found = []
    with context.inside(tenant), connection.cursor() as cursor:
        if only:
            _leave_alone(cursor, only, keys="GROUP BY" in statement)
        cursor.execute("SET LOCAL enable_seqscan = off")
        for way in ("enable_nestloop = on", "enable_nestloop = off", "enable_indexscan = off"):
            cursor.execute(f"SET LOCAL {way}")
            cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}")
            found.append(json.dumps(cursor.fetchone()[0]))
        transaction.set_rollback(True)
    return found


def _leave_alone(cursor: Any, index: str, *, keys: bool) -> None:
    """Drop the other indexes of its table, with the rules that stand on them. Undone with the transaction. A grouped
    statement needs the primary key (`keys`) to be understood."""
    of_table = (
        "FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid LEFT JOIN pg_constraint k ON k.conindid = c.oid "
        "AND k.conrelid = i.indrelid "
        "WHERE i.indrelid = (SELECT indrelid FROM pg_index WHERE indexrelid = %s::regclass) AND c.relname <> %s"
    )
    cursor.execute(f"SELECT i.indrelid::regclass::text, c.relname, k.conname {of_table}", [index, index])
    others = cursor.fetchall()
    cursor.execute("SELECT current_user, relowner::regrole FROM pg_class WHERE oid = %s::regclass", [index])
    ours, owner = cursor.fetchone()
    cursor.execute(f"SET LOCAL ROLE {owner}")
    for table, name, rule in others:
        if keys and rule and rule.endswith("_pkey"):
            continue
        cursor.execute(
            f'ALTER TABLE {table} DROP CONSTRAINT IF EXISTS "{rule}" CASCADE'
            if rule
            else f'DROP INDEX IF EXISTS "{name}"'
        )
    cursor.execute(f"SET LOCAL ROLE {ours}")


def test_everything_below_a_unit_is_found_in_any_collation_of_the_server(cast: Cast) -> None:
    """The path compares byte by byte, so that its unique index answers LIKE 'x%' on a server that sorts by language."""
    with context.inside(cast.jia), connection.cursor() as cursor:
        cursor.execute(
            "SELECT collation_name FROM information_schema.columns "
            "WHERE table_schema = %s AND table_name = 'organization_unit' AND column_name = 'path'",
            [cast.jia.schema_name],
        )
        assert cursor.fetchone() == ("C",)
    plans = [plan for text in _statements(cast.jia, "units_below") for plan in _plans(cast.jia, text)]
    assert any('"organization_unit_path_key"' in plan and "Index Cond" in plan for plan in plans), plans


def test_the_scratch_workspace_leaves_nothing_behind(db: None) -> None:
    with scratch.workspace() as tenant:
        name = tenant.schema_name
        assert schemas.exists(name)
    assert not schemas.exists(name)
    assert not Tenant.objects.filter(schema_name=name).exists()


def test_the_command_prints_what_a_workspace_costs(cast: Cast) -> None:
    said = StringIO()
    call_command("workspace_cost", "--workspace", "jia", "--json", stdout=said)
    found = json.loads(said.getvalue())
    assert found["total"] == costs.cost(cast.jia.schema_name).total
    assert found["relations"]["table"] == REVIEWED["tables"]
    assert found["catalogue"]["pg_class"] == sum(found["relations"].values())


def test_the_command_says_how_much_of_the_budget_is_left(db: None) -> None:
    said = StringIO()
    call_command("workspace_cost", stdout=said)
    assert "left of the budget" in said.getvalue()


def test_the_command_names_a_workspace_that_is_not_there(db: None) -> None:
    with pytest.raises(CommandError, match="No workspace is called nobody"):
        call_command("workspace_cost", "--workspace", "nobody")


def test_a_name_that_is_none_of_ours_is_refused_before_any_sql(db: None) -> None:
    with pytest.raises(names.UnsafeName):
        costs.cost("public")
