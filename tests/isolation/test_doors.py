"""Every address of the product, tried by every role, at a workspace whose neighbour has a canary in every text.

`doors.toml` is the table of what each gets. An address that it does not list fails here: add it by running this file
with WRITE_DOORS=1, and read what was written.
"""

import os
from collections.abc import Iterator

import pytest

from tenants import context
from tenants.models import Tenant
from tests.isolation import canaries
from tests.isolation.doors import ROLES, SITES, TABLE, Door, expected, path_of, routes, try_door, written
from tests.isolation.keys import keys_at
from tests.support.cast import Client
from tests.support.copies import connected_to
from workspace.access.models import Role
from workspace.accounts.models import User

HERE, THERE = "yan", "jia"
# Pages behind a sign-in that say something of the workspace: enough of them must show its own canary.
AT_LEAST = 60


@pytest.fixture(scope="module")
def doors(copy: str) -> Iterator[list[Door]]:
    """All of them, tried once."""
    with connected_to(copy):
        canaries.release(list(Tenant.objects.order_by("slug")))
        with context.control():
            User.objects.create_user("operator", "x", name="运营")
        keys = keys_at(HERE)
        cookies = {role: _cookies(role) for role in ROLES["workspace"]}
        found = []
        for site in SITES:
            for route in routes(site):
                door = Door(site, route, path_of(route, keys))
                try_door(door, cookies, {"workspace": HERE, "console": "console", "public": ""}[site])
                found.append(door)
        yield found


def _cookies(role: str) -> dict[str, str]:
    """Of a session of their own."""
    if role == "nobody":
        return {}
    client = Client("console" if role == "operator" else HERE)
    place = context.control() if role == "operator" else context.inside(Tenant.objects.get(slug=HERE))
    with place:
        who = {"grants__role": Role.ADMIN} if role == "administrator" else {"username": role}
        client.force_login(User.objects.get(**who))
    return {name: cookie.value for name, cookie in client.cookies.items()}


def test_every_role_gets_what_the_table_says(doors: list[Door]) -> None:
    if os.environ.get("WRITE_DOORS"):
        TABLE.write_text(written(doors))
    said = expected()
    wrong = [
        f"{door.site}: {door.route!r} gives {'  '.join(door.cells)}, the table says {said[door.site].get(door.route)}"
        for door in doors
        if said[door.site].get(door.route) != door.cells
    ]
    assert wrong == []


def test_the_table_lists_no_address_that_is_gone(doors: list[Door]) -> None:
    there = {(door.site, door.route) for door in doors}
    assert {(site, route) for site, rows in expected().items() for route in rows} - there == set()


def test_nothing_of_the_neighbour_is_behind_any_door(doors: list[Door]) -> None:
    found = [
        (door.path, role, method)
        for door in doors
        for role, tried in door.answers.items()
        for method, answer in tried.items()
        if THERE in answer.birds
    ]
    assert found == []


def test_the_workspaces_own_canary_is_behind_many(doors: list[Door]) -> None:
    """Or the test above could find nothing for the wrong reason."""
    own = [door.route for door in doors if HERE in door.answers["administrator"]["get"].birds]
    assert len(own) >= AT_LEAST, own


def test_no_door_breaks(doors: list[Door]) -> None:
    broken = [
        (door.path, role, method)
        for door in doors
        for role, tried in door.answers.items()
        for method, answer in tried.items()
        if answer.status.startswith("5")
    ]
    assert broken == []


def test_nothing_of_a_workspace_or_an_operator_is_shown_to_nobody(doors: list[Door]) -> None:
    found = [
        (door.site, door.path, method)
        for door in doors
        for method, answer in door.answers["nobody"].items()
        if HERE in answer.birds
    ]
    assert found == []


def test_no_operator_sees_a_canary_at_the_console(doors: list[Door]) -> None:
    found = [(door.path, m) for door in doors if door.site != "workspace" for m, a in _all(door) if a.birds]
    assert found == []


def test_what_is_signed_in_for_is_never_stored(doors: list[Door]) -> None:
    kept = [
        (door.path, role)
        for door in doors
        for role in ("member", "secretary", "administrator")
        if door.site == "workspace"
        for answer in [door.answers[role]["get"]]
        if answer.status == "200" and "no-store" not in answer.response.headers.get("Cache-Control", "")
    ]
    assert kept == []


def _all(door: Door):
    for tried in door.answers.values():
        yield from tried.items()
