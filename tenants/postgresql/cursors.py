"""Cursors that follow the context: one that was opened in a workspace does not go on reading it from another.

They also note what a schema lacks: a workspace that this release has not reached yet is told from one that is broken.
"""

from typing import Any

from django.db.backends.postgresql.base import CursorDebugWrapper
from django.db.backends.utils import CursorWrapper
from django.db.utils import InterfaceError, ProgrammingError
from psycopg import errors

from tenants import context


class _Following:
    """Before each statement the connection is brought to the context in force; without a change that costs nothing."""

    db: Any
    cursor: Any

    def _execute(self, *args: Any) -> Any:
        self._follow()
        try:
            return super()._execute(*args)  # type: ignore[misc]  # of Django's wrapper, beside this class
        except ProgrammingError as error:
            if isinstance(error.__cause__, errors.UndefinedTable | errors.UndefinedColumn):
                context.lacked.set(True)
            raise

    def _executemany(self, *args: Any) -> Any:
        self._follow()
        return super()._executemany(*args)  # type: ignore[misc]

    def _follow(self) -> None:
        if self.cursor.connection is not self.db.connection:
            # Given back, to a pool perhaps: whoever has it now would be read.
            raise InterfaceError("the connection of this cursor is not in use any more")
        self.db.follow()


class Cursor(_Following, CursorWrapper):
    """Django's, following."""


class DebugCursor(_Following, CursorDebugWrapper):
    """Django's that keeps what it ran, following."""
