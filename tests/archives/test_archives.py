"""Export everything: who may, one at a time, what is shown meanwhile, what is kept, and what is written down."""

import io
import os
import time
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import LazySettings
from django.db import OperationalError, connections

from provisioning import restoring, sweeping
from shared import queue
from shared.clock import now
from tenants import context, lifecycle
from tenants.models import Tenant
from tests.support.cast import Cast, Client
from tests.support.committing import committed, opened
from tests.support.jobs import run_jobs
from workspace import portability
from workspace.access.models import Grant, Role
from workspace.accounts import tokens
from workspace.archives import actions, files
from workspace.archives.models import Archive
from workspace.audit.models import Entry
from workspace.organization.models import Unit
from workspace.portability import tasks

API = "/api/v1/archives/"


@pytest.fixture(autouse=True)
def _files_of_this_test(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.ARCHIVES_ROOT = tmp_path / "archives"


@pytest.fixture
def owner(cast: Cast) -> Client:
    return cast.signed_in("owner")


def made(cast: Cast, client: Client) -> Archive:
    """One that was asked for on the page and made by the worker."""
    client.post("/archives/new/")
    run_jobs()
    with context.inside(cast.jia):
        return Archive.objects.latest("pk")


def body_of(answer) -> bytes:
    return b"".join(answer.streaming_content)


def verbs(cast: Cast) -> list[str]:
    with context.inside(cast.jia):
        return list(Entry.objects.filter(verb__startswith="archive.").order_by("pk").values_list("verb", flat=True))


def lying(settings: LazySettings) -> list[str]:
    return sorted(path.suffix for path in Path(settings.ARCHIVES_ROOT).rglob("*") if path.is_file())


def test_an_administrator_takes_everything_away(cast: Cast, owner: Client, tmp_path: Path) -> None:
    archive = made(cast, owner)
    assert (archive.state, archive.by_name) == ("done", "管理员")
    page = owner.get("/archives/").content.decode()
    assert archive.digest in page
    assert "开始导出" in page
    answer = owner.get(f"/archives/{archive.pk}/file/")
    assert answer["Content-Type"] == "application/zip"
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Disposition"].startswith('attachment; filename="jia-2')
    body = body_of(answer)
    assert len(body) == archive.bytes
    (tmp_path / "down.zip").write_bytes(body)
    assert files.digest_of(tmp_path / "down.zip") == archive.digest
    assert portability.check(tmp_path / "down.zip", of=cast.jia.workspace).workspace == cast.jia.uuid
    assert "jia单位" in zipfile.ZipFile(io.BytesIO(body)).read("tables/organization_unit.csv").decode()
    assert verbs(cast) == ["archive.asked", "archive.made", "archive.taken"]


def test_the_page_says_that_restoring_is_the_operators(owner: Client) -> None:
    page = owner.get("/archives/").content.decode()
    assert "从备份恢复" in page
    assert "由平台运营方操作" in page
    assert 'type="file"' not in page


def test_one_at_a_time(cast: Cast, owner: Client) -> None:
    owner.post("/archives/new/")
    page = owner.post("/archives/new/", follow=True).content.decode()
    assert "已有一份存档正在等复核或导出" in page
    assert "排队中" in page
    with context.inside(cast.jia):
        assert Archive.objects.count() == 1
    assert owner.post(API).json()["code"] == "one_at_a_time"
    assert owner.post(API).status_code == 409


def test_the_bar_shows_how_far_it_is(cast: Cast, owner: Client) -> None:
    owner.post("/archives/new/")
    with context.inside(cast.jia):
        archive = Archive.objects.get()
        files.note(archive.token, 40, 200, "党员")
    bar = owner.get(f"/archives/{archive.pk}/progress/", HTTP_HX_REQUEST="true").content.decode()
    assert "40 / 200" in bar and "党员" in bar and 'value="20"' in bar and "hx-get" in bar
    assert owner.get(f"/archives/{archive.pk}/progress/").status_code == 302
    run_jobs()
    ended = owner.get(f"/archives/{archive.pk}/progress/", HTTP_HX_REQUEST="true").content.decode()
    assert "已完成" in ended and "hx-get" not in ended


def test_an_export_that_stands_still_says_so(cast: Cast, owner: Client) -> None:
    owner.post("/archives/new/")
    assert "没有动静" not in owner.get("/archives/").content.decode()
    with time_machine.travel(now() + timedelta(minutes=3)):
        assert "没有动静" in owner.get("/archives/").content.decode()


def test_a_waiting_export_can_be_cancelled(cast: Cast, owner: Client, settings: LazySettings) -> None:
    owner.post("/archives/new/")
    with context.inside(cast.jia):
        archive = Archive.objects.get()
    page = owner.post(f"/archives/{archive.pk}/delete/", follow=True).content.decode()
    assert "已取消" in page
    run_jobs()
    with context.inside(cast.jia):
        assert not Archive.objects.exists()
    assert lying(settings) == []
    gone = owner.get(f"/archives/{archive.pk}/progress/", HTTP_HX_REQUEST="true").content.decode()
    assert "已取消" in gone


def test_deleting_asks_first_and_takes_the_file_with_it(
    cast: Cast, owner: Client, settings: LazySettings, django_capture_on_commit_callbacks
) -> None:
    archive = made(cast, owner)
    assert "不能找回" in owner.post(f"/archives/{archive.pk}/delete/").content.decode()
    assert ".zip" in lying(settings)
    with django_capture_on_commit_callbacks(execute=True):
        owner.post(f"/archives/{archive.pk}/delete/", {"confirmed": "yes"})
    with context.inside(cast.jia):
        assert not Archive.objects.exists()
    assert lying(settings) == []
    assert owner.get(f"/archives/{archive.pk}/file/").status_code == 404


def test_the_last_few_are_kept(cast: Cast, owner: Client) -> None:
    tokens_made = [made(cast, owner).token for _each in range(actions.KEPT + 2)]
    with context.inside(cast.jia):
        kept = list(Archive.objects.order_by("pk").values_list("token", flat=True))
    assert kept == tokens_made[-actions.KEPT :]


def test_a_failed_export_says_why_and_leaves_no_file(
    cast: Cast, owner: Client, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from workspace.portability import writing

    with monkeypatch.context() as full_disk:
        full_disk.setattr(writing, "_SPARE", 2**60)
        archive = made(cast, owner)
    assert (archive.state, "磁盘空间不足" in archive.failure) == ("failed", True)
    assert "磁盘空间不足" in owner.get("/archives/").content.decode()
    assert lying(settings) == []
    assert owner.get(f"/archives/{archive.pk}/file/").status_code == 409
    assert made(cast, owner).state == "done"
    with context.inside(cast.jia):
        assert Archive.objects.count() == 1, "what failed is forgotten once one succeeds"


def test_a_file_that_is_gone_is_said_to_be(cast: Cast, owner: Client) -> None:
    archive = made(cast, owner)
    with context.inside(cast.jia):
        files.path_of(archive.token).unlink()
    answer = owner.get(f"/archives/{archive.pk}/file/")
    assert (answer.status_code, "已经不在了" in answer.content.decode()) == (410, True)


def test_a_job_that_runs_twice_makes_one_archive(cast: Cast, owner: Client) -> None:
    archive = made(cast, owner)
    with context.inside(cast.jia):
        tasks.make(archive.pk)
        assert Archive.objects.get().digest == archive.digest
    assert verbs(cast).count("archive.made") == 1


class TestWhoMay:
    def test_nobody_but_an_administrator_sees_that_there_is_such_a_page(self, cast: Cast, owner: Client) -> None:
        archive = made(cast, owner)
        for person in ("secretary", "member", "stranger"):
            client = cast.signed_in(person)
            for path in ("", f"{archive.pk}/file/", f"{archive.pk}/progress/", f"{archive.pk}/delete/"):
                assert client.get(f"/archives/{path}").status_code == 404, (person, path)
            assert client.post("/archives/new/").status_code == 404
            assert client.post(f"/archives/{archive.pk}/delete/", {"confirmed": "yes"}).status_code == 404
            for path in (API, f"{API}{archive.pk}/", f"{API}{archive.pk}/file/"):
                assert client.get(path).status_code == 404, (person, path)
            assert client.post(API).status_code == 404
            assert client.delete(f"{API}{archive.pk}/").status_code == 404
            assert 'href="/archives/"' not in client.get("/").content.decode()

    def test_an_administrator_of_a_part_is_told_that_it_takes_the_whole(self, cast: Cast) -> None:
        with context.inside(cast.jia):
            branch = Unit.objects.get(name="第一党支部")
            Grant.objects.create(user=Cast.user("secretary"), role=Role.ADMIN, unit=branch)
        client = cast.signed_in("secretary")
        for answer in (client.get("/archives/"), client.post("/archives/new/"), client.get(API), client.post(API)):
            assert answer.status_code == 403
            assert "整个单位的管理员" in answer.content.decode() or "整个单位的管理员" in answer.json()["message"]

    def test_the_neighbours_administrator_sees_nothing_of_it(self, cast: Cast, owner: Client) -> None:
        archive = made(cast, owner)
        neighbour = cast.signed_in("owner", at="yan")
        assert neighbour.get(f"/archives/{archive.pk}/file/").status_code == 404
        assert archive.digest not in neighbour.get("/archives/").content.decode()
        assert neighbour.get(API).json()["results"] == []

    def test_no_address_leads_to_the_file_but_the_one_that_asks(self, cast: Cast, owner: Client) -> None:
        archive = made(cast, owner)
        with context.inside(cast.jia):
            name = files.path_of(archive.token).name
        for path in (f"/media/{name}", f"/archives/{name}", f"/static/{name}", f"/media/{cast.jia.uuid}/{name}"):
            assert Client("jia").get(path).status_code in {302, 404}
            assert owner.get(path).status_code == 404
        with context.inside(cast.jia):
            assert files.folder().stat().st_mode & 0o077 == 0
        assert archive.token not in owner.get("/archives/").content.decode()


class TestApi:
    def token(self, cast: Cast, *scopes: str) -> dict[str, str]:
        with context.inside(cast.jia):
            _row, text = tokens.issue(by=Cast.user("owner"), name="备份", scopes=list(scopes), expires_at=None)
        return {"HTTP_AUTHORIZATION": f"Bearer {text}"}

    def test_a_program_makes_fetches_and_deletes(self, cast: Cast) -> None:
        key, client = self.token(cast, "archives:read", "archives:write"), Client("jia")
        asked = client.post(API, **key)
        assert asked.status_code == 202
        address = f"{API}{asked.json()['id']}/"
        assert client.get(address, **key).json()["state"] == "waiting"
        early = client.get(f"{address}file/", **key)
        assert (early.status_code, early.json()["code"]) == (409, "not_ready")
        run_jobs()
        said = client.get(address, **key).json()
        assert (said["state"], len(said["digest"]), said["done"]) == ("done", 64, None)
        assert len(body_of(client.get(f"{address}file/", **key))) == said["bytes"]
        assert [row["id"] for row in client.get(API, **key).json()["results"]] == [said["id"]]
        assert "token" not in said
        assert client.delete(address, **key).status_code == 204
        assert client.get(address, **key).status_code == 404
        assert verbs(cast) == ["archive.asked", "archive.made", "archive.taken", "archive.deleted"]

    def test_a_token_without_the_scope_is_refused(self, cast: Cast) -> None:
        key, client = self.token(cast, "members:read", "archives:read"), Client("jia")
        assert client.get(API, **key).status_code == 200
        assert client.post(API, **key).status_code == 403
        assert client.get(API, **self.token(cast, "members:read")).status_code == 403

    def test_bad_keys_are_not_found(self, owner: Client) -> None:
        for key in ("0", "999999", "-1", "x", "1%27"):
            assert owner.get(f"{API}{key}/").status_code == 404


class TestAtRest:
    def test_a_read_only_workspace_is_still_taken_away(self, cast: Cast, owner: Client) -> None:
        lifecycle.move(cast.jia, to="read_only", by="tests", reason="试")
        archive = made(cast, owner)
        assert archive.state == "done"
        assert owner.get(f"/archives/{archive.pk}/file/").status_code == 200
        assert owner.post(API).status_code == 202


class TestSweeping:
    def test_expired_ones_go_with_their_files(self, cast: Cast, owner: Client, settings: LazySettings) -> None:
        archive = made(cast, owner)
        assert sweeping.sweep_archives(at=archive.expires_at - timedelta(seconds=1)) == 0
        assert sweeping.sweep_archives(at=archive.expires_at) == 1
        with context.inside(cast.jia):
            assert not Archive.objects.exists()
        assert verbs(cast)[-1] == "archive.expired"

    def test_files_that_no_row_speaks_of_go_when_they_are_as_old(self, cast: Cast, settings: LazySettings) -> None:
        with context.inside(cast.jia):
            folder = files.folder()
        folder.mkdir(parents=True)
        old, young = folder / "lost.zip", folder / "fresh.zip.part"
        for path in (old, young):
            path.write_bytes(b"x")
        long_ago = time.time() - actions.LIFETIME.total_seconds() - 60
        os.utime(old, (long_ago, long_ago))
        assert sweeping.sweep_archives(at=now()) == 1
        assert (old.exists(), young.exists()) == (False, True)

    def test_the_folder_of_a_workspace_that_is_no_more_goes_whole(self, cast: Cast, settings: LazySettings) -> None:
        root = Path(settings.ARCHIVES_ROOT)
        stranger = root / "0b0b0b0b-0000-4000-8000-000000000000"
        for folder in (stranger, root / ".restoring"):
            folder.mkdir(parents=True)
            (folder / "x.zip").write_bytes(b"x")
        sweeping.sweep_archives(at=now())
        assert not stranger.exists()
        assert (root / ".restoring" / "x.zip").exists()

    def test_a_suspended_workspace_is_left_alone(self, cast: Cast, owner: Client) -> None:
        archive = made(cast, owner)
        lifecycle.move(cast.jia, to="suspended", by="tests", reason="试")
        assert sweeping.sweep_archives(at=archive.expires_at) == 0

    def test_archives_from_before_a_restore_stay_until_they_expire(
        self, cast: Cast, owner: Client, settings: LazySettings
    ) -> None:
        archive = made(cast, owner)
        with context.inside(cast.jia):
            path = files.path_of(archive.token)
        restoring.run(restoring.ask(cast.jia, path, by="tests", reason="试"))
        sweeping.sweep_archives(at=now())
        assert path.exists()
        sweeping.sweep_archives(at=now() + actions.LIFETIME + timedelta(minutes=1))
        assert not path.exists()


class TestOnRealConnections:
    @pytest.fixture
    def seen(self, transactional_db: None) -> Tenant:
        with committed():
            yield opened("seen")

    def test_the_task_sees_one_instant(self) -> None:
        assert queue.registry["archives.make"].snapshot

    def test_one_that_is_cancelled_while_it_is_made_leaves_no_file(
        self, seen: Tenant, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        import threading

        with context.inside(seen):
            archive = actions.ask(by=Cast.user("owner"), at=now())

        def cancel() -> None:
            with context.inside(seen):
                actions.delete(Archive.objects.get(), by=Cast.user("owner"))
            connections.close_all()

        whole = portability.export

        def export(*args: object, **named: object) -> object:
            said = whole(*args, **named)
            thread = threading.Thread(target=cancel)
            thread.start()
            thread.join(10)
            return said

        monkeypatch.setattr(tasks.portability, "export", export)
        with pytest.raises((OSError, OperationalError)), context.inside(seen, snapshot=True):
            tasks.make(archive.pk)
        with context.inside(seen):
            assert not Archive.objects.exists()
            tasks.make(archive.pk)
        assert ".zip" not in lying(settings)

    def test_twenty_who_press_at_once_get_one(self, seen: Tenant) -> None:
        from tests.provisioning.test_rivalry import at_once

        def press(_index: int) -> object:
            with context.inside(seen):
                return actions.ask(by=Cast.user("owner"), at=now()).pk

        answers = at_once(press, 20)
        assert sum(isinstance(answer, int) for answer in answers) == 1
        assert sum(isinstance(answer, actions.OneAtATime) for answer in answers) == 19
