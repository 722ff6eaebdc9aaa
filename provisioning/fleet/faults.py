"""What a failed turn says, without a value of any row: it is shown on the console, where no content may stand."""

import traceback
from pathlib import Path

import psycopg
from django.db import DatabaseError

from shared.refusals import Refusal

# Classes of SQLSTATE whose messages name objects and settings only. Others (a value out of range, a duplicate key,
# a trigger's own words) may quote what people typed.
_SPEAKS_OF_OBJECTS = {"08", "0A", "25", "2B", "40", "42", "53", "54", "55", "57", "58"}
_NO_SUCH_ROLE = "22023"  # a setting that cannot be; here the role of a workspace that has none
# Somebody holds a lock, a statement took too long, two waited for each other: another time it may go well.
_PASSING = {"55P03", "57014", "40P01", "40001"}
_LOST = {"57P01", "57P02", "57P03", "08000", "08003", "08006"}


def is_passing(error: BaseException) -> bool:
    """Whether it is worth another try by itself."""
    return state(error) in _PASSING


def is_lost(error: BaseException) -> bool:
    """Whether the connection went away, and with it everything this turn did.

    Judged by the error alone: leaving the transaction may have connected anew before anybody asks.
    """
    cause = error if isinstance(error, psycopg.Error) else error.__cause__
    if not isinstance(cause, psycopg.Error):
        return False
    if cause.sqlstate is None:
        # Said by the client, not by the server; a plain DatabaseError is what libpq's own sending ends with.
        return (
            isinstance(cause, psycopg.OperationalError | psycopg.InterfaceError) or type(cause) is psycopg.DatabaseError
        )
    return cause.sqlstate in _LOST


def describe(error: BaseException) -> str:
    """One line: what kind of error, on which object, in which line of a migration."""
    if isinstance(error, Refusal):
        return str(error)
    cause = error.__cause__ if isinstance(error, DatabaseError) else error
    if isinstance(cause, psycopg.Error):
        return _of_database(cause)
    return f"{type(error).__name__}{_place(error)}"


def _of_database(error: psycopg.Error) -> str:
    said = f"{type(error).__name__} ({error.sqlstate or '—'})"
    code = error.sqlstate or ""
    if error.diag.message_primary and (code[:2] in _SPEAKS_OF_OBJECTS or code == _NO_SUCH_ROLE):
        said += f": {error.diag.message_primary}"
    named = (error.diag.table_name, error.diag.column_name, error.diag.constraint_name)
    objects = ", ".join(name for name in named if name)
    return f"{said} [{objects}]" if objects else said


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    of_migrations = [frame for frame in frames if "migrations" in Path(frame.filename).parts[:-1]]
    # Django's own machinery lies in a folder of that name too; the migration's file is the last of ours.
    ours = [frame for frame in of_migrations if "django" not in Path(frame.filename).parts]
    if not ours:
        return ""
    return f" in {Path(ours[-1].filename).parent.parent.name}/{Path(ours[-1].filename).name}, line {ours[-1].lineno}"


def state(error: BaseException) -> str:
    """The server's SQLSTATE; empty where it said nothing."""
    cause = error if isinstance(error, psycopg.Error) else error.__cause__
    return (cause.sqlstate or "") if isinstance(cause, psycopg.Error) else ""
