"""What one process changes, another one knows: two real processes over one database."""

from collections.abc import Callable, Iterator

import pytest
from django.db import connection, transaction

from provisioning import template
from tenants import context, hosts, lifecycle, schemas
from tenants.models import Domain, Tenant
from tenants.names import new_schema_name
from tests.support.another import Another

pytestmark = pytest.mark.django_db(transaction=True)

Opened = Callable[[str], Tenant]


@pytest.fixture(scope="module")
def other(django_db_setup: None, django_db_blocker: object) -> Iterator[Another]:
    with Another() as process:
        yield process


def kill_listeners() -> int:
    """End every listening connection to this database; how many there were."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            "WHERE application_name = 'tongxin listener' AND datname = current_database()"
        )
        return int(cursor.fetchone()[0])


def test_a_host_that_is_known_is_not_asked_for_again(opened: Opened, other: Another) -> None:
    opened("known")
    other.remembers("known")
    answers = [other.get("known") for _ in range(20)]
    assert {(answer["status"], answer["asked"]) for answer in answers} == {(200, 0)}


def test_a_suspension_and_its_end_reach_the_other_process(opened: Opened, other: Another) -> None:
    tenant = opened("resting")
    other.remembers("resting")
    lifecycle.move(tenant, to="suspended", by="tests", reason="试")
    other.until(lambda: other.get("resting")["status"] == 503)
    other.remembers("resting")
    lifecycle.move(tenant, to="active", by="tests", reason="好了")
    other.until(lambda: other.get("resting")["status"] == 200)


def test_a_change_by_hand_in_the_database_reaches_it_too(opened: Opened, other: Another) -> None:
    opened("by-hand")
    other.remembers("by-hand")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE tenants_tenant SET state = 'suspended' WHERE slug = 'by-hand'")
    other.until(lambda: other.get("by-hand")["status"] == 503)


def test_a_change_that_is_undone_is_none(opened: Opened, other: Another) -> None:
    opened("undone")
    other.remembers("undone")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        Tenant.objects.filter(slug="undone").update(state="suspended")
        1 / 0  # noqa: B018
    assert other.get("undone")["status"] == 200


def test_a_new_address_is_found_although_it_was_a_stranger_before(opened: Opened, other: Another) -> None:
    other.remembers("newcomer")
    assert other.get("newcomer")["status"] == 404
    opened("newcomer")
    other.until(lambda: other.get("newcomer")["status"] == 200)


def test_a_renamed_workspace_answers_at_its_new_address_and_the_old_one_leads_there(
    opened: Opened, other: Another
) -> None:
    tenant = opened("before")
    other.remembers("before", "after")
    with transaction.atomic():
        Domain.objects.create(domain="after", tenant=tenant, is_primary=True)
        Tenant.objects.filter(pk=tenant.pk).update(slug="after")
    other.until(lambda: other.get("after")["status"] == 200)
    other.until(lambda: other.get("before")["status"] == 302)
    other.remembers("before", "after")
    moved = other.get("before", "/sign-in/?next=/members/")
    assert moved["headers"]["Location"].endswith("://after.localhost/sign-in/?next=/members/")
    assert moved["headers"]["Cache-Control"] == "no-store"
    assert other.get("before", method="POST")["status"] == 404


def test_a_workspace_that_moved_to_another_schema_is_served_from_there(opened: Opened, other: Another) -> None:
    """As a restore does it: a filled schema beside, then the swap, then the old role is out of reach."""
    tenant = opened("moving")
    other.remembers("moving")
    old, new = tenant.schema_name, new_schema_name()
    release = template.release()
    schemas.create(new)
    with context.entered(context.of_schema(new)):
        template.replay(release)
    assert other.tell("schema_of", label="moving") == old
    with transaction.atomic(), connection.cursor() as cursor:
        Tenant.objects.filter(pk=tenant.pk).update(schema_name=new)
        cursor.execute(f"REVOKE {old} FROM CURRENT_USER")
    answers = []
    other.until(lambda: answers.append(other.get("moving")["status"]) or other.tell("schema_of", label="moving") == new)
    assert set(answers) == {200}
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT {old} TO CURRENT_USER WITH INHERIT FALSE, SET TRUE")
    schemas.drop(old)


def test_a_purged_workspace_is_nobody_at_once(opened: Opened, other: Another) -> None:
    tenant = opened("purged")
    other.remembers("purged")
    schemas.drop(tenant.schema_name)
    Tenant.objects.filter(pk=tenant.pk).update(state="purged")
    other.until(lambda: other.get("purged")["status"] == 404)


def test_a_row_that_is_deleted_is_nobody(opened: Opened, other: Another) -> None:
    tenant = opened("deleted")
    other.remembers("deleted")
    tenant.delete()
    other.until(lambda: other.get("deleted")["status"] == 404)
    schemas.drop(tenant.schema_name)


def test_after_its_ear_was_cut_off_a_process_listens_again(opened: Opened, other: Another) -> None:
    tenant = opened("killed")
    other.remembers("killed")
    assert kill_listeners() >= 1
    lifecycle.move(tenant, to="suspended", by="tests", reason="试")
    other.until(lambda: other.get("killed")["status"] == 503)
    other.remembers("killed")
    lifecycle.move(tenant, to="active", by="tests", reason="好了")
    other.until(lambda: other.get("killed")["status"] == 200)


def test_a_process_that_hears_nothing_asks_each_time(opened: Opened, other: Another) -> None:
    tenant = opened("deaf")
    other.remembers("deaf")
    other.tell("deafen")
    kill_listeners()
    other.until(lambda: not other.tell("hears"))
    assert [other.get("deaf")["asked"] for _ in range(3)] == [1, 1, 1]
    lifecycle.move(tenant, to="suspended", by="tests", reason="试")
    assert other.get("deaf")["status"] == 503
    other.tell("heal")
    other.remembers("deaf")
    # What it knew from before it went deaf is not believed any more.
    assert other.get("deaf")["status"] == 503


def test_a_forked_process_listens_for_itself(opened: Opened) -> None:
    tenant = opened("forked")
    with Another() as process:
        process.remembers("forked")
        process.tell("fork")
        assert not process.tell("hears")
        process.remembers("forked")
        lifecycle.move(tenant, to="suspended", by="tests", reason="试")
        process.until(lambda: process.get("forked")["status"] == 503)


def test_a_flood_of_invented_hosts_pushes_out_no_real_one(opened: Opened, other: Another) -> None:
    opened("steady")
    other.remembers("steady")
    room = other.tell("leave_room_for", strangers=100)
    for number in range(300):
        other.tell("find", label=f"flood-{number}")
    assert 0 < other.tell("known")["strangers"] <= 100
    assert other.get("steady")["asked"] == 0
    other.tell("leave_room_for", strangers=room)


def test_an_answer_from_before_a_change_is_not_kept(opened: Opened) -> None:
    """The look-up began, then came the change: what it brings is for this request and no other."""
    tenant = opened("overtaken")
    memory = hosts._Memory()
    asked_at = memory.changes
    memory.forget(tenant.pk, "overtaken")
    memory.learn("overtaken", tenant, asked_at=asked_at)
    assert memory.tenants.get(tenant.pk) is None
    memory.learn("overtaken", tenant, asked_at=memory.changes)
    assert memory.tenants.get(tenant.pk) is tenant
