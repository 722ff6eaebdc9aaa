"""How many schemas a connection may see before it is closed for good.

A PostgreSQL backend keeps what it learnt of every table it has touched (its relation and catalogue caches) until it
ends, and nothing makes it forget: 2,000 workspaces cost each backend more than a gigabyte. So a backend ends early.
"""

from typing import Any

from django.conf import settings


def open_account(connection: Any) -> None:
    """Begin to count on a connection that is new; one that comes out of a pool goes on where it stood."""
    if not hasattr(connection, "schemas_seen"):
        connection.schemas_seen = set()
        connection.schemas_spent = False


def count(connection: Any, schema: str) -> None:
    """A transaction on this connection works in this schema. After BACKEND_SCHEMAS it is spent; 0 sets no limit."""
    seen = connection.schemas_seen
    if schema not in seen:
        seen.add(schema)
        connection.schemas_spent = 0 < settings.BACKEND_SCHEMAS <= len(seen)


def retire(connection: Any) -> None:
    """Make sure that a spent connection is not used again when it goes back to its pool."""
    if connection.schemas_spent:
        # The pool replaces an expired one in the background; one that comes back closed it would report as a fault.
        connection._expire_at = 0.0
