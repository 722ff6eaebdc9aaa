"""Addresses: changed without losing old links, and never a stranger's while an old link is about."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from provisioning import opening
from shared.clock import now
from tenants import addresses
from tenants.models import Domain, Tombstone
from tests.support.cast import Cast, Client


def change(cast: Cast, to: str, **more: object) -> None:
    addresses.change(cast.jia, to=to, by="tests", reason="合并", at=now(), **more)  # type: ignore[arg-type]


def reserve(slug: str) -> opening.Opening:
    return opening.reserve(
        name="新单位", slug=slug, kind="other", admin_name="周", admin_email="z@x.example", by="tests"
    )


def test_a_workspace_answers_at_its_new_address_and_keeps_the_old_one(cast: Cast) -> None:
    change(cast, "jia-new")
    assert Client("jia-new").get("/sign-in/").status_code == 200
    assert set(Domain.objects.filter(tenant=cast.jia).values_list("domain", "is_primary")) == {
        ("jia", False),
        ("jia-new", True),
    }
    event = cast.jia.events.latest("pk")
    assert (event.origin, event.destination, event.actor) == ("active", "active", "tests")
    assert event.reason == "jia → jia-new 合并"


def test_nobody_else_gets_a_former_address(cast: Cast) -> None:
    change(cast, "jia-new")
    with pytest.raises(opening.SlugTaken):
        reserve("jia")
    with pytest.raises(addresses.AddressTaken):
        addresses.change(cast.yan, to="jia", by="tests", reason="x", at=now())


def test_its_own_former_address_can_be_taken_again(cast: Cast) -> None:
    change(cast, "jia-new")
    change(cast, "jia")
    assert Domain.objects.get(domain="jia").is_primary


@pytest.mark.parametrize("slug", ["admin", "Jia-New", "xn--abc", "a", "jia_new", "adm1n", "jia new"])
def test_an_address_that_is_not_well_formed_is_refused(cast: Cast, slug: str) -> None:
    with pytest.raises(ValidationError):
        change(cast, slug)


def test_an_address_that_somebody_has_is_refused(cast: Cast) -> None:
    with pytest.raises(addresses.AddressTaken):
        change(cast, "yan")
    with pytest.raises(addresses.SameAddress):
        change(cast, "jia")
    assert Domain.objects.get(domain="jia").is_primary


def test_a_buried_address_rests_for_a_year(cast: Cast) -> None:
    at = now()
    change(cast, "jia-new")
    addresses.bury(cast.jia, at=at)
    cast.jia.slug = cast.jia.schema_name
    cast.jia.save(update_fields=["slug"])
    assert Client("jia").get("/").status_code == Client("jia-new").get("/").status_code == 404
    for slug in ("jia", "jia-new"):
        with pytest.raises(opening.SlugTaken):
            reserve(slug)
    assert addresses.clear_graves(at=at + timedelta(days=365)) == 0
    assert addresses.clear_graves(at=at + timedelta(days=367)) == 2
    assert reserve("jia").tenant.schema_name != cast.jia.schema_name


def test_burying_twice_changes_nothing(cast: Cast) -> None:
    at = now()
    addresses.bury(cast.jia, at=at)
    before = list(Tombstone.objects.values())
    addresses.bury(cast.jia, at=at + timedelta(days=1))
    assert list(Tombstone.objects.values()) == before
