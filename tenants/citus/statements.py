"""The rules over DDL as text, by sqlparse's tokens: literals and comments are not mistaken for names."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import sqlparse
from sqlparse import tokens

from tenants.citus.findings import Excuses, Finding, Rule

_TABLE = r'(?:IF NOT EXISTS )?"?(?P<table>\w+)"?'
_CREATE_TABLE = re.compile(rf"CREATE (?:UNLOGGED )?TABLE {_TABLE} \((?P<body>.*)\)", re.I | re.S)
_ADD_KEY = re.compile(rf"ALTER TABLE (?:ONLY )?{_TABLE} ADD (?:CONSTRAINT \S+ )?PRIMARY KEY", re.I)
_ADD_GENERATED = re.compile(r"ALTER TABLE .*\bADD GENERATED\b", re.I | re.S)
_INHERITS = re.compile(r"\bINHERITS?\b|\bPARTITION (?:BY|OF)\b", re.I)
_FOREIGN_TABLE = re.compile(r"\bCREATE FOREIGN TABLE\b", re.I)
_SETS = re.compile(r"^\s*(?:SET|RESET)\s+(?:LOCAL\s+|SESSION\s+)?(?:search_path|role|schema|session)\b", re.I)
_REFERENCES = re.compile(r'\bREFERENCES "?(?P<table>\w+)"?(?P<more>\s*\.)?', re.I)
_ELSEWHERE = re.compile(r'\b(?P<schema>public|jobs|extensions|information_schema|t_[0-9a-f]{16})"?\s*\.', re.I)
_COLUMN = re.compile(r'\s*"?(?P<column>\w+)"? (?P<type>\w+)(?P<rest>.*)', re.S)
_NARROW = {"smallint", "integer", "int", "int2", "int4", "serial", "smallserial", "serial4", "serial2"}
_KEYS = {"bigint", "int8", "bigserial", "uuid"}


def lint(statements: Sequence[str], *, excused: Excuses | None = None) -> list[Finding]:
    """What breaks a rule in a release's statements, in their order."""
    plain = [_without_literals(statement) for statement in statements]
    made = {match["table"] for match in map(_CREATE_TABLE.search, plain) if match}
    keyed = {match["table"] for match in map(_ADD_KEY.search, plain) if match}
    found: list[Finding] = []
    for statement, text in zip(statements, plain, strict=True):
        found += _shapes(text)
        found += _names(statement, made)
        found += _references(text, made)
        found += _keys(text, keyed, excused or {})
    return found


def lint_text(body: str) -> list[str]:
    """Schemas that a function's body or a literal names."""
    return sorted({found["schema"] for found in _ELSEWHERE.finditer(body)})


def _without_literals(statement: str) -> str:
    """The statement in one line, without comments and without what stands in quotes or in a function's body."""
    kept = ("''" if token.ttype in _TEXT else token.value for token in _tokens(statement))
    return re.sub(r"\s+", " ", "".join(kept)).strip()


_TEXT = {tokens.Literal, tokens.Literal.String.Single}


def _tokens(statement: str) -> list[Any]:
    """All of them but comments, white space included."""
    flat = (token for one in sqlparse.parse(statement) for token in one.flatten())  # type: ignore[no-untyped-call]
    return [token for token in flat if token.ttype not in tokens.Comment]


def _shapes(text: str) -> Iterator[Finding]:
    for rule, pattern in (
        (Rule.ADD_GENERATED, _ADD_GENERATED),
        (Rule.INHERITANCE, _INHERITS),
        (Rule.FOREIGN_TABLE, _FOREIGN_TABLE),
        (Rule.QUALIFIED, _SETS),
    ):
        if pattern.search(text):
            yield Finding(rule, _short(text), "stands in the template")


def _names(statement: str, made: set[str]) -> Iterator[Finding]:
    """`a.b` is a column where `a` is a table of the template; else it names a schema."""
    words = [token for token in _tokens(statement) if not token.is_whitespace]
    for before, dot, after in zip(words, words[1:], words[2:], strict=False):
        name = before.value.strip('"')
        if dot.value == "." and after.ttype is not tokens.Punctuation and name not in made:
            yield Finding(Rule.QUALIFIED, _short(statement), f"{name}.{after.value}")
    for word in words:
        if word.ttype in _TEXT:
            for other in lint_text(word.value):
                yield Finding(Rule.CROSS_SCHEMA, _short(statement), f"speaks of {other} in its text")


def _references(text: str, made: set[str]) -> Iterator[Finding]:
    for found in _REFERENCES.finditer(text):
        if found["more"] or found["table"] not in made:
            yield Finding(
                Rule.FOREIGN_KEY, _short(text), f"references {found['table']}, which the template does not make"
            )


def _keys(text: str, keyed: set[str], excused: Excuses) -> Iterator[Finding]:
    created = _CREATE_TABLE.search(text)
    if not created:
        return
    table = created["table"]
    if "PRIMARY KEY" not in created["body"].upper() and table not in keyed:
        yield Finding(Rule.PRIMARY_KEY, table, "has no primary key")
    for part in _split(created["body"]):
        column = _COLUMN.match(part)
        if not column:
            continue
        kind, rest = column["type"].lower(), column["rest"].upper()
        generated = ("GENERATED" in rest and "IDENTITY" in rest) or kind.endswith("serial")
        is_key = "PRIMARY KEY" in rest and (table, column["column"]) not in excused
        if (generated and kind in _NARROW) or (is_key and kind not in _KEYS):
            yield Finding(Rule.KEY_TYPE, f"{table}.{column['column']}", f"is {kind}")


def _split(body: str) -> list[str]:
    """By the commas that stand in no brackets."""
    parts, depth = [""], 0
    for letter in body:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


def _short(statement: str) -> str:
    text = " ".join(statement.split())
    return text if len(text) <= 90 else f"{text[:89]}…"
