"""A thin subclass of django-tenants' PostgreSQL wrapper.

Stock django-tenants keeps the tenant on the connection and sends `SET search_path` before every statement. Here the
tenant is a ContextVar, and BEGIN, role, path and timeout go out in front of the first statement of a transaction, in
its round trip; they end with the transaction, so nothing stays on a pooled connection (tenancy.md, decision 3).
"""

from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.backends.postgresql.base import CursorDebugWrapper
from django.db.backends.postgresql.base import DatabaseWrapper as PostgresWrapper
from django.db.backends.postgresql.introspection import DatabaseIntrospection
from django.db.backends.postgresql.schema import DatabaseSchemaEditor
from django.db.backends.utils import CursorWrapper
from django.db.utils import DatabaseError, ProgrammingError
from psycopg import errors
from psycopg.pq import TransactionStatus

from tenants import context
from tenants.postgresql import budget
from tenants.postgresql.connections import BROKEN, DONE, IDLE, ConnectionBroke, Connections
from tenants.postgresql.cursors import Cursor, DebugCursor, execute_behind

# Back to the login role: no workspace's rights, only the control schema on the path.
_NO_CONTEXT = "SET LOCAL ROLE NONE; SET LOCAL search_path = public; SET LOCAL statement_timeout = 0"
_UNKNOWN = object()
# What may be said of the context as well as of the statement behind it.
_DENIALS = (errors.InsufficientPrivilege, errors.InvalidParameterValue)
_INTRANS, _INERROR = int(TransactionStatus.INTRANS), int(TransactionStatus.INERROR)


class OutsideTransaction(ProgrammingError):
    """A statement for a workspace outside any transaction: there the role could not be trusted to end."""


class ContextDenied(ProgrammingError):
    """The database does not let us be whom we want to be: the role was revoked or is gone. Nothing was read or written.

    A look-up was stale; ask again whose schema it is.
    """


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


class DatabaseWrapper(Connections):
    """Applies the context in force when a transaction begins, and again when it changes within one."""

    SchemaEditorClass = LeanSchemaEditor

    def __init__(self, *args: Any, **kwargs: Any) -> None:
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

    # ── The context ─────────────────────────────────────────────────────────────────────────────
    # Past the one that sends `SET search_path`.
    _cursor = PostgresWrapper._cursor  # type: ignore[attr-defined]  # Django's, which its stubs leave out

    def make_cursor(self, cursor: Any) -> Cursor:
        return Cursor(cursor, self)

    def make_debug_cursor(self, cursor: Any) -> DebugCursor:
        return DebugCursor(cursor, self)

    @property
    def is_aborted(self) -> bool:
        """Whether a statement failed in the running transaction (or savepoint), so that it can only be undone."""
        return self.connection is not None and self.connection.pgconn.transaction_status == _INERROR

    def is_to_open(self) -> bool:
        """Whether the next statement is the first of a transaction that Django has begun."""
        return not self.autocommit and self.connection.pgconn.transaction_status == IDLE

    def open_with(self, cursor: Any, sql: Any, params: Any) -> bool:
        """BEGIN, the context and the first statement, in one round trip.

        False where they are to be sent one by one, and nothing is done. Either it may take long, and somebody may want
        to interrupt it; or it is not told what failed: the connection broke, or something was denied, be it the context
        or what the statement wants. Raises the statement's errors.
        """
        wanted, pg = context.current.get(), self.connection.pgconn
        if wanted is None or not wanted.is_brief:
            return False
        try:
            with self.wrap_database_errors:
                if not execute_behind(wanted.opening, cursor, sql, params):
                    return False
        except DatabaseError as error:
            if pg.status == BROKEN:
                return False
            if isinstance(error.__cause__, _DENIALS) and pg.transaction_status == _INERROR:
                pg.exec_(b"ROLLBACK")
                return False
            raise
        finally:
            self._applied = wanted
        if pg.transaction_status != _INTRANS:
            raise OutsideTransaction("a transaction did not begin with its first statement")
        budget.count(self.connection, wanted.schema)
        return True

    def open(self) -> None:
        """Begin the transaction, in the context in force."""
        wanted = context.current.get()
        with self.wrap_database_errors:
            self._begin(wanted)
        self._applied = wanted

    def is_followed(self) -> bool:
        """Whether the running transaction is in the context in force."""
        return context.current.get() is self._applied and self.connection.pgconn.transaction_status == _INTRANS

    def follow(self) -> None:
        """Bring the running transaction to the context in force; begin it where Django has and the database has not."""
        if not (context.current.get() is self._applied and self.connection.pgconn.transaction_status == _INTRANS):
            with self.wrap_database_errors:
                self._apply(context.current.get())

    def _apply(self, wanted: context.Context | None) -> None:
        status = self.connection.pgconn.transaction_status
        if status == IDLE:
            self._applied = None
            if not self.autocommit:
                self._begin(wanted)
            elif wanted is not None:
                raise OutsideTransaction("open a transaction: with tenants.inside(tenant): …")
        elif status == _INTRANS and wanted != self._applied:
            self._send((wanted.statement if wanted else _NO_CONTEXT).encode(), wanted)
        elif status != _INTRANS:
            return
        self._applied = wanted

    def _begin(self, wanted: context.Context | None) -> None:
        """BEGIN and the context in one round trip, which also proves the connection: one that broke while it was idle
        is replaced here, before anything was done on it."""
        opening = wanted.opening if wanted else b"BEGIN"
        if self.connection.pgconn.status != BROKEN:
            try:
                self._send(opening, wanted)
            except ConnectionBroke:
                pass
            else:
                return
        self._replace_connection()
        self._send(opening, wanted)

    def _send(self, statements: bytes, wanted: context.Context | None) -> None:
        """Past Django's cursor on purpose: everything goes out together, in one round trip."""
        pg = self.connection.pgconn
        result = pg.exec_(statements)
        if result.status == DONE:
            if wanted is not None:
                budget.count(self.connection, wanted.schema)
            return
        if pg.transaction_status == _INERROR and not self.savepoint_ids:
            pg.exec_(b"ROLLBACK")
        error = errors.error_from_result(result)
        if isinstance(error, _DENIALS):
            context.denied.set(wanted)
            raise ContextDenied(str(error)) from error
        raise self.told(error)

    # A savepoint stands before its block's own context is set and is released under whatever was in force last, so that
    # a context that is denied takes nothing back but the block.
    def _savepoint(self, sid: str) -> None:
        if self.connection.pgconn.transaction_status == _INTRANS:
            self._say(self.ops.savepoint_create_sql(sid))
        else:
            super()._savepoint(sid)

    def _savepoint_commit(self, sid: str) -> None:
        self._say(self.ops.savepoint_commit_sql(sid))

    def _savepoint_rollback(self, sid: str) -> None:
        self._say(self.ops.savepoint_rollback_sql(sid))
        # ROLLBACK TO also takes back a role set after the savepoint: apply anew at the next cursor.
        self._applied = _UNKNOWN

    def _say(self, statement: str) -> None:
        # Django's own wrappers, which do not follow the context.
        wrapper = CursorDebugWrapper if self.queries_logged else CursorWrapper
        with self.wrap_database_errors:
            plain = self.create_cursor()
        with wrapper(plain, self) as cursor:
            cursor.execute(statement)


@contextmanager
def recorded() -> Any:
    """Collect, as literal SQL, every DDL statement that runs in the block. Yields the growing list."""
    statements: list[str] = []
    token = LeanSchemaEditor.recording.set(statements)
    try:
        yield statements
    finally:
        LeanSchemaEditor.recording.reset(token)
