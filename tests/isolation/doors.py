"""Every address of the product, as a door that each role tries; `doors.toml` says what must come of it."""

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from django.db import transaction
from django.urls import URLPattern, URLResolver

from tests.isolation.searching import seen_in
from tests.support.cast import Client

TABLE = Path(__file__).with_name("doors.toml")
SITES = ("workspace", "console", "public")
# Who tries the doors of each site. On a site that is not theirs somebody shows the cookie of their own.
ROLES = {
    "workspace": ("nobody", "member", "secretary", "administrator", "operator"),
    "console": ("nobody", "administrator", "operator"),
    "public": ("nobody", "administrator", "operator"),
}
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Answer:
    """What came of one try."""

    status: str  # a number, or `in` for the way to the sign-in
    birds: set[str]  # workspaces whose canaries were in it
    response: Any


@dataclass
class Door:
    """One route of one site, and what came of each role's tries, by method."""

    site: str
    route: str
    path: str
    answers: dict[str, dict[str, Answer]] = field(default_factory=dict)

    @property
    def methods(self) -> tuple[str, ...]:
        return ("get", "post", "patch", "delete") if self.route.startswith("api/v1/") else ("get", "post")

    @property
    def cells(self) -> list[str]:
        """As the table writes it: GET/POST for each role, of the programs' interface also PATCH and DELETE."""
        return ["/".join(self.answers[role][m].status for m in self.methods) for role in ROLES[self.site]]


def routes(site: str) -> list[str]:
    """Every route of a site, sorted."""
    return sorted(set(_walk(import_module(f"config.urls_{site}").urlpatterns)))


def _walk(patterns: list[Any], prefix: str = "") -> Iterator[str]:
    for entry in patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry.url_patterns, route)
        elif isinstance(entry, URLPattern):
            yield route


def path_of(route: str, keys: Callable[[str, str], object]) -> str:
    """A concrete path; `keys(route, parameter)` says what stands for a parameter."""
    return "/" + PARAMETER.sub(lambda found: str(keys(route, found.group(1))), route)


def try_door(door: Door, cookies: dict[str, Any], host: str) -> None:
    """Every role tries every method; what it does is undone."""
    for role in ROLES[door.site]:
        tried = door.answers[role] = {}
        for method in door.methods:
            response = knock(door, method, cookies.get(role, {}), host)
            tried[method] = Answer(word(response), seen_in(response), response)


def knock(door: Door, method: str, cookies: dict[str, str], host: str) -> Any:
    """The answer to one request; what it did is undone."""
    client = Client(host, raise_request_exception=False)
    client.cookies.load(cookies)
    kind = {"content_type": "application/json"} if door.route.startswith("api/") and method != "get" else {}
    with transaction.atomic():
        response = getattr(client, method)(door.path, **kind)
        transaction.set_rollback(True)
    return response


def word(response: Any) -> str:
    """The status; `in` for the way to the sign-in."""
    leads = response.headers.get("Location", "")
    return "in" if response.status_code in {301, 302} and leads.startswith("/sign-in/") else str(response.status_code)


def expected() -> dict[str, dict[str, list[str]]]:
    """The table: site → route → one cell a role."""
    read = tomllib.loads(TABLE.read_text())
    return {site: {route: cells.split() for route, cells in read[site].items()} for site in SITES}


def written(doors: list[Door]) -> str:
    """The table as `doors.toml` holds it: what it says already, with what came of these doors."""
    lines = [
        "# Who gets what behind every address: GET/POST; programs GET/POST/PATCH/DELETE. `in` leads to the sign-in.",
        "# The posts are empty: 4xx says that the form was reached and refused, 302 that it did what it could.",
        "# Written by `WRITE_DOORS=1 pytest tests/isolation/test_doors.py`; read each changed line before you keep it.",
        "# With `DOORS=voice/,api/v1/topics` too, only addresses that begin so are tried and written.",
    ]
    said = expected()
    for site in SITES:
        there = said[site] | {door.route: door.cells for door in doors if door.site == site}
        rows = {route: there[route] for route in routes(site) if route in there}
        widths = [max(len(cell) for cell in column) for column in zip(*rows.values(), strict=True)]
        name = max(len(route) for route in rows) + 2
        head = "  ".join(role.ljust(max(w, len(role))) for role, w in zip(ROLES[site], widths, strict=True))
        lines += ["", f"[{site}]", f"# {'':<{name}}   {head}".rstrip()]
        for route, row in rows.items():
            cells = "  ".join(
                c.ljust(max(w, len(r))) for c, w, r in zip(row, widths, ROLES[site], strict=True)
            ).rstrip()
            lines.append(f'{chr(34) + route + chr(34):<{name}} = "{cells}"')
    return "\n".join(lines) + "\n"
