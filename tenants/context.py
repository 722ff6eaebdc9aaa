"""Whose data the running code may touch. `inside(tenant)` is the only door into a workspace.

The tenant in force is a ContextVar; the database backend turns it into a role and a search path at the first statement
of every transaction (`tenants.postgresql`). A new thread starts with none, so work that forgets its tenant is refused
by the database instead of reading somebody's rows.
"""

from contextlib import AbstractContextManager
from contextvars import ContextVar, Token
from dataclasses import dataclass
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.conf import settings
from django.db import transaction

from shared.workspace import Workspace
from shared.workspace import current as current_workspace
from tenants.names import safe_schema

if TYPE_CHECKING:
    from tenants.models import Tenant

Whose = TypeVar("Whose", bound=Workspace | None)


def quoted(name: str) -> str:
    """An identifier as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


@dataclass(frozen=True)
class Context:
    """What a transaction is set to: a role, a search path, and how long a statement may take (milliseconds).

    `path` names schemas, comma-separated.
    """

    role: str
    path: str
    schema: str
    timeout_ms: int
    snapshot: bool = False  # whether the whole transaction sees one instant

    @cached_property
    def opening(self) -> bytes:
        """How its transaction starts: BEGIN, role, path, timeout. The isolation cannot be changed later."""
        return f"BEGIN{' ISOLATION LEVEL REPEATABLE READ' if self.snapshot else ''}; {self.statement};".encode()

    @cached_property
    def is_brief(self) -> bool:
        """Whether none of its statements may take longer than one of a request."""
        return 0 < self.timeout_ms <= settings.STATEMENT_TIMEOUT_MS

    @cached_property
    def statement(self) -> str:
        """One round trip, gone with the transaction. Every part is of our own making, never a person's text.

        SET LOCAL costs half of what SELECT set_config(…, true) does: nothing is planned and no row comes back.
        """
        path = ", ".join(quoted(name.strip()) for name in self.path.split(","))
        return (
            f"SET LOCAL ROLE {quoted(self.role)}; SET LOCAL search_path = {path}; "
            f"SET LOCAL statement_timeout = {self.timeout_ms:d}"
        )


current: ContextVar[Context | None] = ContextVar("tenant_context", default=None)
# The last context that the database did not let us take; whoever cares blanks it first.
denied: ContextVar[Context | None] = ContextVar("denied_context", default=None)
# Whether a statement named a table or a column that is not there; whoever cares blanks it first.
lacked: ContextVar[bool] = ContextVar("lacked_something", default=False)


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


class _Entered(AbstractContextManager[Whose], Generic[Whose]):
    """A class and no generator: a request enters one, and its cost is measured."""

    __slots__ = ("_atomic", "_context", "_savepoint", "_tokens", "_workspace")

    def __init__(self, context: Context | None, workspace: Whose, *, savepoint: bool = True) -> None:
        self._context, self._workspace, self._savepoint = context, workspace, savepoint

    def __enter__(self) -> Whose:
        self._tokens: tuple[Token[Context | None], Token[Workspace | None]] = (
            current.set(self._context),
            current_workspace.set(self._workspace),
        )
        self._atomic = transaction.atomic(savepoint=self._savepoint)
        try:
            self._atomic.__enter__()
        except BaseException:
            self._leave()
            raise
        return self._workspace

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._atomic.__exit__(kind, error, trace)
        finally:
            self._leave()

    def _leave(self) -> None:
        of_context, of_workspace = self._tokens
        current_workspace.reset(of_workspace)
        current.reset(of_context)


def entered(context: Context | None, workspace: Workspace | None = None) -> AbstractContextManager[Any]:
    """Put a context in force for the block, in a transaction of its own (or a savepoint of the running one)."""
    return _Entered(context, workspace)


def inside(
    tenant: "Tenant", *, timeout_ms: int | None = None, snapshot: bool = False, savepoint: bool = True
) -> AbstractContextManager[Workspace]:
    """Run the block as this tenant, in one transaction. Return values from it, never lazy querysets.

    `timeout_ms` lifts the statement timeout for long jobs. With `snapshot` every statement sees the instant of the
    first one (REPEATABLE READ), unless the block runs within a transaction that had begun otherwise. Without a
    `savepoint`, an error in the block undoes the running transaction, or its innermost savepoint, too.
    """
    made = tenant.context
    if timeout_ms is not None or snapshot:
        made = of_schema(tenant.schema_name, timeout_ms=timeout_ms, snapshot=snapshot)
    return _Entered(made, tenant.workspace, savepoint=savepoint)


def control() -> AbstractContextManager[None]:
    """Run the block as the public site and the console do: no role on any workspace."""
    return entered(of_control())
