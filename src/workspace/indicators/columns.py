"""Columns of the database by name: how a dashboard declares what its formulas read."""

from collections.abc import Mapping


def columns(tables: Mapping[str, str]) -> frozenset[str]:
    """`table.column` for every column named: {"members_member": "sex birth_date"}."""
    return frozenset(f"{table}.{column}" for table, names in tables.items() for column in names.split())
