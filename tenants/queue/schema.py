"""The queue in the database: procrastinate's schema `jobs`, what we add to it, and the doors others have into it."""

from importlib import resources
from typing import Any

from django.conf import settings
from django.db import connection
from procrastinate.schema import SchemaManager

from tenants.context import control_role

# An argument is an id; whatever is larger belongs into a row of its own.
MOST_BYTES = 8_192


def prepare(cursor: Any) -> None:
    """The tables, before the control schema is migrated. Running it again changes nothing."""
    cursor.execute("SELECT to_regclass('jobs.procrastinate_jobs') IS NULL")
    is_new = cursor.fetchone()[0]
    cursor.execute("CREATE SCHEMA IF NOT EXISTS jobs")
    cursor.execute("SET LOCAL search_path = jobs")
    if is_new:
        cursor.execute(SchemaManager.get_schema())
    cursor.execute(_text("tables.sql"))
    cursor.execute("SET LOCAL search_path = public")


def grant(cursor: Any) -> None:
    """The functions, after the migration: they read the table of tenants."""
    cursor.execute(_text("line.sql"))
    cursor.execute(_text("doors.sql"))


def _text(name: str) -> str:
    """A file of statements with our own constants filled in; none of them is anybody's text."""
    from tenants.models import Tenant

    values = {
        "extensions": settings.EXTENSIONS_SCHEMA,
        "role": connection.ops.quote_name(control_role()),
        "serving": ", ".join(f"'{state.value}'" for state in Tenant.SERVING),
        "most_bytes": str(MOST_BYTES),
        "most_waiting": str(settings.MAX_WAITING_JOBS),
    }
    text = resources.files("tenants.queue").joinpath(name).read_text(encoding="utf-8")
    for key, value in values.items():
        text = text.replace(f"{{{key}}}", value)
    return text
