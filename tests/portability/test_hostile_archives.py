"""An archive is somebody's file until it is proved: every lie is refused, by name, and leaves nothing behind."""

import hashlib
import io
import json
import random
import struct
import zipfile
from pathlib import Path

import pytest

from shared.clock import now
from tenants import context
from tenants.models import Tenant
from tests.portability.conftest import fill
from tests.portability.tampering import data_of, entries, flip, lie, rewrite, with_names
from tests.support.cast import Cast
from workspace import portability
from workspace.accounts.models import User
from workspace.portability import ArchiveRefused, Limits, refusals
from workspace.portability.uploads import safe

KINDS = [
    "data/members_member.jsonl", "tables/members_member.csv", "uploads/2026/会议 照片.jpg", "fields.csv", "README.txt",
    "manifest.json", "manifest.mac",
]  # fmt: skip


@pytest.fixture
def full(cast: Cast) -> Tenant:
    """Something of everything, without months of work: what is judged here is the archive."""
    fill(cast.jia, months=0)
    return cast.jia


def refused(tenant: Tenant, archive: Path, kind: type[Exception] = ArchiveRefused, **limits: int) -> str:
    with pytest.raises(kind) as raised:
        portability.check(archive, of=tenant.workspace, limits=Limits(**limits))
    return str(raised.value)


def test_a_sound_archive_is_proved(full: Tenant, archive: Path) -> None:
    assert portability.check(archive, of=full.workspace).rows > 0


@pytest.mark.parametrize("name", KINDS)
def test_a_flipped_bit_in_any_kind_of_entry_is_found_and_named(full: Tenant, archive: Path, name: str) -> None:
    start, end = data_of(archive, name)
    flip(archive, (start + end) // 2)
    assert name.rpartition("/")[2] in refused(full, archive)


@pytest.mark.parametrize("name", KINDS[:5])
def test_an_entry_replaced_by_a_well_formed_other_one_is_found(full: Tenant, archive: Path, name: str) -> None:
    body = entries(archive)[name]
    rewrite(archive, {name: body[:-1] + bytes([body[-1] ^ 1])})
    assert name in refused(full, archive, refusals.DigestDiffers)


@pytest.mark.parametrize("name", KINDS)
def test_a_missing_entry_is_named(full: Tenant, archive: Path, name: str) -> None:
    rewrite(archive, {name: None})
    assert name in refused(full, archive, refusals.EntryMissing)


def test_an_entry_that_nobody_listed_is_named(full: Tenant, archive: Path) -> None:
    rewrite(archive, {"uploads/run.exe": b"MZ"})
    assert "uploads/run.exe" in refused(full, archive, refusals.EntryUnknown)


def test_an_entry_of_another_length_is_named(full: Tenant, archive: Path) -> None:
    rewrite(archive, {"uploads/空.txt": b"x"})
    assert "1 字节" in refused(full, archive, refusals.SizeDiffers)


def test_no_flipped_bit_anywhere_changes_what_is_restored(full: Tenant, archive: Path, tmp_path: Path) -> None:
    """Anywhere in the file: either it is refused by name, or the bit was no part of the content (a date in the ZIP)."""
    rng, whole = random.Random(7), archive.read_bytes()  # noqa: S311 - repeatable on purpose
    said = portability.check(archive, of=full.workspace)
    caught = 0
    for _try in range(400):
        broken = tmp_path / "broken.zip"
        broken.write_bytes(whole)
        flip(broken, rng.randrange(len(whole)), rng.randrange(8))
        try:
            assert portability.check(broken, of=full.workspace) == said
        except ArchiveRefused:
            caught += 1
    assert caught > 200


def test_a_table_of_contents_of_a_version_that_nobody_knows_is_refused(full: Tenant, archive: Path) -> None:
    whole = bytearray(archive.read_bytes())
    whole[whole.rfind(b"PK\x01\x02") + 6] = 255  # APPNOTE 4.3.12: version needed to extract
    archive.write_bytes(whole)
    refused(full, archive, refusals.EntryDamaged)


@pytest.mark.parametrize("share", [0.001, 0.1, 0.5, 0.9, 0.999])
def test_a_file_that_was_cut_off_is_said_to_be(full: Tenant, archive: Path, share: float) -> None:
    archive.write_bytes(archive.read_bytes()[: int(archive.stat().st_size * share)])
    assert "中断" in refused(full, archive, refusals.CutOff)


@pytest.mark.parametrize("body", [b"", b"P", b"hello", b"\x00" * 100_000, b"%PDF-1.7\n", b"\x1f\x8b" + b"x" * 50])
def test_what_is_no_archive_is_said_to_be_none(full: Tenant, tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(body)
    assert "ZIP" in refused(full, path, refusals.NotAnArchive)


def test_a_zip_that_is_no_archive_lacks_a_manifest(full: Tenant, tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("holiday.jpg", b"x")
    assert "manifest.json" in refused(full, path, refusals.EntryMissing)


def test_a_file_that_is_not_there_is_an_error_of_its_own(full: Tenant, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        portability.check(tmp_path / "none.zip", of=full.workspace)


def test_another_workspaces_archive_is_refused_by_name(full: Tenant, cast: Cast, archive: Path) -> None:
    assert "jia单位" in refused(cast.yan, archive, refusals.OtherWorkspace)


def test_an_archive_that_only_claims_to_be_ones_own_is_forged(full: Tenant, cast: Cast, archive: Path) -> None:
    lie(archive, lambda said: said["workspace"].update(uuid=str(cast.yan.uuid)), signed_by=full.workspace)
    assert "签名" in refused(cast.yan, archive, refusals.Forged)


def test_a_signature_made_with_another_key_is_forged(full: Tenant, cast: Cast, archive: Path) -> None:
    lie(archive, lambda said: None, signed_by=cast.yan.workspace)
    refused(full, archive, refusals.Forged)


@pytest.mark.parametrize(
    "lying",
    [
        lambda said: said["tables"]["members_member"].update(rows=1),
        lambda said: said["entries"].pop("data/members_member.jsonl"),
        lambda said: said["entries"]["data/members_member.jsonl"].update(sha256="0" * 64),
        lambda said: said["tables"].pop("members_member"),
        lambda said: said["migrations"].append(["members", "0099_backdoor"]),
        lambda said: said.update(created_at="2020-01-01T00:00:00+00:00"),
        lambda said: said["workspace"].update(name="别人"),
    ],
)
def test_a_manifest_that_lies_has_no_signature(full: Tenant, archive: Path, lying) -> None:
    lie(archive, lying)
    with pytest.raises((refusals.Forged, refusals.ManifestDamaged)):
        portability.check(archive, of=full.workspace)


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"format": "tongxin-workspace", "version": 1}',
        b'{"format": "tongxin-workspace", "version": 1, "workspace": {"uuid": "x", "name": "", "slug": ""}}',
        b'{"format": "other"}', b'{"format": "tongxin-workspace", "version": 1, "tables": 7, "workspace": []}',
    ],
)  # fmt: skip
def test_a_manifest_that_cannot_be_read_is_said_to_be_damaged(full: Tenant, archive: Path, raw: bytes) -> None:
    rewrite(archive, {"manifest.json": raw})
    assert "清单" in refused(full, archive, refusals.ManifestDamaged)


def test_a_format_of_the_future_is_said_to_be_one(full: Tenant, archive: Path) -> None:
    lie(archive, lambda said: said.update(version=2))
    assert "第 2 版" in refused(full, archive, refusals.OtherFormat)


class TestSigned:
    """Lies with a good signature: whoever made them had the key. Restoring still judges for itself."""

    def put_back(self, tenant: Tenant, archive: Path, schema: str, tmp_path: Path) -> str:
        with context.entered(context.of_schema(schema), tenant.workspace):
            with pytest.raises(ArchiveRefused) as raised:
                portability.restore(archive, files=tmp_path / "up", at=now())
            assert not User.objects.exists(), "something was written"
        return str(raised.value)

    def test_a_wrong_number_of_rows(self, full: Tenant, archive: Path, empty: str, tmp_path: Path) -> None:
        lie(archive, lambda said: said["tables"]["voice_topic"].update(rows=1), signed_by=full.workspace)
        assert "voice_topic" in self.put_back(full, archive, empty, tmp_path)

    def test_a_table_that_is_not_here(self, full: Tenant, archive: Path, empty: str, tmp_path: Path) -> None:
        rewrite(archive, {"data/pg_authid.jsonl": b""})

        def add(said: dict) -> None:
            said["tables"]["pg_authid"] = {"rows": 0, "columns": ["rolname"], "counter": None}
            said["entries"]["data/pg_authid.jsonl"] = {"bytes": 0, "sha256": hashlib.sha256().hexdigest()}

        lie(archive, add, signed_by=full.workspace)
        assert "pg_authid" in self.put_back(full, archive, empty, tmp_path)

    def test_a_table_that_is_not_there(self, full: Tenant, archive: Path, empty: str, tmp_path: Path) -> None:
        lie(archive, lambda said: said["tables"].pop("voice_reply"), signed_by=full.workspace)
        assert "voice_reply" in self.put_back(full, archive, empty, tmp_path)

    def test_other_columns(self, full: Tenant, archive: Path, empty: str, tmp_path: Path) -> None:
        lie(archive, lambda said: said["tables"]["voice_reply"]["columns"].pop(), signed_by=full.workspace)
        assert "voice_reply" in self.put_back(full, archive, empty, tmp_path)

    def test_a_newer_head(self, full: Tenant, archive: Path, empty: str, tmp_path: Path) -> None:
        lie(archive, lambda said: said["migrations"].append(["voice", "0002_later"]), signed_by=full.workspace)
        assert "voice.0002_later" in self.put_back(full, archive, empty, tmp_path)

    def test_an_older_head(self, full: Tenant, archive: Path, empty: str, tmp_path: Path) -> None:
        lie(archive, lambda said: said["migrations"].remove(["voice", "0001_initial"]), signed_by=full.workspace)
        assert "voice.0001_initial" in self.put_back(full, archive, empty, tmp_path)

    @pytest.mark.parametrize(
        ("table", "broken"),
        [
            ("voice_reply", b'{"id":1}'),
            ("voice_reply", b'{"id":"one"}'),
            ("voice_reply", b"not json"),
            ("voice_reply", b'"\xff"'),
            ("access_grant", None),  # points to a unit that is not there
        ],
    )
    def test_rows_that_fit_nowhere(
        self, full: Tenant, archive: Path, empty: str, tmp_path: Path, table: str, broken: bytes | None
    ) -> None:
        name = f"data/{table}.jsonl"
        lines = entries(archive)[name].splitlines()
        if broken is None:
            row = json.loads(lines[0]) | {"unit_id": 999_999}
            broken = json.dumps(row).encode()
        body = b"\n".join([broken, *lines[1:]]) + b"\n"
        rewrite(archive, {name: body})
        digest = hashlib.sha256(body).hexdigest()
        lie(
            archive, lambda said: said["entries"][name].update(bytes=len(body), sha256=digest), signed_by=full.workspace
        )
        assert table in self.put_back(full, archive, empty, tmp_path)


def test_damage_found_at_the_last_entry_leaves_nothing(full: Tenant, archive: Path, empty: str, tmp_path: Path) -> None:
    start, end = data_of(archive, "uploads/2026/会议 照片.jpg")
    flip(archive, (start + end) // 2)
    with context.entered(context.of_schema(empty), full.workspace):
        with pytest.raises(ArchiveRefused):
            portability.restore(archive, files=tmp_path / "up", at=now())
        assert not User.objects.exists()


def test_tables_with_rows_are_not_written_over(full: Tenant, archive: Path, tmp_path: Path) -> None:
    with context.inside(full):
        before = portability.digest().content
        with pytest.raises(refusals.NotEmpty):
            portability.restore(archive, files=tmp_path / "up", at=now())
        assert portability.digest().content == before


HOSTILE_NAMES = [
    "../evil", "uploads/../../evil", "/etc/passwd", "uploads//x", "uploads/./x", "C:/x", "uploads\\x", "uploads/a\x00b",
    "uploads/a\nb",
    "uploads/" + "x" * 256, "uploads/" + "d/" * 600 + "x", "uploads/a.", "uploads/ a", "uploads/e\u0301",
    "uploads/\u202egpj.exe", "", "uploads/a/", "uploads/..\u2215x/..",
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(refusals.UnsafePath):
        safe(name)


@pytest.mark.parametrize("name", ["uploads/../../evil", "/etc/passwd", "uploads/a\\..\\b", "uploads/a:b"])
def test_an_archive_with_such_a_name_is_refused_before_anything_is_read(full: Tenant, archive: Path, name: str) -> None:
    with_names(archive, name)
    refused(full, archive, refusals.UnsafePath)


def test_a_link_in_an_archive_is_refused(full: Tenant, archive: Path) -> None:
    with_names(archive, "uploads/link", link=True)
    assert "uploads/link" in refused(full, archive, refusals.UnsafePath)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_twice_is_refused(full: Tenant, archive: Path) -> None:
    with_names(archive, "manifest.json")
    assert "manifest.json" in refused(full, archive, refusals.NamedTwice)


def test_names_that_one_disk_takes_for_the_same_are_refused(full: Tenant, archive: Path) -> None:
    with_names(archive, "uploads/A.txt", "uploads/a.txt")
    refused(full, archive, refusals.NamedTwice)


class TestBombs:
    def test_a_manifest_of_many_zeros_is_not_unpacked(self, full: Tenant, archive: Path) -> None:
        rewrite(archive, {"manifest.json": b" " * 2_000_000})
        assert archive.stat().st_size < 1_000_000
        assert "manifest.json" in refused(full, archive, refusals.TooLarge, manifest=1_000_000)

    def test_more_than_may_be_unpacked_is_refused_unread(self, full: Tenant, archive: Path) -> None:
        rewrite(archive, {"uploads/zeros": b"\x00" * 5_000_000})
        assert "unpacked" in refused(full, archive, refusals.TooLarge, unpacked=5_000_000)

    def test_an_entry_that_says_it_is_small_stays_small(self, full: Tenant, archive: Path) -> None:
        """The ZIP says 10 bytes where deflate holds five million: only ten are read."""
        rewrite(archive, {"README.txt": b"\x00" * 5_000_000})
        raw = bytearray(archive.read_bytes())
        real, small = struct.pack("<L", 5_000_000), struct.pack("<L", 10)
        archive.write_bytes(bytes(raw).replace(real, small))
        assert "README.txt" in refused(full, archive)

    def test_too_many_entries(self, full: Tenant, archive: Path) -> None:
        assert "entries" in refused(full, archive, refusals.TooLarge, entries=10)

    def test_too_large_a_table_of_contents(self, full: Tenant, archive: Path) -> None:
        assert "directory" in refused(full, archive, refusals.TooLarge, directory=100)

    def test_too_large_a_file(self, full: Tenant, archive: Path) -> None:
        assert "ZIP" in refused(full, archive, refusals.TooLarge, file=100)

    def test_a_zip64_record_that_promises_the_world(self, full: Tenant, tmp_path: Path) -> None:
        path = tmp_path / "x.zip"
        record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 2**40, 2**40, 2**50, 0)
        locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, 4, 1)
        end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
        path.write_bytes(b"PK\x03\x04" + record + locator + end)
        assert "entries" in refused(full, path, refusals.TooLarge)

    def test_an_encrypted_or_oddly_packed_entry_is_damaged(self, full: Tenant, archive: Path) -> None:
        held = entries(archive)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as file:
            for name, body in held.items():
                file.writestr(name, body)
        archive.write_bytes(out.getvalue())
        refused(full, archive, refusals.EntryDamaged)
