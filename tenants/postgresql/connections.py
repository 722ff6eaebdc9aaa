"""The life of a connection: where it comes from, how its death is noticed, when it has seen enough."""

from typing import Any

from django.db.backends.base.base import NO_DB_ALIAS
from django.db.backends.utils import debug_transaction
from django_tenants.postgresql_backend.base import DatabaseWrapper as TenantsWrapper
from psycopg import errors
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus

from tenants import context
from tenants.postgresql import budget
from tenants.postgresql.pool import KnowingPool

# Plain numbers, as libpq gives them: an Enum's member costs a look-up at every cursor.
IDLE, DONE, BROKEN = int(TransactionStatus.IDLE), int(ExecStatus.COMMAND_OK), int(ConnStatus.BAD)


class ConnectionBroke(errors.OperationalError):
    """The server ended the connection, or is gone."""


class Connections(TenantsWrapper):
    """What `DatabaseWrapper` stands on."""

    _applied: object = None

    @property
    def pool(self) -> Any:
        """Django's, of our kind. It checks no connection before it gives it out: BEGIN does."""
        options = self.settings_dict["OPTIONS"].get("pool")
        if not options or self.alias == NO_DB_ALIAS:
            return None
        if self.alias not in self._connection_pools:
            made = KnowingPool(
                kwargs=self.get_connection_params() | {"autocommit": True},
                open=False,
                configure=self._configure_connection,
                **({} if options is True else options),
            )
            # Of two threads that come here at once one makes a pool for nothing; it is not open yet.
            self._connection_pools.setdefault(self.alias, made)
        return self._connection_pools[self.alias]

    def init_connection_state(self) -> None:
        """Django asks a new connection for the server's version, before any transaction: nobody's data, no context."""
        token = context.current.set(None)
        try:
            super().init_connection_state()
        finally:
            context.current.reset(token)

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """In a context BEGIN proves a pooled connection; without one it is asked whether it still lives."""
        connection = super().get_new_connection(conn_params)
        budget.open_account(connection)
        if self.pool and context.current.get() is None:
            try:
                self.pool.check_connection(connection)
            except errors.OperationalError:
                connection = self._another(connection)
        return connection

    def close_if_health_check_failed(self) -> None:
        if context.current.get() is None:
            super().close_if_health_check_failed()

    def _replace_connection(self) -> None:
        """Under a transaction that Django has begun and the database has not heard of yet."""
        dead: Any = self.connection
        try:
            self.connection: Any = (
                self._another(dead) if self.pool else self.get_new_connection(self.get_connection_params())
            )
        except errors.OperationalError:
            # The dead one is not ours to close any more. Django lets go of it where the block ends.
            self.closed_in_transaction = self.needs_rollback = True
            raise
        dead.close()
        self._set_autocommit(True)
        self.init_connection_state()

    def _another(self, dead: Any) -> Any:
        """A connection of the pool in place of a dead one, whose neighbours died as well more often than not."""
        dead._pool.putconn(dead)
        self.pool.check()
        found = self.pool.getconn()
        budget.open_account(found)
        return found

    def _commit(self) -> None:
        """A transaction in which nothing was said has not begun, and needs no COMMIT. Others end as they began."""
        if self.connection is None or self.connection.pgconn.transaction_status == IDLE:
            return
        with debug_transaction(self, "COMMIT"), self.wrap_database_errors:
            result = self.connection.pgconn.exec_(b"COMMIT")
            if result.status != DONE:
                raise self.told(errors.error_from_result(result))

    def chunked_cursor(self) -> Any:
        """Outside a transaction a cursor of the server's would stay on the connection: there rows come all at once."""
        if self.get_autocommit():
            return self.cursor()
        made = super().chunked_cursor()
        # Django asks psycopg, which is always in autocommit, and would hold it beyond its transaction.
        made.cursor._withhold = False
        return made

    def _set_autocommit(self, autocommit: bool) -> None:
        """psycopg is told once and stays so: the BEGIN it would send of its own is ours, with the context."""
        if not self.connection.autocommit:
            super()._set_autocommit(True)

    def set_autocommit(self, autocommit: bool, force_begin_transaction_with_broken_autocommit: bool = False) -> None:
        """Also where a transaction ends: a connection that has seen its share of schemas goes with it."""
        super().set_autocommit(autocommit, force_begin_transaction_with_broken_autocommit)
        if autocommit and self.connection.schemas_spent:
            self.close()

    def _close(self) -> None:
        if self.connection is not None:
            budget.retire(self.connection)
        super()._close()

    def close(self) -> None:
        self._applied = None
        super().close()

    def told(self, error: Exception) -> Exception:
        """What libpq said. Where the server went away there is no code; psycopg makes a bare DatabaseError of it."""
        return ConnectionBroke(str(error)) if self.connection.pgconn.status == BROKEN else error
