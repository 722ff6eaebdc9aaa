"""One workspace in a storm: its neighbour is neither locked out nor made to wait. Locks, counts and turns are asserted,
never time."""

from django.db import connection

from shared.clock import now
from tenants import context
from tests.support.cast import PASSWORD, Cast, Client
from tests.tenants.desk import Desk
from workspace.accounts import lockout
from workspace.accounts.models import Failure
from workspace.archives import actions as archives

WRITES = ("RowExclusiveLock", "ShareRowExclusiveLock", "ExclusiveLock", "AccessExclusiveLock", "ShareLock")


def flood(at: str, times: int) -> None:
    """Guesses at passwords of many names, from one address."""
    client = Client(at)
    for number in range(times):
        client.post("/sign-in/", {"username": f"nobody{number}", "password": "guess"})


def enters(at: str, username: str = "member") -> bool:
    client = Client(at)
    client.post("/sign-in/", {"username": username, "password": PASSWORD})
    return client.get("/api/v1/me/").status_code == 200


def test_an_office_locked_out_at_one_enters_the_other_from_the_same_address(cast: Cast) -> None:
    flood("jia", lockout.ADDRESS_FAILURES)
    assert not enters("jia")
    assert enters("yan")
    with context.inside(cast.yan):
        assert not Failure.objects.exists()


def test_mails_that_one_floods_are_not_counted_against_the_other(cast: Cast) -> None:
    for at in ("jia", "yan"):
        with context.inside(getattr(cast, at)):
            user = cast.user("member")
            allowed = [lockout.may_mail(user, at=now()) for _ in range(lockout.MAILS + 1)]
        assert allowed == [True] * lockout.MAILS + [False], at


def test_a_flood_holds_no_lock_outside_of_its_own_schema(cast: Cast) -> None:
    """What it holds it holds until its transactions end; here they are one with the test's, so all of it shows."""
    before = _held(cast)
    flood("jia", 10)
    enters("jia")
    cast.signed_in("owner").post("/members/export/", {"form": "csv"})
    held = _held(cast) - before
    assert {schema for schema, _table, _mode in held} <= {cast.jia.schema_name}
    assert any(table.startswith("accounts_") for _schema, table, _mode in held), "or nothing was looked at"


def test_a_job_of_the_neighbour_is_the_next_but_one_whatever_one_asked_for(cast: Cast) -> None:
    for number in range(30):
        Client("jia").post("/reset/", {"username": f"nobody{number}"})
    with context.inside(cast.jia):
        archives.ask(by=cast.user("owner"), at=now())
    Client("yan").post("/reset/", {"username": "member"})
    workspaces = [job.task_kwargs["workspace"] for job in Desk().work(2)]
    assert sorted(workspaces) == sorted([str(cast.jia.uuid), str(cast.yan.uuid)])


def _held(cast: Cast) -> set[tuple[str, str, str]]:
    """(schema, table, mode) of every lock that keeps somebody from writing; advisory ones without a table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(c.relnamespace::regnamespace::text, ''), coalesce(c.relname, l.locktype), l.mode "
            "FROM pg_locks l LEFT JOIN pg_class c ON c.oid = l.relation "
            "WHERE l.pid = pg_backend_pid() AND l.locktype IN ('relation', 'tuple', 'advisory') AND l.mode = ANY(%s)",
            [list(WRITES)],
        )
        return {(schema, table, mode) for schema, table, mode in cursor.fetchall()}
