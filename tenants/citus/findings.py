"""The rules, and what breaks them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

# (table, column) → why a key of another type does no harm there.
Excuses = Mapping[tuple[str, str], str]


class Rule(StrEnum):
    """Each with the reason in one line."""

    FOREIGN_KEY = "foreign-key"
    PRIMARY_KEY = "primary-key"
    KEY_TYPE = "key-type"
    ADD_GENERATED = "add-generated"
    INHERITANCE = "inheritance"
    FOREIGN_TABLE = "foreign-table"
    QUALIFIED = "qualified"
    CROSS_SCHEMA = "cross-schema"

    @property
    def reason(self) -> str:
        return _REASONS[self]


_REASONS = {
    Rule.FOREIGN_KEY: "a schema on another node cannot be checked against a table that stayed behind",
    Rule.PRIMARY_KEY: "moving a schema uses logical replication, which needs a key on every table",
    Rule.KEY_TYPE: "sequences of a distributed table must be bigint, and keys bigint or uuid",
    Rule.ADD_GENERATED: "Citus refuses ALTER TABLE … ADD GENERATED; identity columns stand in CREATE TABLE",
    Rule.INHERITANCE: "Citus distributes no table that inherits",
    Rule.FOREIGN_TABLE: "Citus distributes no foreign table",
    Rule.QUALIFIED: "statements are replayed in any schema, so they name none and set no path or role",
    Rule.CROSS_SCHEMA: "what a workspace reads must lie on the workspace's node",
}


@dataclass(frozen=True)
class Finding:
    """`where` names the table, column or statement; `what` says what stands there."""

    rule: Rule
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.where}: {self.what} ({self.rule.reason})"
