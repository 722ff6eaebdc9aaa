"""Roll a release out over many schemas, and between the parts do the same by bare SQL in as many others.

`fleet SCHEMAS ROUNDS` prints a line `ours raw` for each round, in seconds, then one line: seconds of a check that finds
nothing to do, in this process, then with a process of its own.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.arms.small"

import django

django.setup()

import psycopg  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from benchmarks import notes  # noqa: E402
from provisioning import template  # noqa: E402
from provisioning.fleet import runs  # noqa: E402
from provisioning.fleet.runner import Runner  # noqa: E402
from tenants import context, heads, schemas  # noqa: E402
from tenants.models import Tenant  # noqa: E402
from tenants.models.tenant import Ring  # noqa: E402
from tenants.names import new_schema_name  # noqa: E402

NEXT = """
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notes", "0001_initial")]
    operations = [
        migrations.AddField("note", "weight", models.IntegerField(null=True)),
        migrations.AddIndex("note", models.Index(fields=["weight"], name="note_by_weight")),
    ]
"""


def open_many(number: int) -> list[Tenant]:
    """Workspaces with their tables and a row each."""
    release = template.release()
    made = [
        Tenant(
            slug=f"fleet-{n}", name="单位", state="active", ring=Ring.ALL, migration_head=release.head, sealed_key=b""
        )
        for n in range(number)
    ]
    for tenant in Tenant.objects.bulk_create(made):
        schemas.create(tenant.schema_name)
        with context.inside(tenant), connection.cursor() as cursor:
            template.replay(release)
            cursor.execute("INSERT INTO notes_note (title) VALUES ('note')")
    return made


def next_release(folder: Path) -> None:
    """This code's release is now one migration further."""
    package = folder / "later"
    package.mkdir()
    (package / "__init__.py").touch()
    for path in (Path(notes.__file__).parent / "migrations").glob("0*.py"):
        (package / path.name).write_text(path.read_text())
    (package / "0002_weight.py").write_text(NEXT)
    sys.path.insert(0, str(folder))
    settings.MIGRATION_MODULES = {"notes": "later"}
    template.forget()
    heads.forget()


def raw_schemas(number: int) -> list[str]:
    """As many schemas and roles with the same table and row, and no row that tells of them."""
    names = [new_schema_name() for _ in range(number)]
    release = template.release()
    for name in names:
        schemas.create(name)
        with context.entered(context.of_schema(name)), connection.cursor() as cursor:
            template.replay(release)
            cursor.execute("INSERT INTO notes_note (title) VALUES ('note')")
    return names


def main() -> None:
    number, rounds = int(sys.argv[1]), int(sys.argv[2])
    call_command("migrate", verbosity=0)
    open_many(number)
    bare = raw_schemas(number)
    with tempfile.TemporaryDirectory() as folder:
        next_release(Path(folder))
        measure(number // rounds, rounds, bare)
        noop()


def measure(each: int, rounds: int, bare: list[str]) -> None:
    template.release()
    run = runs.begin(through=Ring.ALL, error_budget=0, by="bench")
    worker = Runner(run).worker
    statements = "; ".join(worker.ways.of(Tenant.objects.values_list("migration_head", flat=True)[0]).statements)
    values = connection.get_connection_params()
    raw = psycopg.connect(
        **{key: values[key] for key in ("dbname", "user", "host") if values.get(key)}, autocommit=True
    )
    for round_ in range(rounds):
        print(ours(run, each), by_hand(raw, statements, bare[round_ * each : (round_ + 1) * each]), flush=True)
    Runner(run).work()  # finds nobody left and ends the run
    assert Tenant.objects.exclude(migration_head=run.head).count() == 0


def ours(run: object, number: int) -> float:
    """A runner from its start, as `manage.py fleet migrate` has one, stopped after so many."""
    taken: list[object] = []
    runner = Runner(run, should_stop=lambda: len(taken) >= number, on_turn=taken.append)
    begun = time.perf_counter()
    runner.work()
    spent = time.perf_counter() - begun
    # The last transaction may hold some more.
    return spent * number / len(taken)


def by_hand(raw: psycopg.Connection, statements: str, names: list[str]) -> float:
    """The floor: one round trip a schema, the statements and a commit, nothing noted anywhere."""
    begun = time.perf_counter()
    for name in names:
        raw.execute(f"BEGIN; SET LOCAL ROLE {name}; SET LOCAL search_path = {name}, extensions; {statements}; COMMIT")
    return time.perf_counter() - begun


def noop() -> None:
    template.forget()
    begun = time.perf_counter()
    call_command("fleet", "migrate", "--ring", "all", stdout=open(os.devnull, "w"))  # noqa: SIM115
    inside = time.perf_counter() - begun
    path = os.pathsep.join(sys.path)
    code = (
        "import django; from django.conf import settings; django.setup(); "
        "settings.MIGRATION_MODULES = {'notes': 'later'}; "
        "from django.core.management import call_command; call_command('fleet', 'migrate', '--ring', 'all')"
    )
    begun = time.perf_counter()
    said = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": path}, check=True, capture_output=True, text=True
    )
    whole = time.perf_counter() - begun
    assert "nothing to do" in said.stdout
    print(inside, whole, flush=True)


main()
