"""Every parameter of every address is sent what an attacker would send, and nothing breaks or comes across."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tenants import context
from tenants.models import Tenant
from tests.isolation import canaries
from tests.isolation.doors import path_of, routes
from tests.isolation.keys import keys_at
from tests.isolation.probes import THEIRS, Prober, Try, wrong_paths
from tests.support.cast import Cast, Client
from tests.support.copies import connected_to
from workspace.accounts.models import User
from workspace.members.models import Member
from workspace.organization.models import Unit

HERE, THERE = "yan", "jia"
# Addresses that read parameters: were fewer found, the watch would be broken.
AT_LEAST = 50


@pytest.fixture(scope="module")
def tries(copy: str) -> Iterator[list[Try]]:
    """All of them, tried once by who sees most: the administrator, and at the console an operator."""
    with connected_to(copy):
        tenants = {tenant.slug: tenant for tenant in Tenant.objects.order_by("slug")}
        canaries.release(list(tenants.values()))
        with context.inside(tenants[THERE]):
            _only_theirs()
        with context.control():
            operator = User.objects.create_user("operator", "x", name="运营")
        console = Client("console")
        with context.control():
            console.force_login(operator)
        here = tenants[HERE].schema_name
        probers = {
            "workspace": Prober(Cast.assemble().signed_in("owner", at=HERE), {"public", here}),
            "console": Prober(console, {"public"}),
            "public": Prober(Client(), {"public"}),
        }
        keys = keys_at(HERE)
        found = []
        for site, prober in probers.items():
            for turn, route in enumerate(routes(site)):
                found += prober.probe(path_of(route, keys), turn)
                found += [prober.ask(path, {}) for path in wrong_paths(route, keys)]
        yield found


def _only_theirs() -> None:
    """Rows of the neighbour under keys that are nobody's here."""
    unit = Unit.objects.add_child(
        Unit.objects.get(depth=1),
        instance=Unit(pk=int(THEIRS), name=f"{canaries.CANARY[THERE]}支部", type=Unit.Type.BRANCH),
    )
    Member.objects.create(pk=int(THEIRS), unit=unit, name=f"{canaries.CANARY[THERE]}某人")


def test_nothing_breaks(tries: list[Try]) -> None:
    assert [str(one) for one in tries if one.status >= 500] == []


def test_nothing_of_the_neighbour_comes_of_it(tries: list[Try]) -> None:
    assert [str(one) for one in tries if THERE in one.birds] == []


def test_no_statement_leaves_the_workspace_and_none_is_made_of_what_was_typed(tries: list[Try]) -> None:
    assert [str(one) for one in tries if one.strays] == []


def test_nobody_is_led_to_another_host(tries: list[Try]) -> None:
    assert [str(one) for one in tries if urlsplit(one.leads).netloc not in {"", f"{HERE}.localhost"}] == []


def test_many_addresses_were_found_to_read_something(tries: list[Try]) -> None:
    """Or the tests above could find nothing for the wrong reason."""
    assert len({one.path for one in tries if one.query}) >= AT_LEAST
