"""Which columns the database was really asked for."""

import re
from collections import defaultdict
from collections.abc import Callable

from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

_TABLE = re.compile(r'(?:FROM|JOIN) "(\w+)"(?: "?([A-Z]\w*)"?(?= |\)|$))?')
_COLUMN = re.compile(r'"?(\w+)"?\."(\w+)"')
_WORDS = {"ON", "WHERE", "INNER", "LEFT", "GROUP", "ORDER", "LIMIT"}


def read_by(build: Callable[[], object]) -> tuple[set[str], list[str]]:
    """`table.column` of every column named in the statements that `build` runs, and the statements."""
    with CaptureQueriesContext(connection) as asked:
        build()
    statements = [query["sql"] for query in asked if query["sql"].startswith("SELECT")]
    found: set[str] = set()
    for statement in statements:
        found |= _columns(statement)
    return found, statements


def _columns(statement: str) -> set[str]:
    known = {model._meta.db_table: {f.column for f in model._meta.concrete_fields} for model in apps.get_models()}
    named: dict[str, set[str]] = defaultdict(set)
    for table, alias in _TABLE.findall(statement):
        named[alias if alias and alias not in _WORDS else table].add(table)
    return {
        f"{table}.{column}"
        for name, column in _COLUMN.findall(statement)
        for table in named.get(name, ())
        if column in known.get(table, ())
    }
