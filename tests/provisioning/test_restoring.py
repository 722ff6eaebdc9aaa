"""A restoring that is broken at any step is continued, and ends as if nothing had happened; a clone shares no door."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.exceptions import ValidationError
from django.db import ProgrammingError, connection, transaction

from provisioning import cloning, fallbacks, opening, restoring, saga, tasks
from provisioning.heads import NewerRelease, UnknownRelease
from provisioning.models import Release, Restoring
from shared.clock import now
from tenants import context, lifecycle, schemas
from tenants.models import Domain, Tenant, TenantEvent
from tests.portability.conftest import fill
from tests.portability.tampering import data_of, flip, lie
from tests.provisioning import fingerprint
from tests.support.cast import Cast, Client
from tests.support.jobs import run_jobs
from workspace import portability
from workspace.audit.models import Entry
from workspace.members.models import Batch
from workspace.organization.models import Unit
from workspace.portability import uploads

STEPS = ["schema", "tables", "content", "proof", "swap", "files", "activate"]


class Killed(Exception):
    pass


@pytest.fixture(autouse=True)
def _files_of_this_test(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.ARCHIVES_ROOT = tmp_path / "archives"


@pytest.fixture
def archive(cast: Cast, tmp_path: Path) -> Path:
    """jia as it was, before somebody spoilt it."""
    fill(cast.jia, months=0)
    path = tmp_path / "jia.zip"
    with context.inside(cast.jia):
        portability.export(path, at=now())
    spoil(cast.jia)
    return path


def spoil(tenant: Tenant) -> None:
    with context.inside(tenant) as workspace:
        Unit.objects.filter(depth=1).update(name="弄坏了")
        (uploads.folder(workspace.uuid) / "空.txt").write_bytes(b"spoilt")
        (uploads.folder(workspace.uuid) / "new.txt").write_bytes(b"new")


def content(tenant: Tenant) -> dict[str, str]:
    """What it holds, but for the record, which tells of the restoring itself."""
    with context.inside(tenant):
        said = portability.digest()
    return {name: entry.sha256 for name, entry in said.entries.items() if "audit_entry" not in name}


def said_by(archive: Path) -> dict[str, str]:
    wanted = portability.peek(archive).entries
    return {
        name: entry.sha256
        for name, entry in wanted.items()
        if name.startswith(("data/", "uploads/")) and "audit_entry" not in name
    }


def ask(tenant: Tenant, archive: Path) -> Restoring:
    return restoring.ask(tenant, archive, by="tests", reason="弄坏了")


def again(row: Restoring) -> Restoring:
    return restoring.run(Restoring.objects.select_related("tenant", "source").get(pk=row.pk))


def break_at(monkeypatch: pytest.MonkeyPatch, name: str, *, after: bool) -> None:
    whole = restoring.steps

    def broken(row, progress=None):
        def fail_at(work):
            def run(saga_row: Restoring) -> None:
                if after:
                    work(saga_row)
                raise Killed

            return run

        return tuple((n, fail_at(work) if n == name else work) for n, work in whole(row, progress))

    monkeypatch.setattr(restoring, "steps", broken)


def test_a_restore_brings_everything_back(cast: Cast, archive: Path) -> None:
    former, shape = cast.jia.schema_name, fingerprint.parts(cast.jia)
    row = restoring.run(ask(cast.jia, archive))
    jia = Tenant.objects.get(slug="jia")
    assert jia.schema_name == row.schema_name != former
    assert content(jia) == said_by(archive)
    assert fingerprint.parts(jia) == shape
    assert (uploads.folder(jia.uuid) / "空.txt").read_bytes() == b""
    assert not (uploads.folder(jia.uuid) / "new.txt").exists()
    assert [step.name for step in row.steps.order_by("pk")] == STEPS
    assert (row.error, row.lease_until, jia.state, jia.migration_head) == ("", None, "active", row.head)
    with context.inside(jia):
        line = Entry.objects.get(verb="workspace.restored")
        assert line.details["reason"] == "弄坏了"


def test_its_life_tells_of_the_restore(cast: Cast, archive: Path) -> None:
    restoring.run(ask(cast.jia, archive))
    events = TenantEvent.objects.filter(tenant=cast.jia).order_by("pk").values_list("origin", "destination", "actor")
    assert list(events)[-2:] == [("active", "restoring", "tests"), ("restoring", "active", "platform")]


def test_the_workspace_answers_at_once_from_what_came_back(cast: Cast, archive: Path) -> None:
    restoring.run(ask(cast.jia, archive))
    page = cast.signed_in("owner").get("/organization/").content.decode()
    assert "jia单位" in page
    assert "弄坏了" not in page


def test_nothing_is_left_lying_about(cast: Cast, archive: Path, settings: LazySettings) -> None:
    with transaction.atomic():
        row = restoring.run(ask(cast.jia, archive))
    files = [path for path in Path(settings.ARCHIVES_ROOT).rglob("*") if path.is_file()]
    # In a test nothing commits, so what follows a commit is done here.
    from provisioning import files as kept

    kept.forget(row)
    assert [path for path in files if path.exists()] == []
    assert not list((Path(settings.MEDIA_ROOT) / ".incoming").iterdir())


@pytest.mark.parametrize("after", [False, True], ids=["before its work", "after its work"])
@pytest.mark.parametrize("name", STEPS)
def test_a_restore_broken_at_a_step_resumes_to_the_same_content(
    cast: Cast, archive: Path, name: str, after: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    former, spoilt = cast.jia.schema_name, content(cast.jia)
    row = ask(cast.jia, archive)
    with monkeypatch.context() as breaking:
        break_at(breaking, name, after=after)
        with pytest.raises(Killed):
            restoring.run(row)
    row = Restoring.objects.get(pk=row.pk)
    assert row.error.startswith("Killed") and row.lease_until is None
    jia = Tenant.objects.get(slug="jia")
    if STEPS.index(name) <= STEPS.index("swap"):
        # Not swapped: people go on with what they had.
        assert (jia.state, jia.schema_name, content(jia)) == ("active", former, spoilt)
    else:
        assert (jia.state, jia.schema_name) == ("restoring", row.schema_name)

    done = again(row)
    jia = Tenant.objects.get(slug="jia")
    assert (done.error, done.attempts, jia.state) == ("", 2, "active")
    assert content(jia) == said_by(archive)
    assert done.steps.filter(finished_at__isnull=False).count() == len(STEPS)
    with context.inside(jia):
        assert Entry.objects.filter(verb="workspace.restored").count() == 1


def test_a_worker_that_stood_still_is_fenced_off(cast: Cast, archive: Path) -> None:
    row = ask(cast.jia, archive)
    saga.lease(row)
    Restoring.objects.filter(pk=row.pk).update(lease_until=now() - timedelta(seconds=1))
    done = again(row)
    row.steps.filter(name="swap").update(finished_at=None)
    with pytest.raises(saga.Superseded):
        saga.do(row, *restoring.steps(row)[4])
    assert Tenant.objects.get(slug="jia").schema_name == done.schema_name


def test_running_a_finished_restore_again_changes_nothing(cast: Cast, archive: Path) -> None:
    row = restoring.run(ask(cast.jia, archive))
    before = (row.finished_at, TenantEvent.objects.count(), content(Tenant.objects.get(slug="jia")))
    assert again(row).finished_at == before[0]
    assert (TenantEvent.objects.count(), content(Tenant.objects.get(slug="jia"))) == before[1:]


def test_two_restores_of_one_workspace_do_not_run_at_once(cast: Cast, archive: Path) -> None:
    ask(cast.jia, archive)
    with pytest.raises(restoring.UnderWay):
        ask(cast.jia, archive)


def test_a_read_only_workspace_is_read_only_afterwards(cast: Cast, archive: Path) -> None:
    lifecycle.move(cast.jia, to="read_only", by="tests", reason="试")
    restoring.run(ask(cast.jia, archive))
    assert Tenant.objects.get(slug="jia").state == "read_only"


def test_a_suspended_workspace_is_not_restored(cast: Cast, archive: Path) -> None:
    lifecycle.move(cast.jia, to="suspended", by="tests", reason="试")
    with pytest.raises(lifecycle.NoSuchEdge):
        ask(cast.jia, archive)


def test_a_restore_needs_a_reason(cast: Cast, archive: Path) -> None:
    with pytest.raises(lifecycle.ReasonMissing):
        restoring.ask(cast.jia, archive, by="tests", reason=" ")


def test_what_was_dropped_comes_back_from_its_archive(cast: Cast, archive: Path) -> None:
    former = cast.jia.schema_name
    lifecycle.move(cast.jia, to="closing", by="tests", reason="试")
    lifecycle.move(cast.jia, to="archived", by="tests", reason="试")
    schemas.drop(former)
    Domain.objects.filter(tenant=cast.jia).delete()
    row = restoring.run(ask(cast.jia, archive))
    jia = Tenant.objects.get(slug="jia")
    assert (jia.state, row.former_schema) == ("active", "")
    assert content(jia) == said_by(archive)
    assert cast.signed_in("owner").get("/").status_code == 200


class TestRefusals:
    """A bad archive changes nothing: no row, no schema, no state, no file."""

    def refused(self, tenant: Tenant, archive: Path, kind: type[Exception], settings: LazySettings) -> str:
        before = (tenant.state, tenant.schema_name, Restoring.objects.count(), _schemas())
        with pytest.raises(kind) as raised:
            ask(tenant, archive)
        tenant.refresh_from_db()
        assert (tenant.state, tenant.schema_name, Restoring.objects.count(), _schemas()) == before
        assert not [path for path in Path(settings.ARCHIVES_ROOT).rglob("*") if path.is_file()]
        return str(raised.value)

    def test_another_workspaces(self, cast: Cast, archive: Path, settings: LazySettings) -> None:
        assert "jia单位" in self.refused(cast.yan, archive, portability.ArchiveRefused, settings)

    def test_a_damaged_one(self, cast: Cast, archive: Path, settings: LazySettings) -> None:
        flip(archive, data_of(archive, "data/voice_topic.jsonl")[0] + 3)
        assert "voice_topic" in self.refused(cast.jia, archive, portability.ArchiveRefused, settings)

    def test_one_of_a_newer_release(self, cast: Cast, archive: Path, settings: LazySettings) -> None:
        migration = ["voice", "0002_later"]
        lie(archive, lambda said: said["migrations"].append(migration), signed_by=cast.jia.workspace)
        assert "voice.0002_later" in self.refused(cast.jia, archive, NewerRelease, settings)

    def test_one_of_a_release_that_left_no_statements(self, cast: Cast, archive: Path, settings: LazySettings) -> None:
        gone = ["voice", "0001_initial"]
        lie(archive, lambda said: said["migrations"].remove(gone), signed_by=cast.jia.workspace)
        assert "没有留下建表语句" in self.refused(cast.jia, archive, UnknownRelease, settings)

    def test_a_file_that_is_not_there(self, cast: Cast, tmp_path: Path, settings: LazySettings) -> None:
        self.refused(cast.jia, tmp_path / "none.zip", FileNotFoundError, settings)

    def test_one_whose_workspace_has_no_key_any_more(self, cast: Cast, archive: Path, settings: LazySettings) -> None:
        Tenant.objects.filter(pk=cast.jia.pk).update(sealed_key=None)
        assert "密钥已经销毁" in self.refused(cast.jia, archive, Exception, settings)


def _schemas() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 't\\_%%'")
        return cursor.fetchone()[0]


def test_an_archive_of_an_earlier_release_is_restored_at_its_own_head(cast: Cast, tmp_path: Path) -> None:
    """As N−1 was: without the table that this release added. The fleet brings it forward."""
    new = Release.objects.get(head=cast.jia.migration_head)
    old = Release.objects.create(
        head="0" * 64,
        statements=[text for text in new.statements if "archives_archive" not in text],
        migrations=[each for each in new.migrations if each[0] != "archives"],
        tables=new.tables - 1,
    )
    fill(cast.jia, months=0)
    with context.inside(cast.jia), connection.cursor() as cursor:
        cursor.execute("DROP TABLE archives_archive; DELETE FROM django_migrations WHERE app = 'archives'")
        portability.export(tmp_path / "old.zip", at=now())
    Tenant.objects.filter(pk=cast.jia.pk).update(migration_head=old.head)
    spoil(cast.jia)
    row = restoring.run(ask(cast.jia, tmp_path / "old.zip"))
    jia = Tenant.objects.get(slug="jia")
    assert (row.head, jia.migration_head) == (old.head, old.head)
    assert content(jia) == said_by(tmp_path / "old.zip")


class TestFallback:
    def test_the_former_schema_stays_and_lets_nobody_in(self, cast: Cast, archive: Path) -> None:
        stale = Tenant.objects.get(slug="jia")
        row = restoring.run(ask(cast.jia, archive))
        assert (row.former_schema, schemas.exists(stale.schema_name)) == (stale.schema_name, True)
        assert row.fallback_until > now() + timedelta(days=13)
        with pytest.raises(ProgrammingError, match="permission denied"), context.inside(stale):
            Unit.objects.count()

    def test_it_can_return_and_the_restored_content_becomes_the_fallback(self, cast: Cast, archive: Path) -> None:
        spoilt = content(cast.jia)
        first = restoring.run(ask(cast.jia, archive))
        back = restoring.run(fallbacks.ask_back(cast.jia, by="tests", reason="不该恢复"))
        jia = Tenant.objects.get(slug="jia")
        assert content(jia) == spoilt
        assert jia.schema_name == first.former_schema
        with context.inside(jia):
            Unit.objects.filter(depth=1).update(name="写得进去")
        assert [row.former_schema for row in fallbacks.of_tenant(jia)] == [first.schema_name]
        once_more = restoring.run(fallbacks.ask_back(jia, by="tests", reason="还是要"))
        assert once_more.schema_name == first.schema_name
        assert content(Tenant.objects.get(slug="jia")) == said_by(archive)
        assert back.finished_at

    @pytest.mark.parametrize("name", ["swap", "files", "activate"])
    def test_going_back_is_continued_too(
        self, cast: Cast, archive: Path, name: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        spoilt = content(cast.jia)
        restoring.run(ask(cast.jia, archive))
        row = fallbacks.ask_back(cast.jia, by="tests", reason="不该恢复")
        with monkeypatch.context() as breaking:
            break_at(breaking, name, after=True)
            with pytest.raises(Killed):
                restoring.run(row)
        again(row)
        assert content(Tenant.objects.get(slug="jia")) == spoilt

    def test_there_is_nothing_to_go_back_to_without_a_restore(self, cast: Cast) -> None:
        with pytest.raises(fallbacks.NoFallback):
            fallbacks.ask_back(cast.jia, by="tests", reason="试")

    def test_it_is_dropped_when_its_time_is_over(self, cast: Cast, archive: Path, settings: LazySettings) -> None:
        row = restoring.run(ask(cast.jia, archive))
        connection.check_constraints()
        assert fallbacks.drop_expired(at=row.fallback_until - timedelta(seconds=1)) == 0
        assert schemas.exists(row.former_schema)
        assert fallbacks.drop_expired(at=row.fallback_until) == 1
        assert not schemas.exists(row.former_schema)
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [row.former_schema])
            assert cursor.fetchone() is None
        assert fallbacks.drop_all(cast.jia, at=now()) == 0
        with pytest.raises(fallbacks.NoFallback):
            fallbacks.ask_back(cast.jia, by="tests", reason="试")

    def test_one_that_is_on_its_way_back_is_not_dropped(self, cast: Cast, archive: Path) -> None:
        first = restoring.run(ask(cast.jia, archive))
        fallbacks.ask_back(cast.jia, by="tests", reason="试")
        assert fallbacks.drop_expired(at=now() + timedelta(days=99)) == 0
        with pytest.raises(restoring.UnderWay):
            fallbacks.drop(first, at=now())


class TestAbandon:
    def test_a_restore_that_will_not_succeed_is_given_up(
        self, cast: Cast, archive: Path, monkeypatch: pytest.MonkeyPatch, settings: LazySettings
    ) -> None:
        spoilt = content(cast.jia)
        row = ask(cast.jia, archive)
        break_at(monkeypatch, "proof", after=False)
        with pytest.raises(Killed):
            restoring.run(row)
        connection.check_constraints()
        fallbacks.abandon(Restoring.objects.get(pk=row.pk))
        jia = Tenant.objects.get(slug="jia")
        assert (jia.state, content(jia)) == ("active", spoilt)
        assert not schemas.exists(row.schema_name)
        assert not [path for path in Path(settings.ARCHIVES_ROOT).rglob("*") if path.is_file()]
        assert Restoring.objects.get(pk=row.pk).error.startswith("Killed")
        ask(cast.jia, archive)

    def test_not_once_the_new_content_is_in_force(
        self, cast: Cast, archive: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        row = ask(cast.jia, archive)
        break_at(monkeypatch, "files", after=False)
        with pytest.raises(Killed):
            restoring.run(row)
        with pytest.raises(fallbacks.TooLateToAbandon):
            fallbacks.abandon(Restoring.objects.get(pk=row.pk))
        assert Restoring.objects.get(pk=row.pk).lease_until is None

    def test_a_fallback_that_did_not_return_is_still_one(
        self, cast: Cast, archive: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = restoring.run(ask(cast.jia, archive))
        row = fallbacks.ask_back(cast.jia, by="tests", reason="试")
        break_at(monkeypatch, "swap", after=False)
        with pytest.raises(Killed):
            restoring.run(row)
        fallbacks.abandon(Restoring.objects.get(pk=row.pk))
        assert schemas.exists(first.former_schema)
        assert [each.pk for each in fallbacks.of_tenant(cast.jia)] == [first.pk]


def test_an_import_that_the_archive_caught_in_the_middle_goes_on(cast: Cast, tmp_path: Path) -> None:
    with context.inside(cast.jia):
        batch = Batch.objects.create(file_name="a.xlsx", by_name="甲", state=Batch.State.RUNNING, total=0)
        portability.export(tmp_path / "a.zip", at=now())
    restoring.run(ask(cast.jia, tmp_path / "a.zip"))
    run_jobs()
    with context.inside(Tenant.objects.get(slug="jia")):
        assert Batch.objects.get(pk=batch.pk).state == Batch.State.DONE


def test_the_worker_restores_as_well(cast: Cast, archive: Path) -> None:
    row = ask(cast.jia, archive)
    tasks.restore(restoring_id=row.pk)
    assert content(Tenant.objects.get(slug="jia")) == said_by(archive)


def test_a_workspace_that_is_being_restored_answers_503(
    cast: Cast, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = ask(cast.jia, archive)
    break_at(monkeypatch, "files", after=False)
    with pytest.raises(Killed):
        restoring.run(row)
    answer = Client("jia").get("/sign-in/")
    assert (answer.status_code, bool(answer["Retry-After"])) == (503, True)


@pytest.mark.parametrize(
    ("slug", "kind"), [("jia", opening.SlugTaken), ("admin", ValidationError), ("x'", ValidationError)]
)
def test_a_clone_needs_a_good_address_of_its_own(cast: Cast, slug: str, kind: type[Exception]) -> None:
    tenants = Tenant.objects.count()
    with pytest.raises(kind):
        cloning.ask(cast.jia, slug=slug, name="甲二", by="tests")
    assert Tenant.objects.count() == tenants
