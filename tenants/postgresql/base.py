"""A thin subclass of django-tenants' PostgreSQL wrapper.

Stock django-tenants keeps the tenant on the connection and sends `SET search_path` before every statement. Here the
tenant is a ContextVar, and role, path and timeout are set together with BEGIN, in the one round trip that BEGIN costs
anyway; they end with the transaction, so nothing stays on a pooled connection (tenancy.md, decision 3).
"""

from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.backends.postgresql.introspection import DatabaseIntrospection
from django.db.backends.postgresql.schema import DatabaseSchemaEditor
from django.db.utils import ProgrammingError
from django_tenants.postgresql_backend.base import DatabaseWrapper as TenantsWrapper
from psycopg import errors
from psycopg.pq import ExecStatus, TransactionStatus

from tenants import context

# Back to the login role: no workspace's rights, only the control schema on the path.
_NO_CONTEXT = (
    "SELECT set_config('role', 'none', true), set_config('search_path', 'public', true), "
    "set_config('statement_timeout', '0', true)"
)
_UNKNOWN = object()


class OutsideTransaction(ProgrammingError):
    """A statement for a workspace outside any transaction: there the role could not be trusted to end."""


class LeanSchemaEditor(DatabaseSchemaEditor):
    """Django's schema editor, without twin indexes; while a recording is on, it also keeps every statement it runs."""

    recording: ContextVar[list[str] | None] = ContextVar("recorded_ddl", default=None)

    def execute(self, sql: Any, params: Any = ()) -> None:
        kept = self.recording.get()
        if kept is not None and not self.collect_sql:
            kept.append(str(sql) if params is None else self.connection.ops.compose_sql(str(sql), params))
        super().execute(sql, params)

    def _create_like_index_sql(self, model: Any, field: Any) -> None:
        """None: a second index per text column only for LIKE 'x%'. A model that searches by prefix declares its own."""
        return


class DatabaseWrapper(TenantsWrapper):
    """Applies the context in force when a transaction begins, and again when it changes within one."""

    SchemaEditorClass = LeanSchemaEditor

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._applied: object = None
        super().__init__(*args, **kwargs)
        # Plain introspection sees just what the path shows, and the path holds one schema of ours.
        self.introspection = DatabaseIntrospection(self)

    # The mutable tenant of django-tenants is gone: what it would say comes from the context.
    @property
    def schema_name(self) -> str:
        wanted = context.current.get()
        return wanted.schema if wanted else "public"

    @schema_name.setter
    def schema_name(self, value: str | None) -> None:
        """Ignored: django-tenants' constructor assigns it."""

    def set_schema_to_public(self) -> None:
        """Nothing to do: django-tenants' constructor calls it, and no context means the control schema."""

    def set_tenant(self, tenant: Any, include_public: bool = True) -> None:
        raise RuntimeError("use tenants.inside(tenant)")

    def init_connection_state(self) -> None:
        """Django asks a new connection for the server's version, before any transaction: nobody's data, no context."""
        token = context.current.set(None)
        try:
            super().init_connection_state()
        finally:
            context.current.reset(token)

    def _cursor(self, name: str | None = None) -> Any:
        self.ensure_connection()
        with self.wrap_database_errors:
            self._apply()
        return super(TenantsWrapper, self)._cursor(name)

    def _apply(self) -> None:
        wanted = context.current.get()
        pg = self.connection.pgconn
        status = pg.transaction_status
        if status == TransactionStatus.IDLE:
            self._applied = None
            if wanted is None:
                return
            if self.connection.autocommit:
                raise OutsideTransaction("open a transaction: with tenants.inside(tenant): …")
            self._send(f"{wanted.begin}; {wanted.statement}")
        elif status == TransactionStatus.INTRANS and wanted != self._applied:
            self._send(wanted.statement if wanted else _NO_CONTEXT)
        else:
            return
        self._applied = wanted

    def _send(self, statements: str) -> None:
        """Past Django's cursor on purpose: BEGIN and the context go out together, in one round trip."""
        pg = self.connection.pgconn
        result = pg.exec_(statements.encode())
        if result.status not in {ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK}:
            if pg.transaction_status == TransactionStatus.INERROR and not self.savepoint_ids:
                pg.exec_(b"ROLLBACK")
            raise errors.error_from_result(result)

    def _savepoint_rollback(self, sid: str) -> None:
        super()._savepoint_rollback(sid)
        # ROLLBACK TO also takes back a role set after the savepoint: apply anew at the next cursor.
        self._applied = _UNKNOWN

    def close(self) -> None:
        self._applied = None
        super().close()


@contextmanager
def recorded() -> Any:
    """Collect, as literal SQL, every DDL statement that runs in the block. Yields the growing list."""
    statements: list[str] = []
    token = LeanSchemaEditor.recording.set(statements)
    try:
        yield statements
    finally:
        LeanSchemaEditor.recording.reset(token)
