"""Whose data the running code may touch. `inside(tenant)` is the only door into a workspace.

The tenant in force is a ContextVar; the database backend turns it into a role and a search path at the first statement
of every transaction (`tenants.postgresql`). A new thread starts with none, so work that forgets its tenant is refused
by the database instead of reading somebody's rows.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from shared.workspace import Workspace
from shared.workspace import current as current_workspace
from tenants.names import safe_schema

if TYPE_CHECKING:
    from tenants.models import Tenant


@dataclass(frozen=True, slots=True)
class Context:
    """What a transaction is set to: a role, a search path, and how long a statement may take (milliseconds)."""

    role: str
    path: str
    schema: str
    timeout_ms: int
    snapshot: bool = False  # whether the whole transaction sees one instant

    @property
    def begin(self) -> str:
        """How its transaction starts: the isolation of a running one can no longer be changed."""
        return "BEGIN ISOLATION LEVEL REPEATABLE READ" if self.snapshot else "BEGIN"

    @property
    def statement(self) -> str:
        """One round trip, gone with the transaction. Every part is of our own making, never a person's text."""
        return (
            f"SELECT set_config('role', '{self.role}', true), set_config('search_path', '{self.path}', true), "
            f"set_config('statement_timeout', '{self.timeout_ms}', true)"
        )


current: ContextVar[Context | None] = ContextVar("tenant_context", default=None)


def of_schema(schema: str, *, timeout_ms: int | None = None, snapshot: bool = False) -> Context:
    """The context of a workspace's schema: its own role, its own schema and the extensions, nothing else."""
    name = safe_schema(schema)
    timeout = settings.STATEMENT_TIMEOUT_MS if timeout_ms is None else timeout_ms
    path = f"{name}, {settings.EXTENSIONS_SCHEMA}"
    return Context(role=name, path=path, schema=name, timeout_ms=timeout, snapshot=snapshot)


def of_control() -> Context:
    """The context of the public site and the console: the control schema, and no right on any workspace."""
    return Context(role=control_role(), path="public", schema="public", timeout_ms=settings.STATEMENT_TIMEOUT_MS)


def control_role() -> str:
    """The role of the public site and the console, named after the login role of this installation."""
    return f"{settings.DATABASES['default']['USER']}_control"


@contextmanager
def entered(context: Context | None, workspace: Workspace | None = None) -> Iterator[None]:
    """Put a context in force for the block, in a transaction of its own (or a savepoint of the running one)."""
    token = current.set(context)
    workspace_token = current_workspace.set(workspace)
    try:
        with transaction.atomic():
            yield
    finally:
        current_workspace.reset(workspace_token)
        current.reset(token)


@contextmanager
def inside(tenant: "Tenant", *, timeout_ms: int | None = None, snapshot: bool = False) -> Iterator[Workspace]:
    """Run the block as this tenant, in one transaction. Return values from it, never lazy querysets.

    `timeout_ms` lifts the statement timeout for long jobs. With `snapshot` every statement sees the instant of the
    first one (REPEATABLE READ), unless the block runs within a transaction that had begun otherwise.
    """
    workspace = tenant.workspace
    with entered(of_schema(tenant.schema_name, timeout_ms=timeout_ms, snapshot=snapshot), workspace):
        yield workspace


@contextmanager
def control() -> Iterator[None]:
    """Run the block as the public site and the console do: no role on any workspace."""
    with entered(of_control()):
        yield
