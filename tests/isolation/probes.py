"""Hostile values in every parameter that a page or a list of the programs' interface reads."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import connection, transaction

from tenants import context
from tests.isolation.doors import PARAMETER, path_of
from tests.isolation.searching import seen_in
from tests.isolation.watching import watched
from tests.support.cast import Client

# No word of ours: it may stand in what a statement is given, never in the statement.
MARK = "kuangtu"
# Keys that only the neighbour has, and that nobody has.
THEIRS, NOBODYS = "770001", "770002"
# Every value a person could type or a program send: quotes, patterns, escapes, lengths, numbers at and beyond the ends
# of what a column holds, digits that are none, days that never were, the first and the last day there is.
VALUES = (
    f"{MARK}' OR '1'='1\"; SELECT pg_sleep(9); -- %_\\",
    f"{MARK}\x00",
    MARK * 1430,
    f"-{MARK}__password",
    f"//{MARK}.example/",
    "-1",
    "0",
    "2147483648",
    "99999999999999999999999999",
    "²",
    "１２ \u202eＵＮＩＯＮ ѕеlесt",  # full width, right to left, Cyrillic
    "NaN",
    "9999-99-99",
    "0000-00-00",
    "9999-12-31",
    "0001-01-01",
    "9999-12",
    "0001-01",
    "0001",
    "9999",
    "2026-Q9",
    THEIRS,
    NOBODYS,
)
# Sent beside those that a page was seen to read.
USUAL = (
    *(
        "q",
        "search",
        "page",
        "size",
        "sort",
        "order",
        "ordering",
        "unit",
        "on",
        "from",
        "to",
        "format",
        "form",
        "cursor",
    ),
    *("next", "limit", "offset", "id", "fields"),
)
# Read by the frame of every page, and by every view of the programs' interface.
EVERYWHERE = {"screen", "format"}
# How many values go to a page in turn: so many with all parameters at once, each holding another, and so many alone.
# Over all pages every value comes to its turn; with PROBES=all every value goes everywhere.
ALL = os.environ.get("PROBES") == "all"
TOGETHER, ALONE = (len(VALUES), len(VALUES)) if ALL else (5, 1)


@dataclass(frozen=True)
class Try:
    """One request and what came of it."""

    path: str
    query: dict[str, Any]
    status: int
    birds: set[str]
    strays: list[str]  # statements outside of the place that the host names, or with the value in their text
    failure: str
    leads: str

    def __str__(self) -> str:
        shown = {name: str(value)[:40] for name, value in self.query.items()}
        return f"{self.path} {shown} {self.status} {self.failure}{self.strays or ''}"


class Prober:
    """Asks the doors of one host; `schemas` are those that their statements may name."""

    def __init__(self, client: Client, schemas: set[str]) -> None:
        self.client, self.schemas = client, schemas
        client.raise_request_exception = False

    def reads(self, path: str) -> list[str]:
        """The parameters that a page reads, those included that it reads only when others are given."""
        with watched() as asked:
            self.ask(path, {})
            self.ask(path, dict.fromkeys(asked, "1"))
            return sorted(asked - EVERYWHERE)

    def ask(self, path: str, query: dict[str, Any]) -> Try:
        strays: list[str] = []

        def overheard(execute: Any, sql: str, params: Any, many: bool, about: Any) -> Any:
            place = context.current.get()
            if (place and place.schema not in self.schemas) or MARK in str(sql).casefold():
                strays.append(str(sql)[:200])
            return execute(sql, params, many, about)

        with transaction.atomic(), connection.execute_wrapper(overheard):
            answer = self.client.get(path, query)
            seen = seen_in(answer)
            transaction.set_rollback(True)
        failure = "" if answer.exc_info is None else repr(answer.exc_info[1])
        return Try(path, query, answer.status_code, seen, strays, failure, answer.headers.get("Location", ""))

    def probe(self, path: str, turn: int) -> Iterator[Try]:
        """Every value in every parameter that the page reads."""
        names = self.reads(path)
        if not names:
            return
        for step in range(TOGETHER):
            # Neighbours in the list are of one kind, so steps are wide: 7 and the length have no common divisor.
            values = [VALUES[(turn + 7 * step + at) % len(VALUES)] for at in range(len(names) + len(USUAL))]
            yield self.ask(path, dict(zip([*names, *USUAL], values, strict=True)))
        for at, name in enumerate(names):
            for step in range(ALONE):
                yield self.ask(path, {name: VALUES[(turn + at * ALONE + step) % len(VALUES)]})
            yield self.ask(path, {name: ["1", "2"]})


def wrong_paths(route: str, keys: Any) -> Iterator[str]:
    """The route with each of its parameters replaced by what no row is called."""
    for found in PARAMETER.finditer(route):
        is_number = found.group(0).startswith("<int:")
        for value in ("9223372036854775808", THEIRS) if is_number else (f"{MARK}'%22", "%00", "²"):
            yield path_of(route, partial(_but, keys, found.group(1), value))


def _but(keys: Any, chosen: str, value: str, route: str, parameter: str) -> object:
    return value if parameter == chosen else keys(route, parameter)
