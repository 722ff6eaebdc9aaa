"""What goes out comes back the same, to the last byte, whoever looks at it meanwhile."""

import csv
import io
import json
import threading
import zipfile
from pathlib import Path

import pytest
from django.db import connection, connections

from shared.clock import now
from tenants import context, schemas
from tenants.models import Tenant
from tests.portability.conftest import TEXTS, fill, make_empty
from tests.support.cast import PASSWORD, Cast
from workspace import portability
from workspace.accounts.models import Factor, User
from workspace.audit.models import Entry
from workspace.members.models import Batch, Member
from workspace.portability import refusals, uploads
from workspace.voice.models import Topic


def test_export_and_restore_end_in_the_same_content(full: Tenant, archive: Path, empty: str, tmp_path: Path) -> None:
    with context.inside(full):
        before = portability.digest()
    with context.entered(context.of_schema(empty), full.workspace):
        done = portability.restore(archive, files=tmp_path / "up", at=now())
        after = portability.digest(tmp_path / "up")
    assert after.content == before.content == done.manifest.content
    assert after.tables == before.tables
    assert done.manifest.rows > 200
    assert all(done.manifest.tables[name].rows for name in ("members_row", "accounts_token", "activities_checkin"))


def test_every_value_comes_back_as_it_was(full: Tenant, archive: Path, empty: str, tmp_path: Path) -> None:
    def values() -> list[list[dict]]:
        kinds = (User, Factor, Topic, Batch, Entry, Member)
        return [sorted(map(_plain, kind.objects.values()), key=str) for kind in kinds]

    with context.inside(full):
        before = values()
    with context.entered(context.of_schema(empty), full.workspace):
        portability.restore(archive, files=tmp_path / "up", at=now())
        assert values() == before
        assert [topic.text for topic in Topic.objects.filter(title__in=map(str, range(len(TEXTS)))).order_by("pk")][
            -len(TEXTS) :
        ] == TEXTS
        assert User.objects.get(username="member").check_password(PASSWORD)
    photo = tmp_path / "up" / "2026" / "会议 照片.jpg"
    assert photo.read_bytes() == (uploads.folder(full.uuid) / "2026" / "会议 照片.jpg").read_bytes()
    assert (tmp_path / "up" / "空.txt").read_bytes() == b""


def _plain(row: dict) -> dict:
    return {name: bytes(value) if isinstance(value, memoryview) else value for name, value in row.items()}


def test_new_rows_get_numbers_that_nobody_had(full: Tenant, archive: Path, empty: str, tmp_path: Path) -> None:
    with context.inside(full):
        Topic.objects.order_by("-pk").first().delete()
        portability.export(archive, at=now())
        following = Topic.objects.create(**_topic()).pk
    with context.entered(context.of_schema(empty), full.workspace):
        portability.restore(archive, files=tmp_path / "up", at=now())
        assert Topic.objects.create(**_topic()).pk == following


def _topic() -> dict:
    from shared.clock import today
    from workspace.organization.models import Unit

    root = Unit.objects.get(depth=1)
    owner = Cast.user("owner")
    return {"kind": "idea", "title": "新", "by": owner, "unit": root, "asked_at": now(), "due": today()}


def test_two_exports_of_the_same_content_have_one_digest(full: Tenant, tmp_path: Path) -> None:
    with context.inside(full):
        first = portability.export(tmp_path / "1.zip", at=now())
        second = portability.export(tmp_path / "2.zip", at=now().replace(year=2020))
        assert first.content == second.content
        Topic.objects.create(**_topic())
        assert portability.digest().content != first.content


def test_an_archive_of_what_was_destroyed_brings_it_back(full: Tenant, archive: Path, tmp_path: Path) -> None:
    with context.inside(full):
        before = portability.digest().content
    schemas.drop(full.schema_name)
    fresh = make_empty()
    with context.entered(context.of_schema(fresh), full.workspace):
        portability.restore(archive, files=tmp_path / "up", at=now())
        assert portability.digest(tmp_path / "up").content == before


def test_the_tables_for_people_say_words_and_compute_nothing(archive: Path) -> None:
    with zipfile.ZipFile(archive) as file:
        raw = {name: file.read(name) for name in file.namelist()}
    assert all(body.startswith(b"\xef\xbb\xbf") for name, body in raw.items() if name.endswith(".csv"))
    people = list(csv.DictReader(io.StringIO(raw["tables/members_member.csv"].decode("utf-8-sig"))))
    wang = next(row for row in people if row["姓名"] == "王党员")
    assert (wang["人员类别"], wang["流动党员"], wang["家庭住址"]) == ("正式党员", "否", '"=1+1')
    assert {row["性别"] for row in people if row["性别"]} == {"男", "女"}
    topics = list(csv.DictReader(io.StringIO(raw["tables/voice_topic.csv"].decode("utf-8-sig"))))
    assert {row["正文"] for row in topics} >= {"'=1+1", "'@x", "a\nb\r\nc"}
    assert not any(cell.startswith(("=", "+", "@")) for row in topics for cell in row.values())


def test_no_secret_leaves_readable(full: Tenant, archive: Path) -> None:
    with context.inside(full):
        hashes = [user.password for user in User.objects.all()]
        sealed = Factor.objects.get().secret
    with zipfile.ZipFile(archive) as file:
        everything = b"".join(file.read(name) for name in file.namelist()).decode("utf-8", "replace")
        sheets = "".join(file.read(name).decode() for name in file.namelist() if name.startswith("tables/"))
        assert not any(name.endswith(("session.csv", "session.jsonl")) for name in file.namelist())
    assert not any(each in everything for each in hashes if each)
    assert sealed not in sheets and "pbkdf2" not in everything and "md5$" not in everything


def test_the_dictionary_says_what_every_column_holds(archive: Path) -> None:
    with zipfile.ZipFile(archive) as file:
        rows = list(csv.DictReader(io.StringIO(file.read("fields.csv").decode("utf-8-sig"))))
    by_name = {(row["表"], row["列"]): row for row in rows}
    number = by_name["members_member", "citizen_number"]
    assert (number["列名"], number["内容"]) == ("公民身份号码", "个人信息")
    assert by_name["members_member", "unit_id"]["指向"] == "organization_unit"
    assert "full=正式党员" in by_name["members_member", "category"]["取值"]


def test_the_manifest_says_what_is_in_it(full: Tenant, archive: Path) -> None:
    with zipfile.ZipFile(archive) as file:
        said = json.loads(file.read("manifest.json"))
        names = set(file.namelist())
        lines = file.read("data/members_member.jsonl").count(b"\n")
    assert said["workspace"]["uuid"] == str(full.uuid)
    assert set(said["entries"]) | {"manifest.json", "manifest.mac"} == names
    assert said["tables"]["members_member"]["rows"] == lines
    assert ["members", "0001_initial"] in said["migrations"]
    assert "accounts_session" in said["left_out"]
    assert {"uploads/2026/会议 照片.jpg", "uploads/空.txt"} <= names


def test_only_its_owner_may_read_the_file(archive: Path) -> None:
    assert archive.stat().st_mode & 0o777 == 0o600


def test_progress_ends_at_the_end(full: Tenant, empty: str, tmp_path: Path) -> None:
    said: list[tuple[int, int, str]] = []
    with context.inside(full):
        portability.export(tmp_path / "a.zip", at=now(), progress=lambda *words: said.append(words))
    assert said[-1][0] == said[-1][1] > 0
    assert [done for done, _total, _what in said] == sorted(done for done, _total, _what in said)
    assert "members_member" in {what for _done, _total, what in said}


def test_a_failure_half_way_leaves_no_file(full: Tenant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from workspace.portability import exporting

    def full_disk(*_anything: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exporting.people, "readme", full_disk)
    with context.inside(full), pytest.raises(OSError):
        portability.export(tmp_path / "half" / "a.zip", at=now())
    assert list((tmp_path / "half").iterdir()) == []


def test_a_full_disk_is_said_before_anything_is_written(
    full: Tenant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from workspace.portability import writing

    monkeypatch.setattr(writing, "_SPARE", 2**60)
    with context.inside(full), pytest.raises(refusals.NoRoom) as refused:
        portability.export(tmp_path / "new" / "a.zip", at=now())
    assert "磁盘空间不足" in str(refused.value)
    assert not (tmp_path / "new").exists()


def test_a_workspace_whose_key_is_gone_exports_nothing(full: Tenant, tmp_path: Path) -> None:
    full.sealed_key = None
    with context.inside(full), pytest.raises(refusals.NoKey):
        portability.export(tmp_path / "a.zip", at=now())


def test_a_schema_without_tables_is_said(full: Tenant, tmp_path: Path) -> None:
    schemas.drop(full.schema_name)
    schemas.create(full.schema_name)
    with context.inside(full), pytest.raises(refusals.NothingHere):
        portability.export(tmp_path / "a.zip", at=now())


def test_links_among_the_uploads_are_not_followed(full: Tenant, tmp_path: Path) -> None:
    (uploads.folder(full.uuid) / "link").symlink_to("/etc/passwd")
    with context.inside(full), pytest.raises(refusals.UnsafePath):
        portability.export(tmp_path / "a.zip", at=now())


class TestOneInstant:
    """On real connections: what somebody writes meanwhile is in the archive as a whole or not at all."""

    def test_an_export_sees_one_instant_and_stops_nobody(self, seen: Tenant, tmp_path: Path) -> None:
        fill(seen)
        wrote = threading.Event()

        def write(done: int, _total: int, what: str) -> None:
            # After the first tables are out: a topic and its reply, as one change.
            if what == "voice_topic" and not wrote.is_set():
                thread = threading.Thread(target=_write, args=(seen, wrote))
                thread.start()
                thread.join(10)

        with context.inside(seen, snapshot=True):
            first = portability.digest()
            made = portability.export(tmp_path / "a.zip", at=now(), progress=write)
        assert wrote.is_set(), "the writer had to wait"
        assert made.content == first.content
        with context.inside(seen):
            assert portability.digest().content != first.content

    def test_without_a_snapshot_writers_wait_until_the_export_is_done(self, seen: Tenant, tmp_path: Path) -> None:
        wrote = threading.Event()
        thread = threading.Thread(target=_write, args=(seen, wrote))
        with context.inside(seen):
            before = portability.export(tmp_path / "a.zip", at=now())
            thread.start()
            assert not wrote.wait(0.5)
            assert portability.digest().content == before.content
        thread.join(10)
        assert wrote.is_set()


def _write(tenant: Tenant, wrote: threading.Event) -> None:
    try:
        with context.inside(tenant):
            Topic.objects.create(**_topic())
        wrote.set()
    finally:
        connections.close_all()
        connection.close()
