"""Workspaces and jobs that are really committed, for tests with more than one connection or process."""

from collections.abc import Callable, Iterator

import pytest
from django.db import connection

from provisioning import opening
from tenants import context, schemas
from tenants.models import Tenant
from tests.support.cast import Cast
from workspace.organization.models import Unit


def forget_jobs() -> None:
    """An empty queue, and no worker in its books."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SET search_path = jobs; DELETE FROM procrastinate_jobs; DELETE FROM procrastinate_workers; "
            "SET search_path = public"
        )


def end_other_sessions() -> None:
    """Those of workers that were killed, or will be: they would hold locks, and the database when it is dropped."""
    others = (
        "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
        "AND backend_type = 'client backend'"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(pg_terminate_backend(pid, 5000)) {others}")


@pytest.fixture
def committed(transactional_db: None) -> Iterator[Cast]:
    """The cast, with a table `seen` in each workspace and in the control schema for tasks to write to."""
    cast = Cast.assemble()
    places = {cast.jia.schema_name: cast.jia.schema_name, cast.yan.schema_name: cast.yan.schema_name, "public": None}
    made = (
        "{}.seen (id bigserial PRIMARY KEY, what text, number int DEFAULT 0, at timestamptz DEFAULT clock_timestamp())"
    )
    forget_jobs()
    try:
        with connection.cursor() as cursor:
            for place, role in places.items():
                cursor.execute(f"SET ROLE {role}" if role else "RESET ROLE")
                cursor.execute(f"DROP TABLE IF EXISTS {place}.seen; CREATE TABLE {made.format(place)}")
                cursor.execute(f"INSERT INTO {place}.seen (what) VALUES ('count')")
            cursor.execute("GRANT ALL ON public.seen, public.seen_id_seq TO tongxin_control")
        yield cast
    finally:
        end_other_sessions()
        forget_jobs()
        with connection.cursor() as cursor:
            for place, role in places.items():
                cursor.execute(f"SET ROLE {role}" if role else "RESET ROLE")
                cursor.execute(f"DROP TABLE IF EXISTS {place}.seen")
            cursor.execute("RESET ROLE")


@pytest.fixture
def opened(transactional_db: None) -> Iterator[Callable[[str], Tenant]]:
    """`opened("slug")` opens a workspace whose root unit is called after it. All are taken away after the test."""
    before = set(Tenant.objects.values_list("pk", flat=True))

    def open_one(slug: str) -> Tenant:
        row = opening.run(
            opening.reserve(
                name=f"{slug}单位", slug=slug, kind="hospital", admin_name="周", admin_email="z@x.example", by="tests"
            )
        )
        with context.inside(row.tenant):
            Unit.objects.filter(depth=1).update(name=f"{slug}党委")
        return row.tenant

    try:
        yield open_one
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET search_path = jobs; DELETE FROM procrastinate_jobs; SET search_path = public")
        for tenant in Tenant.objects.exclude(pk__in=before):
            schemas.drop(tenant.schema_name)
            tenant.delete()
