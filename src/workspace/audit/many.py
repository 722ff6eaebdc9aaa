"""Thousands of lines in one statement with one value: the ORM would send a value for each field of each."""

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection

_AT_ONCE = 10_000
_INSERT = """
INSERT INTO audit_entry (verb, kind, thing, label, by_id, by_name, at, details, role, result, unit, address, request)
SELECT %(verb)s, line.kind, line.thing, line.label, %(by_id)s, %(by_name)s, %(at)s, line.details, %(role)s, %(result)s,
       line.unit, %(address)s, %(request)s
FROM json_to_recordset(%(lines)s::json) AS line(kind text, thing text, label text, unit bigint, details jsonb)
"""


def add_many(lines: Sequence[dict[str, Any]], *, common: dict[str, Any]) -> None:
    """`lines` say kind, thing, label, unit and details; `common` holds all other columns."""
    with connection.cursor() as cursor:
        for start in range(0, len(lines), _AT_ONCE):
            cursor.execute(_INSERT, {**common, "lines": json.dumps(lines[start : start + _AT_ONCE])})
