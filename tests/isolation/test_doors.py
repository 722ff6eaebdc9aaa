"""Every address of the product, tried by every role, at a workspace whose neighbour has a canary in every text.

`doors.toml` is the table of what each gets. An address that it does not list fails here: add it by running this file
with WRITE_DOORS=1, and read what was written.
"""

import os
from collections.abc import Iterator

import pytest

from tenants import context
from tenants.models import Tenant
from tests.isolation import access_table, canaries, standings
from tests.isolation.doors import ROLES, SITES, TABLE, Door, expected, path_of, routes, try_door, written
from tests.isolation.keys import keys_at
from tests.isolation.searching import seen_in
from tests.isolation.standings import Standing
from tests.support.cast import Client
from tests.support.copies import connected_to
from workspace.access.models import Role
from workspace.accounts.models import User

HERE, THERE = "yan", "jia"
ONLY = tuple(os.environ.get("DOORS", "").split(","))  # addresses that begin so; all of them as a rule
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
            for route in [one for one in routes(site) if one.startswith(ONLY)]:
                door = Door(site, route, path_of(route, keys))
                try_door(door, cookies, {"workspace": HERE, "console": "console", "public": ""}[site])
                found.append(door)
        yield found


@pytest.fixture(scope="module")
def more(copy: str, doors: list[Door]) -> Iterator[list[Standing]]:
    """The same doors, tried by more people and when things stand differently. After `doors`: it adds people."""
    with connected_to(copy):
        yield standings.tried(doors, here=HERE, there=THERE)


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


def test_more_people_get_what_their_table_says(more: list[Standing]) -> None:
    if os.environ.get("WRITE_DOORS"):
        standings.TABLE.write_text(standings.written(more))
    said = standings.expected()
    wrong = [
        f"{one.route!r}: {column} gets {cell}, the table says {said.get(one.route, {}).get(column)}"
        for one in more
        for column, cell in one.cells.items()
        if said.get(one.route, {}).get(column) != cell
    ]
    assert wrong == []


def test_the_page_to_read_is_made_of_the_tables() -> None:
    if os.environ.get("WRITE_DOORS"):
        access_table.PAGE.write_text(access_table.page(), encoding="utf-8")
    assert access_table.PAGE.read_text(encoding="utf-8") == access_table.page(), "run with WRITE_DOORS=1"


def test_no_door_breaks_for_anybody(more: list[Standing]) -> None:
    assert [(one.route, c, cell) for one in more for c, cell in one.cells.items() if _broke(cell)] == []


def test_the_administrator_of_another_workspace_is_nobody_here(more: list[Standing], doors: list[Door]) -> None:
    nobody = {door.route: door.answers["nobody"]["get"].status for door in doors if door.site == "workspace"}
    assert {one.route: one.cells["foreign"] for one in more} == nobody
    assert [one.route for one in more if HERE in seen_in(one.bodies["foreign"])] == []


def test_who_left_or_only_looks_after_security_or_audit_sees_no_canary_of_party_work(more: list[Standing]) -> None:
    """Those pages that everybody who can sign in has are all that is left."""
    own = {one.route for one in more if one.cells["gone"] == "200"}
    party_work = ("members/", "dues/", "activities/", "learning/", "archives/", "organization/")
    seen = {
        (one.route, column)
        for one in more
        for column in ("auditor", "security")
        if one.route.startswith(party_work) and one.cells[column].startswith("200") and one.route not in own
    }
    assert seen == set()


def test_the_tables_list_every_address_and_none_that_is_gone() -> None:
    assert {site: set(rows) for site, rows in expected().items()} == {site: set(routes(site)) for site in SITES}
    assert set(standings.expected()) == set(routes("workspace"))


def test_nothing_of_the_neighbour_is_behind_any_door(doors: list[Door]) -> None:
    found = [
        (door.path, role, method)
        for door in doors
        for role, tried in door.answers.items()
        for method, answer in tried.items()
        if THERE in answer.birds
    ]
    assert found == []


@pytest.mark.skipif(any(ONLY), reason="only some are tried")
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


def _broke(cell: str) -> bool:
    return any(answer.startswith("5") for answer in cell.split("/"))


def _all(door: Door):
    for tried in door.answers.values():
        yield from tried.items()
