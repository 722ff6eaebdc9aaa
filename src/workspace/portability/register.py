"""The register of tables and columns (`register.toml`): what they are called, and which hold what about whom."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources


class Care(StrEnum):
    """What a column holds, from nothing about anybody to what opens a door."""

    PLAIN = "plain"
    PERSONAL = "personal"
    WORDS = "words"
    SECRET = "secret"  # noqa: S105 - a word, not one of them
    UPLOAD = "upload"


@dataclass(frozen=True, slots=True)
class Column:
    """A column's name for people, and the care it needs."""

    label: str
    care: Care


@dataclass(frozen=True, slots=True)
class Entry:
    """A table's name for people, its columns, and why it stays out of archives (empty: it goes in)."""

    label: str
    columns: Mapping[str, Column]
    left_out: str = ""

    def column(self, name: str) -> Column:
        """A column that nobody has entered yet is called by its own name and kept from the tables for people."""
        return self.columns.get(name) or Column(name, Care.SECRET)


class Register:
    """Read once for each export or restore; a table that nobody has entered goes in whole."""

    def __init__(self) -> None:
        text = resources.files("workspace.portability").joinpath("register.toml").read_text(encoding="utf-8")
        self.entries = {table: _entry(said) for table, said in tomllib.loads(text).items()}

    def entry(self, table: str) -> Entry:
        return self.entries.get(table) or Entry(table, {})

    def left_out(self) -> dict[str, str]:
        """Table → reason."""
        return {table: entry.left_out for table, entry in self.entries.items() if entry.left_out}


def _entry(said: dict[str, object]) -> Entry:
    columns: dict[str, Column] = {}
    for care in Care:
        named = said.get(care.value, {})
        assert isinstance(named, dict)  # noqa: S101 - tests/portability/test_register.py reads the whole file
        columns |= {name: Column(label, care) for name, label in named.items()}
    return Entry(label=str(said["label"]), columns=columns, left_out=str(said.get("left_out", "")))
