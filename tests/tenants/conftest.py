"""Committed data for tests with real workers, and what it takes to clear it away."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import TransactionTestCase

from tests.support.cast import Cast


@pytest.fixture(scope="module")
def _nothing_is_truncated() -> Iterator[None]:
    """Django empties every table after a test that commits; the cast's workspaces must outlive it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: None)
        yield


def forget_jobs() -> None:
    """An empty queue, and no worker in its books."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SET search_path = jobs; DELETE FROM procrastinate_jobs; DELETE FROM procrastinate_workers; "
            "SET search_path = public"
        )


def end_other_sessions() -> None:
    """Those of workers that were killed, or will be: they would hold locks, and the database when it is dropped."""
    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(pg_terminate_backend(pid, 5000)) {others}")


@pytest.fixture
def committed(_nothing_is_truncated: None, transactional_db: None) -> Iterator[Cast]:
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
