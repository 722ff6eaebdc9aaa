"""What somebody could do to a record who owns the database: switch the wall off, change it, switch it on again."""

from typing import Any

from django.db import connection

from tenants import keeping


def tamper(schema: str, *statements: str) -> None:
    """As the table's owner, with its triggers off; in the running transaction, whatever context is in force."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        ours = cursor.fetchone()[0]
        _run(
            cursor,
            f"SET LOCAL ROLE {keeping.role()}",
            f"ALTER TABLE {schema}.audit_entry DISABLE TRIGGER USER",
            *(statement.replace("audit_entry", f"{schema}.audit_entry") for statement in statements),
            *(
                f"ALTER TABLE {schema}.audit_entry ENABLE {always} TRIGGER {name}"
                for name in keeping.TRIGGERS
                for always in ["" if name == "kept_seal" else "ALWAYS"]
            ),
            f"SET LOCAL ROLE {ours}",
        )


def _run(cursor: Any, *statements: str) -> None:
    for statement in statements:
        cursor.execute(statement)
