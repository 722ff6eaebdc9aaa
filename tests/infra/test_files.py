"""What surrounds the application is well formed, as far as a checker for it is on this machine."""

import configparser
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.db import connection

from benchmarks.rollout.server import CONF, read
from tests.architecture.sources import ROOT

INFRA = ROOT / "infra"
SCRIPTS = sorted(INFRA.rglob("*.sh"))
UNITS = sorted((INFRA / "systemd").iterdir())


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_parses_may_be_run_and_stops_at_an_error(script: Path) -> None:
    subprocess.run(["sh", "-n", script], check=True)
    assert script.stat().st_mode & 0o111
    assert re.search(r"^set -e?u", script.read_text(), re.M)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_systemd_understands_the_unit(unit: Path, tmp_path: Path) -> None:
    text = unit.read_text()
    # The project is not at its place here, and systemd asks whether a program is there.
    text = re.sub(r"/srv/tongxin/\S*(python|\.sh)", shutil.which("true") or "/bin/true", text)
    # A unit is judged with those it names.
    for other in UNITS:
        (tmp_path / other.name).write_text(other.read_text())
    here = tmp_path / unit.name.replace("@.", "@1.")
    here.write_text(text)
    if unit.suffix == ".timer":
        service = (INFRA / "systemd" / f"{unit.stem}.service").read_text()
        (tmp_path / f"{unit.stem}.service").write_text(re.sub(r"/srv/tongxin/\S*\.sh", "/bin/true", service))
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", here], capture_output=True, text=True, check=False)
    said = [line for line in done.stderr.splitlines() if unit.name.split(".")[0].strip("@") in line]
    assert not said, done.stderr


def test_every_unit_names_a_file_of_this_project() -> None:
    for unit in UNITS:
        for path in re.findall(r"ExecStart=/srv/tongxin/(infra/\S+)|-c (infra/\S+)", unit.read_text()):
            assert all((ROOT / one).exists() for one in path if one), unit.name


def test_postgresql_knows_every_setting_and_takes_its_value(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_settings")
        known = {name for (name,) in cursor.fetchall()}
    assert set(read()) <= known
    if not settings.EMBEDDED:
        pytest.skip("needs the embedded server's programs")
    programs, data = settings.CLUSTER.programs, settings.CLUSTER.data
    for name in read():
        command = [programs / "postgres", "-C", name, "-D", data, f"--config-file={CONF}"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0 or "server is running" in done.stderr or "runtime-computed" in done.stderr, (
            name + done.stderr
        )


def test_every_setting_says_why() -> None:
    """A comment stands before each group of settings."""
    for block in CONF.read_text().split("\n\n"):
        assert block.lstrip().startswith("#"), block


@pytest.mark.parametrize("file", sorted(INFRA.rglob("compose.yaml")), ids=lambda path: path.parent.name)
def test_a_compose_file_refers_to_what_is_there(file: Path) -> None:
    found = yaml.safe_load(file.read_text())
    volumes, services = set(found.get("volumes", {})), found["services"]
    for name, service in services.items():
        assert "image" in service, name
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert source in volumes or (file.parent / source).exists(), f"{name}: {source}"
        assert set(service.get("depends_on", {})) <= set(services)
        for port in service.get("ports", []):
            assert port.startswith("127.0.0.1:"), f"{name} listens to the world"


def test_pgbouncer_pools_by_transaction_and_resets_nothing() -> None:
    parser = configparser.ConfigParser(interpolation=None, comment_prefixes=(";",))
    parser.read(INFRA / "pgbouncer/pgbouncer.ini")
    found = parser["pgbouncer"]
    assert found["pool_mode"] == "transaction"
    assert found["server_reset_query"] == ""
    assert int(found["query_timeout"]) * 1000 > settings.STATEMENT_TIMEOUT_MS
