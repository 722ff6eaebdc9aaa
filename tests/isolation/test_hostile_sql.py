"""What a workspace's role may ask of the server when the statement is the attacker's own.

One thing no role can prevent: whoever can send statements of their own choice may also send `SET ROLE`, since one login
serves every workspace. The role stops code that forgets or mistakes its workspace, and queries built wrongly around a
name or an order; against free SQL the walls are that no statement is built from what people type.
"""

import pytest
from django.db import DatabaseError, connection, transaction

from tenants import context, worker
from tests.support.cast import Cast

REFUSED = [
    "CREATE TABLE extensions.trap (x int)",
    "CREATE FUNCTION extensions.similarity(text, text) RETURNS real LANGUAGE sql AS 'SELECT 1::real'",
    "CREATE OR REPLACE FUNCTION extensions.defer_job(task text, arguments jsonb, lock text, at timestamptz) "
    "RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'",
    "CREATE TABLE public.trap (x int)",
    "CREATE SCHEMA trap",
    "CREATE ROLE trap",
    # A session outlives a request: what one workspace leaves on it would stand before the next one's tables.
    "CREATE TEMPORARY TABLE members_member (x int)",
    "SELECT * FROM extensions.queue_state()",
    "SELECT public.console_retry_job(1)",
    "SELECT * FROM public.console_queue_job",
    "SELECT jobs.procrastinate_retry_job_v2(1, now(), NULL, NULL, NULL)",
    "SELECT rolpassword FROM pg_authid",
    "SELECT pg_read_file('/etc/passwd')",
    "COPY (SELECT 1) TO PROGRAM 'true'",
    "SELECT lo_import('/etc/passwd')",
    "SET SESSION AUTHORIZATION postgres",
]


@pytest.mark.parametrize("statement", REFUSED)
def test_the_server_refuses(cast: Cast, statement: str) -> None:
    denied = pytest.raises(DatabaseError, match=r"permission denied|must be")
    with context.inside(cast.jia), connection.cursor() as cursor, denied, transaction.atomic():
        cursor.execute(statement)


def test_the_queries_of_others_are_not_shown(cast: Cast) -> None:
    with context.inside(cast.jia), connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT query FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND query <> ''")
        assert {row[0] for row in cursor.fetchall()} <= {"<insufficient privilege>"}


def test_a_job_says_whose_it_is_whatever_its_arguments_claim(cast: Cast) -> None:
    with context.inside(cast.jia), connection.cursor() as cursor:
        claimed = f'{{"workspace": "{cast.yan.uuid}"}}'
        cursor.execute("SELECT extensions.defer_job('provisioning.open', %s::jsonb, NULL, NULL)", [claimed])
    with context.entered(None):
        asked = [row for row in worker.pending() if row[1] == "provisioning.open"]
    assert [workspace for _number, _task, workspace, _arguments in asked] == [str(cast.jia.uuid)]
    with pytest.raises(worker.WrongPlaceError):
        worker.perform("provisioning.open", str(cast.jia.uuid), {})


def test_every_function_that_lends_its_owners_rights_pins_its_path(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.oid::regprocedure::text FROM pg_proc p WHERE p.prosecdef "
            "AND NOT EXISTS (SELECT FROM unnest(p.proconfig) c WHERE c LIKE 'search_path=%pg_temp')"
        )
        assert cursor.fetchall() == []
