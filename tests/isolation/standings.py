"""More people before the doors of a workspace, and the same people when things stand differently.

`doors.toml` has the roles that a workspace begins with; `standings.toml` beside it these. Only what can write is
posted to: where an administrator's post is 405, so is everybody's.
"""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from shared.clock import today
from tenants import context, hosts, lifecycle
from tenants.models import Tenant
from tests.isolation.doors import Door, knock, routes, word
from tests.support.cast import Client
from workspace.access.models import Grant, Role
from workspace.accounts.models import User
from workspace.organization.models import Unit

TABLE = Path(__file__).with_name("standings.toml")
FIRST, SECOND = "第一党支部", "第二党支部"
# Column → who tries; those of the cast stand in doors.toml when nothing is different.
NEWCOMERS = {
    "committee": (Role.COMMITTEE, FIRST),
    "organizer": (Role.ORGANIZER, FIRST),
    "neighbour": (Role.SECRETARY, SECOND),  # secretary of another branch
    "auditor": (Role.AUDITOR, ""),
    "security": (Role.SECURITY, ""),
    "gone": None,  # left the unit: signed in, without a role
}
COLUMNS = (*NEWCOMERS, "foreign", "closed", "resting")
ONLY_LOOKING = frozenset({"gone", "foreign"})


@dataclass
class Standing:
    """One route, and what came of each column's tries."""

    route: str
    cells: dict[str, str] = field(default_factory=dict)
    bodies: dict[str, Any] = field(default_factory=dict)  # of the foreigner alone: they must show nothing


def tried(doors: list[Door], *, here: str, there: str) -> list[Standing]:
    """Every door of the workspace `here`, tried by each column; `there` is the foreigner's own workspace."""
    found = {door.route: Standing(door.route) for door in doors if door.site == "workspace"}
    cookies = _newcomers(here) | {"foreign": _cookies(there, {"grants__role": Role.ADMIN})}
    cookies |= {"closed": _cookies(here, {"username": "secretary"})}
    cookies |= {"resting": _cookies(here, {"grants__role": Role.ADMIN})}
    for column in COLUMNS:
        with _state(column, here):
            for door in doors:
                if door.site == "workspace":
                    _try(door, found[door.route], column, cookies[column], here)
    return list(found.values())


def _try(door: Door, standing: Standing, column: str, cookies: dict[str, str], here: str) -> None:
    methods = ["get"]
    if column not in ONLY_LOOKING and door.answers["administrator"]["post"].status != "405":
        methods.append("post")
    answers = [knock(door, method, cookies, here) for method in methods]
    standing.cells[column] = "/".join(word(answer) for answer in answers)
    if column == "foreign":
        standing.bodies[column] = answers[0]


def _newcomers(here: str) -> dict[str, dict[str, str]]:
    with context.inside(Tenant.objects.get(slug=here)):
        for username, held in NEWCOMERS.items():
            user = User.objects.create_user(username, "x", name="来者")
            if held:
                role, name = held
                unit = Unit.objects.get(name__endswith=name) if name else Unit.objects.get(depth=1)
                Grant.objects.create(user=user, role=role, unit=unit)
    return {username: _cookies(here, {"username": username}) for username in NEWCOMERS}


def _cookies(at: str, who: dict[str, str]) -> dict[str, str]:
    client = Client(at)
    with context.inside(Tenant.objects.get(slug=at)):
        client.force_login(User.objects.filter(**who).order_by("pk")[0])
    return {name: cookie.value for name, cookie in client.cookies.items()}


@contextmanager
def _state(column: str, here: str) -> Iterator[None]:
    """`closed`: the branch is; `resting`: the workspace is read-only. As it was afterwards."""
    tenant = Tenant.objects.get(slug=here)
    if column == "closed":
        _close(tenant, today())
        yield
        _close(tenant, None)
    elif column == "resting":
        lifecycle.move(tenant, to="read_only", by="tests", reason="x")
        hosts.forget()
        yield
        lifecycle.move(Tenant.objects.get(slug=here), to="active", by="tests", reason="x")
        hosts.forget()
    else:
        yield


def _close(tenant: Tenant, day: date | None) -> None:
    with context.inside(tenant):
        Unit.objects.filter(name__endswith=FIRST).update(closed_on=day)


def expected() -> dict[str, dict[str, str]]:
    """Route → column → cell."""
    rows = tomllib.loads(TABLE.read_text())["workspace"] if TABLE.exists() else {}
    return {route: dict(zip(COLUMNS, cells.split(), strict=True)) for route, cells in rows.items()}


def written(standings: list[Standing]) -> str:
    """The table as `standings.toml` holds it: what it says already, with what came of these."""
    there = expected() | {one.route: one.cells for one in standings}
    rows = {route: there[route] for route in routes("workspace") if route in there}
    widths = {column: max(len(column), *(len(cells[column]) for cells in rows.values())) for column in COLUMNS}
    name = max(len(route) for route in rows) + 2
    lines = [
        "# What more people get behind the same addresses as in doors.toml, GET/POST, or GET where nothing is posted:",
        "# a committee member and the organisation commissioner of the branch, the secretary of another one, the audit",
        "# and the security administrator, somebody without a role any more, another workspace's administrator; then",
        "# the branch's secretary when the branch is closed, and the administrator when the workspace is read-only.",
        "# Written together with doors.toml.",
        "",
        "[workspace]",
        f"# {'':<{name}}   {'  '.join(column.ljust(widths[column]) for column in COLUMNS)}".rstrip(),
    ]
    for route, row in rows.items():
        cells = "  ".join(row[column].ljust(widths[column]) for column in COLUMNS).rstrip()
        lines.append(f'{chr(34) + route + chr(34):<{name}} = "{cells}"')
    return "\n".join(lines) + "\n"
