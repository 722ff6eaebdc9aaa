"""One arm in a process of its own: sets its database up, then serves lines `queries requests together` from standard
input, with its backend on the same core (1) or on another (0).

Answers each with the seconds that the requests took, so that the parent can interleave the arms.
"""

import io
import os
import sys
import time
from typing import Any

ARM = sys.argv[1]
os.environ["DJANGO_SETTINGS_MODULE"] = f"benchmarks.arms.{ARM}"

import django  # noqa: E402  (settings are named first)
import structlog  # noqa: E402
from django.conf import settings  # noqa: E402

# The parent reads answers from standard output; words of the product go elsewhere.
structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
django.setup()

from django.core.management import call_command  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402

NOTES = 20
CORES = os.sched_getaffinity(0)


def fill() -> None:
    from benchmarks.notes.models import Note

    if not Note.objects.exists():
        Note.objects.bulk_create([Note(title=f"note {number}") for number in range(NOTES)])


def prepare() -> None:
    """Tables and rows of this arm."""
    label = settings.HOST.partition(".")[0]
    if ARM == "ours":
        from django.core.management.commands.migrate import Command  # noqa: F401  (the arm's own migrate wraps it)

        call_command("migrate", verbosity=0)
        _prepare_ours(label)
    elif ARM == "stock":
        call_command("migrate_schemas", shared=True, verbosity=0)
        _prepare_stock()
    else:
        call_command("migrate", verbosity=0)
        fill()


def _prepare_ours(label: str) -> None:
    from django.db import connection

    from tenants import context, schemas
    from tenants.models import Domain, Tenant

    if Tenant.objects.filter(slug=label).exists():
        return
    tenant = Tenant.objects.create(slug=label, name="arm", state=Tenant.State.ACTIVE)
    Domain.objects.create(domain=label, tenant=tenant, is_primary=True)
    schemas.create(tenant.schema_name)
    with context.inside(tenant):
        from benchmarks.notes.models import Note

        with connection.schema_editor() as editor:
            editor.create_model(Note)
        fill()


def _prepare_stock() -> None:
    from django_tenants.utils import tenant_context

    from benchmarks.stock.models import Client, Domain

    client = Client.objects.filter(schema_name="arm").first()
    if client is None:
        client = Client(schema_name="arm")
        client.save(verbosity=0)
        Domain.objects.create(domain=settings.HOST, tenant=client, is_primary=True)
    with tenant_context(client):
        fill()


def environ(path: str) -> dict[str, Any]:
    return {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", "SERVER_NAME": settings.HOST,
        "SERVER_PORT": "80", "HTTP_HOST": settings.HOST, "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr, "wsgi.url_scheme": "http", "wsgi.version": (1, 0), "wsgi.multithread": True,
        "wsgi.multiprocess": True, "wsgi.run_once": False, "SCRIPT_NAME": "",
    }  # fmt: skip


def place(together: bool) -> None:
    """This process on one core, its backend there too or on another. On a machine of one core nothing is to be done."""
    from django.db import connection

    cores = sorted(CORES)
    if len(cores) < 2:
        return
    os.sched_setaffinity(0, {cores[0]})
    os.sched_setaffinity(connection.connection.info.backend_pid, {cores[0] if together else cores[1]})


def main() -> None:
    prepare()
    application = get_wsgi_application()
    status: list[str] = []

    def serve(queries: int) -> bytes:
        response = application(environ(f"/{queries}/"), lambda line, headers: status.append(line))
        body = b"".join(response)
        response.close()
        return body

    assert serve(3) == b"note 0\nnote 1\nnote 2", status
    print("ready", flush=True)
    for line in sys.stdin:
        queries, requests, together = (int(word) for word in line.split())
        place(bool(together))
        begun = time.perf_counter()
        for _ in range(requests):
            serve(queries)
        print(time.perf_counter() - begun, flush=True)


main()
