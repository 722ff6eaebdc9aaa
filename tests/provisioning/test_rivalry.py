"""Several at once, on real connections and with real commits: what is left behind is one workspace and nothing else."""

import threading
import time
from collections.abc import Callable

import pytest
from django.core.signing import get_cookie_signer
from django.db import connection, connections

from provisioning import cookies, notices, opening, saga, steps
from provisioning.models import Opening, Signup
from shared.clock import now
from tenants import worker
from tenants.models import Tenant
from tests.provisioning import fingerprint
from tests.support.cast import Client

RIVALS = 20


pytestmark = pytest.mark.django_db(transaction=True)


def at_once(work: Callable[[int], object], number: int = RIVALS) -> list[object]:
    """Run it in so many threads that all start together; what each returned or raised."""
    start = threading.Barrier(number)
    results: list[object] = [None] * number

    def run(index: int) -> None:
        start.wait()
        try:
            results[index] = work(index)
        except Exception as error:
            results[index] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def ready_to_confirm(slug: str, email: str) -> Client:
    """A browser that has answered everything and stands before the last button."""
    signup = Signup.objects.create(
        answered=[step.name for step in steps.STEPS if step.name != "confirm"],
        name="江城市实验中学",
        kind="community",
        no_code="pending",
        region="420000",
        stated_members=86,
        contact_name="周敏",
        email=email,
        verified_at=now(),
        slug=slug,
        notice_version=notices.AGREED_VERSION,
        accepted_at=now(),
    )
    client = Client()
    name = cookies._name()
    client.cookies[name] = get_cookie_signer(salt=name + cookies._SALT).sign(signup.token)
    return client


def roles_and_schemas() -> tuple[set[str], set[str]]:
    with connection.cursor() as cursor:
        # Roles are the server's: those that own something in another database belong to another run of the suite.
        cursor.execute(
            "SELECT rolname FROM pg_roles r WHERE rolname ~ '^t_[0-9a-f]{16}$' AND NOT EXISTS ("
            "SELECT FROM pg_shdepend d WHERE d.refobjid = r.oid AND d.dbid <> "
            "(SELECT oid FROM pg_database WHERE datname = current_database()))"
        )
        roles = {row[0] for row in cursor.fetchall()}
        cursor.execute("SELECT nspname FROM pg_namespace WHERE nspname ~ '^t_[0-9a-f]{16}$'")
        return roles, {row[0] for row in cursor.fetchall()}


def test_of_twenty_who_claim_one_address_one_gets_it(committed: None) -> None:
    roles, schemas_before = roles_and_schemas()
    clients = [ready_to_confirm("contested", f"p{index}@x.example") for index in range(RIVALS)]
    answers = at_once(lambda index: clients[index].post("/sign-up/confirm/").url)
    assert sorted(map(str, answers)) == ["/sign-up/address/"] * (RIVALS - 1) + ["/sign-up/progress/"]
    assert Tenant.objects.filter(slug="contested").count() == 1
    assert Opening.objects.filter(tenant__slug="contested").count() == 1
    waiting = [name for _id, name, _workspace, _arguments in worker.pending()]
    assert waiting == ["provisioning.open"]
    losers = Signup.objects.filter(opening__isnull=True)
    assert losers.count() == RIVALS - 1
    assert not any("address" in signup.answered for signup in losers)

    worker.perform("provisioning.open", None, {"opening_id": Opening.objects.get(tenant__slug="contested").pk})
    tenant = Tenant.objects.get(slug="contested")
    assert tenant.state == Tenant.State.ACTIVE
    roles_after, schemas_after = roles_and_schemas()
    assert roles_after - roles == schemas_after - schemas_before == {tenant.schema_name}


def test_a_button_pressed_twenty_times_opens_one_workspace(committed: None) -> None:
    client = ready_to_confirm("impatient", "p@x.example")
    cookie = client.cookies

    def press(_index: int) -> str:
        mine = Client()
        mine.cookies = cookie
        return mine.post("/sign-up/confirm/").url

    assert at_once(press) == ["/sign-up/progress/"] * RIVALS
    assert Opening.objects.filter(tenant__slug="impatient").count() == 1
    assert len(worker.pending()) == 1


def test_of_several_workers_one_runs_the_opening(committed: None) -> None:
    row = reserve("many-workers")
    results = at_once(lambda _index: opening.run(Opening.objects.get(pk=row.pk)).tenant.state, 6)
    refused = [result for result in results if isinstance(result, saga.AlreadyRunning)]
    # Whoever comes after the first has finished finds it done; whoever comes before is refused.
    assert len(refused) + results.count(Tenant.State.ACTIVE) == 6
    assert Tenant.objects.get(slug="many-workers").state == Tenant.State.ACTIVE
    assert fingerprint.parts(row.tenant) == fingerprint.parts(Tenant.objects.get(slug="jia"))


def test_openings_side_by_side_do_not_disturb_each_other(committed: None) -> None:
    rows = [reserve(f"side-{index}") for index in range(6)]
    at_once(lambda index: opening.run(rows[index]), len(rows))
    tenants = list(Tenant.objects.filter(slug__startswith="side-"))
    assert {tenant.state for tenant in tenants} == {Tenant.State.ACTIVE}
    jia = fingerprint.parts(Tenant.objects.get(slug="jia"))
    assert all(fingerprint.parts(tenant) == jia for tenant in tenants)


@pytest.mark.parametrize("after_s", [0.005, 0.02, 0.05, 0.1, 0.2, 0.4])
def test_a_connection_killed_at_any_moment_is_survived(committed: None, after_s: float) -> None:
    row = reserve("killed")
    pid: list[int] = []

    def work() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            pid.append(cursor.fetchone()[0])
        try:
            opening.run(Opening.objects.get(pk=row.pk))
        except Exception:  # noqa: S110 — how it ends is not the point; what it leaves is
            pass
        finally:
            connections.close_all()

    thread = threading.Thread(target=work)
    thread.start()
    while not pid:
        time.sleep(0.001)
    time.sleep(after_s)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid[0]])
    thread.join()
    # The dead worker's lease runs out.
    Opening.objects.filter(pk=row.pk).update(lease_until=None)
    opening.run(Opening.objects.get(pk=row.pk))
    tenant = Tenant.objects.get(slug="killed")
    jia = Tenant.objects.get(slug="jia")
    assert tenant.state == Tenant.State.ACTIVE
    assert fingerprint.parts(tenant) == fingerprint.parts(jia)
    assert tenant.opening.steps.filter(finished_at__isnull=False).count() == len(opening._STEPS)


def reserve(slug: str) -> Opening:
    return opening.reserve(
        name="江城市中学", slug=slug, kind="state_enterprise", admin_name="周", admin_email="z@x.example", by="tests"
    )
