"""Whether workspace roles may log in.

On one machine they never do: the login role steps into them. With Citus the coordinator opens a connection to a worker
as the role in force, so there they need LOGIN (tenancy.md §4). They never have a password: the workers' `pg_hba.conf`
lets them in from the coordinator alone.
"""

from collections.abc import Sequence

from django.conf import settings
from django.db import connection, transaction

from tenants.names import safe_schema

# Roles belong to the server, which may hold another installation's: ours are those whose schema lies in this database.
_OURS = (
    "SELECT r.rolname FROM pg_roles r JOIN pg_namespace n ON n.nspname = r.rolname "
    "WHERE r.rolname ~ '^t_[0-9a-f]{16}$' AND r.rolcanlogin = %s ORDER BY 1"
)
AT_ONCE = 200  # roles a transaction: each commit makes every backend read its memberships anew


def wanted() -> str:
    """What TENANT_ROLES_LOGIN asks for, as SQL says it."""
    return "LOGIN" if settings.TENANT_ROLES_LOGIN else "NOLOGIN"


def named(*, login: bool) -> list[str]:
    """This database's workspace roles that may log in, or those that may not."""
    with connection.cursor() as cursor:
        cursor.execute(_OURS, [login])
        return [name for (name,) in cursor.fetchall()]


def differing() -> list[str]:
    """Those that are not as the setting wants them."""
    return named(login=not settings.TENANT_ROLES_LOGIN)


def switch(names: Sequence[str]) -> None:
    """Make these roles as the setting wants them. Cut short and run again, it continues."""
    for start in range(0, len(names), AT_ONCE):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "; ".join(f"ALTER ROLE {safe_schema(name)} {wanted()}" for name in names[start : start + AT_ONCE])
            )
