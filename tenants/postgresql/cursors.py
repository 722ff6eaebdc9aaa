"""Cursors that follow the context: one that was opened in a workspace does not go on reading it from another.

They also note what a schema lacks: a workspace that this release has not reached yet is told from one that is broken.
"""

from typing import Any

from django.db.backends.postgresql.base import Cursor as PsycopgCursor
from django.db.backends.postgresql.base import CursorDebugWrapper
from django.db.backends.utils import CursorWrapper
from django.db.utils import InterfaceError, ProgrammingError
from psycopg import errors
from psycopg.adapt import Transformer

from tenants import context


def execute_behind(opening: bytes, cursor: Any, sql: Any, params: Any) -> bool:
    """Execute with other statements in front, in one round trip; what those return is not seen.

    Past psycopg's own waiting, which handles every result of a message in Python and takes 30 µs longer; libpq keeps
    the last one only. So several statements in one text are not sent: False. Nor does it hear an interrupt before the
    answer is there. Raises psycopg's errors.
    """
    if cursor.closed:
        return False
    cursor._reset()
    cursor._tx = Transformer(cursor)
    made = cursor._convert_query(sql, params)
    if b";" in made.query:
        return False
    cursor._query = made  # where Django reads what was executed
    results = [cursor._pgconn.exec_(opening + made.query)]
    cursor._check_results(results)
    cursor._set_results(results)
    return True


class _Following:
    """Before each statement the connection is brought to the context in force; without a change that costs nothing.

    The first statement of a transaction takes BEGIN and the context along.
    """

    db: Any
    cursor: Any

    # What psycopg's cursor sends of its own, past `execute`. Written out: a `__getattr__` would run at every fetch.
    def copy(self, *args: Any, **named: Any) -> Any:
        self._follow()
        return self.cursor.copy(*args, **named)

    def stream(self, *args: Any, **named: Any) -> Any:
        self._follow()
        return self.cursor.stream(*args, **named)

    def callproc(self, *args: Any) -> Any:
        self._follow()
        return super().callproc(*args)  # type: ignore[misc]  # of Django's wrapper, beside this class

    def _execute(self, sql: Any, params: Any, *more: Any) -> Any:
        try:
            if self._follow(sql, params):
                return self.cursor
            return super()._execute(sql, params, *more)  # type: ignore[misc]
        except ProgrammingError as error:
            if isinstance(error.__cause__, errors.UndefinedTable | errors.UndefinedColumn):
                context.lacked.set(True)
            raise

    def _executemany(self, *args: Any) -> Any:
        self._follow()
        return super()._executemany(*args)  # type: ignore[misc]

    def _follow(self, sql: Any = None, params: Any = None) -> bool:
        """Whether the statement was sent on the way, with the opening of its transaction."""
        db, cursor = self.db, self.cursor
        if cursor.connection is not db.connection:
            # Given back, to a pool perhaps: whoever has it now would be read.
            raise InterfaceError("the connection of this cursor is not in use any more")
        if db.is_followed():
            return False
        if type(cursor) is PsycopgCursor and sql is not None and db.is_to_open():
            db.validate_no_broken_transaction()
            if db.open_with(cursor, sql, params):
                return True
            db.open()
        else:
            db.follow()
        if cursor.connection is not db.connection:  # it broke, and another has taken its place
            self.cursor = db.create_cursor()
        return False


class Cursor(_Following, CursorWrapper):
    """Django's, following."""


class DebugCursor(_Following, CursorDebugWrapper):
    """Django's that keeps what it ran, following."""

    def copy(self, statement: Any, *args: Any, **named: Any) -> Any:
        with self.debug_sql(statement):
            return super().copy(statement, *args, **named)
