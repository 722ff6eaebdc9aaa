"""Fill an opened workspace with the model's rows, set by set: a row on disk for every row of the model.

What the opening itself has put there stays; the model's rows are added beside it. Nobody's sessions, failures and
migrations are copied. A superuser does it, past the foreign keys' checks, which `orphans` makes up for on a sample.
"""

from typing import Any

from psycopg.sql import SQL, Identifier

from tenants.names import safe_schema

_LEFT_OUT = ["django_migrations", "accounts_session", "accounts_failure"]
_COLUMNS = (
    "SELECT table_name, array_agg(column_name::text ORDER BY ordinal_position), "
    "max(column_name) FILTER (WHERE is_identity = 'YES') "
    "FROM information_schema.columns JOIN pg_tables ON schemaname = table_schema AND tablename = table_name "
    "WHERE table_schema = %s AND table_name <> ALL(%s) AND is_generated = 'NEVER' GROUP BY 1 ORDER BY 1"
)
_KEYS = (
    "SELECT conrelid::regclass::text, confrelid::regclass::text, a.attname, b.attname FROM pg_constraint k "
    "JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = conkey[1] "
    "JOIN pg_attribute b ON b.attrelid = confrelid AND b.attnum = confkey[1] "
    "WHERE contype = 'f' AND connamespace = %s::regnamespace"
)


class Copier:
    """Reads the model's columns once; then one round trip a workspace."""

    def __init__(self, server: Any, model: str) -> None:
        self.server = server
        self.model = safe_schema(model)
        self.tables = server.execute(_COLUMNS, [model, _LEFT_OUT]).fetchall()

    def fill(self, target: str) -> None:
        """All or nothing. Filling again changes nothing."""
        parts = [SQL("SET LOCAL session_replication_role = replica")]
        for table, columns, identity in self.tables:
            into, names = Identifier(safe_schema(target), table), SQL(", ").join(map(Identifier, columns))
            parts.append(
                SQL("INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE SELECT {} FROM {} ON CONFLICT DO NOTHING").format(
                    into, names, names, Identifier(self.model, table)
                )
            )
            if identity:
                parts.append(
                    SQL("SELECT setval(pg_get_serial_sequence({}, {}), max({})) FROM {} HAVING max({}) > 0").format(
                        f"{target}.{table}", identity, Identifier(identity), into, Identifier(identity)
                    )
                )
        # The root that was there knows nothing yet of the children that came.
        units, model = Identifier(target, "organization_unit"), Identifier(self.model, "organization_unit")
        parts.append(
            SQL(
                "UPDATE {} u SET numchild = m.numchild FROM {} m WHERE m.id = u.id AND m.numchild <> u.numchild"
            ).format(units, model)
        )
        with self.server.transaction():
            self.server.execute(SQL("; ").join(parts).as_string(self.server))

    def orphans(self, schema: str) -> dict[str, int]:
        """Rows of a filled workspace whose parent is missing, by table and column; empty when it is whole."""
        found = {}
        for child, parent, column, key in self.server.execute(_KEYS, [safe_schema(schema)]).fetchall():
            query = (
                f'SELECT count(*) FROM {child} c WHERE "{column}" IS NOT NULL '
                f'AND NOT EXISTS (SELECT FROM {parent} p WHERE p."{key}" = c."{column}")'
            )
            if number := self.server.execute(query).fetchone()[0]:
                found[f"{child}.{column}"] = number
        return found
