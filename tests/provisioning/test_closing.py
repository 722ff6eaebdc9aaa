"""A workspace closes: read-only, then sealed and deleted, then erased, with a proof. In time it can be kept."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection

from provisioning import closing, erasing, opening, saga
from provisioning.models import Closing, ClosingStep, Opening, Signup
from shared.clock import now
from shared.queue import later
from tenants import context, lifecycle, schemas, sealed_files, worker
from tenants.models import Domain, Tenant, TenantEvent
from tests.support.cast import Cast, Client
from tests.support.jobs import run_jobs
from workspace.accounts.models import User

GRACE, KEPT = timedelta(days=31), timedelta(days=62)


@pytest.fixture
def leaving(cast: Cast) -> Tenant:
    """A workspace of its own for the test to close, with an upload, a waiting job and a sign-up behind it."""
    row = opening.run(
        opening.reserve(
            name="江城市中学",
            slug="leaving",
            kind="university",
            admin_name="周敏",
            admin_email="z@x.example",
            by="tests",
        )
    )
    folder = Path(settings.MEDIA_ROOT) / str(row.tenant.uuid)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "photo.jpg").write_bytes(b"picture")
    Signup.objects.create(opening=row, name="江城市中学", email="z@x.example", contact_name="周敏")
    return row.tenant


def begin(tenant: Tenant) -> Closing:
    made = closing.request(tenant, by="tests", reason="合并到上级单位", at=now())
    run_jobs()
    return made


def proceed(row: Closing, at: datetime) -> Closing:
    return closing.proceed(Closing.objects.select_related("tenant").get(pk=row.pk), at=at)


def state(tenant: Tenant) -> str:
    return str(Tenant.objects.get(pk=tenant.pk).state)


def test_during_the_grace_everything_can_be_read_and_nothing_written(leaving: Tenant) -> None:
    with context.inside(leaving):
        owner = User.objects.get()
        owner.set_password("Correct-horse-9")
        owner.save()
    begin(leaving)
    client = Client("leaving")
    assert client.post("/sign-in/", {"username": owner.username, "password": "Correct-horse-9"}).status_code == 302
    page = client.get("/members/")
    assert page.status_code == 200
    assert "关闭，目前只读" in page.content.decode()
    assert client.post("/members/new/", {"name": "x"}).status_code == 409
    assert "2" in str(mail.outbox[-1].body)
    assert mail.outbox[-1].subject == "江城市中学的工作空间开始关闭"


def test_a_closing_that_is_taken_back_leads_to_where_it_began(leaving: Tenant) -> None:
    lifecycle.move(leaving, to="read_only", by="tests", reason="核对")
    begin(leaving)
    closing.cancel(leaving, by="周敏", reason="还要用", at=now())
    assert state(leaving) == "read_only"
    assert Tenant.objects.get(pk=leaving.pk).closes_at is None
    assert [e.reason for e in leaving.events.order_by("pk")][-2:] == ["合并到上级单位", "还要用"]
    assert list(closing.due(at=now() + KEPT)) == []
    again = begin(leaving)
    assert again.cancelled_at is None


def test_nothing_happens_before_its_time(leaving: Tenant) -> None:
    row = begin(leaving)
    assert list(closing.due(at=now())) == []
    proceed(row, now())
    assert not ClosingStep.objects.filter(saga=row).exists()
    assert Client("leaving").get("/sign-in/").status_code == 200


def test_after_the_grace_only_a_sealed_archive_is_left(leaving: Tenant) -> None:
    row = begin(leaving)
    later_on = now() + GRACE
    assert list(closing.due(at=later_on)) == [row]
    done = proceed(row, later_on)
    assert state(leaving) == "archived"
    assert done.finished_at is None
    assert Client("leaving").get("/sign-in/").status_code == 404
    assert not schemas.exists(leaving.schema_name)
    assert not schemas.role_exists(leaving.schema_name)
    assert not (Path(settings.MEDIA_ROOT) / str(leaving.uuid)).exists()
    sealed = erasing._archive(done, done.archive)
    assert sealed.stat().st_size == done.archive_bytes > 0
    assert "周敏".encode() not in sealed.read_bytes()
    assert not Domain.objects.filter(tenant=leaving).exists()
    with pytest.raises(closing.TooLate):
        closing.cancel(leaving, by="tests", reason="后悔", at=later_on)


def test_the_sealed_archive_is_the_whole_workspace(leaving: Tenant, tmp_path: Path) -> None:
    done = proceed(begin(leaving), now() + GRACE)
    tenant = Tenant.objects.get(pk=leaving.pk)
    plain = tmp_path / "plain.zip"
    sealed_files.unseal(erasing._archive(done, done.archive), plain, key=tenant.workspace.secret, workspace=tenant.uuid)
    from workspace import portability

    manifest = portability.peek(plain)
    assert manifest.workspace == leaving.uuid
    assert manifest.tables["accounts_user"].rows == 1


def test_in_the_end_nothing_is_left_and_the_proof_says_so(leaving: Tenant) -> None:
    done = proceed(begin(leaving), now() + KEPT)
    run_jobs()
    gone = Tenant.objects.get(pk=leaving.pk)
    assert (gone.state, gone.sealed_key, gone.slug) == ("purged", None, leaving.schema_name)
    assert done.finished_at
    assert done.proof
    assert set(done.proof["stores"].values()) == {0}
    assert not erasing._archive(done, done.archive).exists()
    row = Opening.objects.get(tenant=gone)
    assert (row.admin_name, row.admin_email, row.admin_phone) == ("", "", "")
    assert not Signup.objects.filter(email="z@x.example").exists()
    assert mail.outbox[-1].to == ["z@x.example"]
    assert done.proof["sha256"] in mail.outbox[-1].body
    edges = list(TenantEvent.objects.filter(tenant=gone).order_by("pk").values_list("destination", flat=True))
    assert edges[-3:] == ["closing", "archived", "purged"]


def test_no_table_of_the_control_schema_still_holds_the_contact(leaving: Tenant) -> None:
    proceed(begin(leaving), now() + KEPT)
    run_jobs()
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(
                f"SELECT count(*) FROM {table} t WHERE t::text LIKE '%z@x.example%' OR t::text LIKE '%周敏%'"
            )
            assert cursor.fetchone()[0] == 0, table


def test_the_proof_is_not_written_while_a_store_holds_something(leaving: Tenant) -> None:
    row = begin(leaving)
    proceed(row, now() + GRACE)
    folder = Path(settings.MEDIA_ROOT) / str(leaving.uuid)
    folder.mkdir(parents=True)
    (folder / "forgotten.pdf").write_bytes(b"x")
    with pytest.raises(erasing.NotErased, match="files"):
        proceed(row, now() + KEPT)
    assert state(leaving) == "archived"
    (folder / "forgotten.pdf").unlink()
    assert proceed(row, now() + KEPT).proof


def test_waiting_jobs_of_a_closed_workspace_never_run(leaving: Tenant) -> None:
    row = begin(leaving)
    with context.inside(leaving):
        later("members.spell", at=now() + timedelta(days=90))
    assert worker.waiting_jobs(leaving.uuid) == 1
    proceed(row, now() + GRACE)
    assert worker.waiting_jobs(leaving.uuid) == 0


class Killed(BaseException):
    """As a kill: nothing catches it, nothing is written down."""


@pytest.mark.parametrize("after", [False, True], ids=["before its work", "after its work"])
@pytest.mark.parametrize("name", [*ClosingStep.Name.values])
def test_a_closing_killed_at_a_step_goes_on_to_the_same_end(
    leaving: Tenant, name: str, after: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = begin(leaving)

    def broken(work: Callable[[Closing], None]) -> Callable[[Closing], None]:
        def run(of: Closing) -> None:
            if after:
                work(of)
            raise Killed

        return run

    with monkeypatch.context() as breaking:
        for steps in ("_WITH_THE_GRACE", "_WITH_THE_ARCHIVE"):
            patched = tuple((n, broken(work) if n == name else work) for n, work in getattr(closing, steps))
            breaking.setattr(closing, steps, patched)
        with pytest.raises(Killed):
            proceed(row, now() + KEPT)
    with pytest.raises(saga.AlreadyRunning):
        proceed(row, now() + KEPT)
    Closing.objects.filter(pk=row.pk).update(lease_until=None)
    done = proceed(row, now() + KEPT)
    assert state(leaving) == "purged"
    assert done.steps.filter(finished_at__isnull=False).count() == len(ClosingStep.Name)
    assert set(erasing.stores(done).values()) == {0}


def test_a_second_closing_is_refused(leaving: Tenant) -> None:
    begin(leaving)
    with pytest.raises(closing.AlreadyClosing):
        closing.request(leaving, by="tests", reason="再来", at=now())


def test_there_is_nothing_to_take_back_where_nothing_closes(leaving: Tenant) -> None:
    with pytest.raises(closing.NotClosing):
        closing.cancel(leaving, by="tests", reason="x", at=now())


@pytest.mark.parametrize("reason", ["", "   "])
def test_neither_goes_without_a_reason(leaving: Tenant, reason: str) -> None:
    with pytest.raises(lifecycle.ReasonMissing):
        closing.request(leaving, by="tests", reason=reason, at=now())
    begin(leaving)
    with pytest.raises(lifecycle.ReasonMissing):
        closing.cancel(leaving, by="tests", reason=reason, at=now())


def test_the_contact_is_reminded_a_week_and_a_day_before_and_once_each(leaving: Tenant) -> None:
    row = begin(leaving)
    sent = [closing.remind(at=row.grace_until - timedelta(days=days)) for days in (20, 7, 6, 1, 0.5)]
    assert sent == [0, 1, 0, 1, 0]
    run_jobs()
    assert [m.subject for m in mail.outbox].count("江城市中学的工作空间即将关闭") == 2


def test_a_job_that_comes_after_the_time_finds_a_host_that_is_closed_already(leaving: Tenant) -> None:
    begin(leaving)
    Tenant.objects.filter(pk=leaving.pk).update(closes_at=now() - timedelta(seconds=1))
    assert Client("leaving").get("/sign-in/").status_code == 503


def test_the_neighbour_notices_nothing(leaving: Tenant, cast: Cast) -> None:
    before = context_counts(cast)
    proceed(begin(leaving), now() + KEPT)
    assert context_counts(cast) == before
    assert cast.signed_in("owner").get("/members/").status_code == 200


def context_counts(cast: Cast) -> list[int]:
    counted = []
    for tenant in (cast.jia, cast.yan):
        with context.inside(tenant):
            counted.append(User.objects.count())
    return counted


def test_a_proof_can_be_checked_again(leaving: Tenant) -> None:
    import hashlib

    done = proceed(begin(leaving), now() + KEPT)
    assert done.proof
    said = {key: done.proof[key] for key in ("workspace", "at", "stores")}
    assert hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest() == done.proof["sha256"]


def test_a_closed_workspace_comes_back_from_its_sealed_archive(leaving: Tenant, tmp_path: Path) -> None:
    done = proceed(begin(leaving), now() + GRACE)
    sealed = erasing._archive(done, done.archive)
    plain = tmp_path / "plain.zip"
    call_command("workspace", "unseal", "leaving", to=plain, stdout=StringIO())
    call_command(
        "workspace", "restore", "leaving", str(plain), reason="单位恢复使用", stdout=StringIO(), stderr=StringIO()
    )
    back = Tenant.objects.get(pk=leaving.pk)
    assert back.state == "active"
    with context.inside(back):
        assert User.objects.get().name == "周敏"
    assert Client("leaving").get("/sign-in/").status_code == 200
    done.refresh_from_db()
    assert done.cancelled_at
    assert list(closing.due(at=now() + KEPT)) == []
    assert sealed.exists()  # until this transaction is committed


def test_there_is_nothing_to_unseal_before_it_was_closed(leaving: Tenant, tmp_path: Path) -> None:
    begin(leaving)
    with pytest.raises(CommandError, match="no sealed archive"):
        call_command("workspace", "unseal", "leaving", to=tmp_path / "x.zip", stdout=StringIO())
