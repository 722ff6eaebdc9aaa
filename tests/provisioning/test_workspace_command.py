"""`manage.py workspace`: what an operator types, and what it answers."""

import io
import json
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.db import connection

from provisioning import terminal
from tenants import context
from tenants.models import Tenant
from tests.portability.conftest import fill
from tests.portability.tampering import data_of, flip
from tests.provisioning.test_restoring import Killed, break_at, spoil
from tests.support.cast import Cast
from workspace.archives.files import digest_of
from workspace.organization.models import Unit


@pytest.fixture(autouse=True)
def _files_of_this_test(settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.ARCHIVES_ROOT = tmp_path / "archives"
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def archive(cast: Cast, tmp_path: Path) -> Path:
    fill(cast.jia, months=0)
    path = tmp_path / "jia.zip"
    run("export", "jia", "--to", path)
    spoil(cast.jia)
    return path


def run(*words: object) -> str:
    out = io.StringIO()
    call_command("workspace", *map(str, words), stdout=out)
    return out.getvalue()


def answer(*words: object) -> dict:
    return json.loads(run(*words, "--json"))


def root_name(slug: str) -> str:
    with context.inside(Tenant.objects.get(slug=slug)):
        return Unit.objects.get(depth=1).name


def test_export_says_what_it_wrote(cast: Cast, tmp_path: Path) -> None:
    said = answer("export", "jia", "--to", tmp_path / "a.zip")
    assert said["sha256"] == digest_of(tmp_path / "a.zip")
    assert said["bytes"] == (tmp_path / "a.zip").stat().st_size
    assert (said["workspace"], said["rows"] > 10) == ("jia", True)


def test_export_names_the_file_itself_when_nobody_does(cast: Cast, tmp_path: Path) -> None:
    name = Path(answer("export", "jia")["file"])
    assert name.name.startswith("jia-2") and (tmp_path / name).exists()


def test_verify_finds_the_workspace_by_itself(cast: Cast, archive: Path) -> None:
    said = answer("verify", archive)
    assert (said["verified"], said["workspace"]) == (True, "jia")


def test_restore_and_back(cast: Cast, archive: Path) -> None:
    before = cast.jia.schema_name
    said = answer("restore", "jia", archive, "--reason", "演练")
    assert (said["state"], list(said["steps"])[-1], root_name("jia")) == ("active", "activate", "jia单位党委")
    assert (bool(said["fallback"]), said["behind"]) == (True, False)
    answer("back", "jia", "--reason", "演练完毕")
    assert (root_name("jia"), Tenant.objects.get(slug="jia").schema_name) == ("弄坏了", before)


def test_clone(cast: Cast, archive: Path) -> None:
    said = answer("clone", "jia", "jia-copy", "--name", "甲二")
    assert (said["workspace"], said["state"], said["notes"]["accounts_token.left_behind"]) == ("jia-copy", "active", 1)
    assert root_name("jia-copy") == "弄坏了"


def test_one_that_was_interrupted_is_resumed_or_abandoned(
    cast: Cast, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        with monkeypatch.context() as breaking:
            break_at(breaking, "proof", after=False)
            with pytest.raises(Killed):
                run("restore", "jia", archive, "--reason", "演练")

    broken()
    with pytest.raises(CommandError, match="还没有结束"):
        run("restore", "jia", archive, "--reason", "演练")
    assert answer("abandon", "jia")["state"] == "active"
    assert root_name("jia") == "弄坏了"
    broken()
    assert answer("resume", "jia")["state"] == "active"
    assert root_name("jia") == "jia单位党委"


def test_forget_drops_the_fallback(cast: Cast, archive: Path) -> None:
    run("restore", "jia", archive, "--reason", "演练")
    connection.check_constraints()
    assert answer("forget", "jia")["dropped"] == 1
    with pytest.raises(CommandError, match="没有可以退回"):
        run("back", "jia", "--reason", "x")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("export", "nobody"), "No workspace is called nobody"),
        (("verify", "none.zip"), "none.zip: No such file"),
        (("restore", "jia", "none.zip", "--reason", "x"), "none.zip: No such file"),
        (("restore", "jia", "jia.zip", "--reason", " "), "请写明原因"),
        (("restore", "jia", "jia.zip"), "--reason"),
        (("restore", "yan", "jia.zip", "--reason", "x"), "另一个空间"),
        (("clone", "jia", "yan", "--name", "x"), "已被使用"),
        (("clone", "jia", "admin", "--name", "x"), "保留"),
        (("clone", "jia", "jia-copy", "--name", ""), "null|空白|blank|不能"),
        (("back", "jia", "--reason", "x"), "没有可以退回"),
        (("resume", "jia"), "Nothing is under way"),
        (("abandon", "jia"), "Nothing is under way"),
        (("frobnicate",), "invalid choice"),
        ((), "required"),
    ],
)
def test_a_mistake_is_said_plainly(cast: Cast, archive: Path, words: tuple[str, ...], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        run(*words)


def test_errors_come_as_json_too(cast: Cast, archive: Path) -> None:
    flip(archive, data_of(archive, "data/voice_topic.jsonl")[0] + 3)
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("workspace", "verify", str(archive), "--json", stdout=out)
    said = json.loads(out.getvalue())
    assert said["error"] in {"entry_damaged", "digest_differs", "rows_differ"}
    assert "voice_topic" in said["message"]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_bar_moves_on_a_terminal_and_leaves_a_clean_line() -> None:
    out = Terminal()
    bar = terminal.Bar("export", out)
    bar(0, 100, "members_member")
    bar(1, 100, "members_member")  # too soon after
    bar(100, 100, "")
    bar.close()
    drawn = out.getvalue().split("\r\x1b[K")
    assert drawn[0] == drawn[-1] == ""
    assert [line.split("]")[1].split()[0] for line in drawn[1:-1]] == ["0%", "100%"]


def test_in_a_file_it_is_a_line_now_and_then() -> None:
    out = io.StringIO()
    bar = terminal.Bar("export", out)
    for done in range(101):
        bar(done, 100, "x")
    bar(100, 100, "")
    bar.close()
    assert out.getvalue().count("\n") == 2
    assert "\r" not in out.getvalue()
