"""Every night each record is verified and marked outside its workspace, and whoever must know is told."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction

from console.actions.alarms import mail_broken_record
from console.models import OperatorEntry
from provisioning import anchoring
from shared.clock import now
from tenants import context
from tenants.models import Anchor, Tenant
from tests.support.cast import Cast
from tests.support.jobs import run_jobs
from tests.support.tampering import tamper
from workspace.audit.actions import record
from workspace.audit.models import Entry
from workspace.inbox.models import Message
from workspace.organization.models import Unit
from workspace.oversight import proving, words


def write(tenant: Tenant, number: int = 3) -> None:
    with context.inside(tenant):
        for n in range(number):
            record("member.created", of=Unit.objects.get(depth=1), by=Cast.user("owner"), details={"n": n})


def verified(tenant: Tenant) -> list[str]:
    with context.inside(tenant):
        found = Entry.objects.filter(verb__in=("audit.verified", "audit.broken"))
        return list(found.order_by("pk").values_list("verb", flat=True))


def test_a_verification_seals_marks_and_says_so_in_the_record(cast: Cast) -> None:
    write(cast.jia)
    proof = anchoring.prove(cast.jia, at=now())
    assert proof.fault is None
    mark = Anchor.objects.get(tenant=cast.jia)
    assert (mark.count, mark.digest) == (proof.count, proof.digest)
    assert verified(cast.jia) == ["audit.verified"]


def test_with_nothing_new_no_line_and_no_mark_is_added_for_a_week(cast: Cast) -> None:
    write(cast.jia)
    for days in range(4):
        anchoring.prove(cast.jia, at=now() + timedelta(days=days))
    assert verified(cast.jia) == ["audit.verified"]
    assert Anchor.objects.filter(tenant=cast.jia).count() == 2  # the second covers the line of the first
    anchoring.prove(cast.jia, at=now() + timedelta(days=8))
    assert verified(cast.jia) == ["audit.verified"] * 2


def test_the_night_asks_every_workspace(cast: Cast) -> None:
    write(cast.jia)
    write(cast.yan)
    assert anchoring.ask_everywhere() == Tenant.objects.active().count()
    run_jobs()
    assert verified(cast.jia) == verified(cast.yan) == ["audit.verified"]


def test_a_changed_line_is_named_and_told_to_operators_and_auditors(cast: Cast, settings) -> None:
    settings.OPERATOR_CONTACT = "ops@platform.example"
    write(cast.jia)
    anchoring.prove(cast.jia, at=now())
    with context.inside(cast.jia):
        broken = Entry.objects.get(position=2).pk
    tamper(cast.jia.schema_name, "UPDATE audit_entry SET label = '改' WHERE position = 2")
    proof = anchoring.prove(cast.jia, at=now())
    assert (proof.fault.kind, proof.fault.position, proof.fault.entry) == ("broken", 2, broken)
    assert verified(cast.jia)[-1] == "audit.broken"
    assert OperatorEntry.objects.get(verb="record.broken").details["position"] == 2
    run_jobs()
    assert ["审计记录校验未通过" in letter.subject for letter in mail.outbox] == [True]
    with context.inside(cast.jia):
        told = Message.objects.get(title="审计记录校验未通过")
        assert told.to == Cast.user("owner")


def test_a_cut_tail_and_an_emptied_record_are_found(cast: Cast) -> None:
    write(cast.jia)
    count = anchoring.prove(cast.jia, at=now()).count
    with transaction.atomic():
        tamper(cast.jia.schema_name, f"DELETE FROM audit_entry WHERE position IS NULL OR position >= {count}")
        fault = anchoring.prove(cast.jia, at=now()).fault
        assert (fault.kind, fault.position) == ("cut", count)
        transaction.set_rollback(True)
    tamper(cast.jia.schema_name, "DELETE FROM audit_entry")
    assert anchoring.prove(cast.jia, at=now()).fault.kind == "cut"


def test_a_table_made_anew_by_the_schemas_owner_is_found(cast: Cast) -> None:
    """A workspace's role owns its schema and may drop the table; what it makes in its place is not the keeper's."""
    write(cast.jia)
    anchoring.prove(cast.jia, at=now())
    with context.inside(cast.jia), connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM audit_entry")
        last = cursor.fetchone()[0]
        cursor.execute("CREATE TABLE audit_copy (LIKE audit_entry INCLUDING ALL)")
        cursor.execute("INSERT INTO audit_copy OVERRIDING SYSTEM VALUE SELECT * FROM audit_entry")
        cursor.execute("DROP TABLE audit_entry")
        cursor.execute("ALTER TABLE audit_copy RENAME TO audit_entry")
        cursor.execute(f"ALTER SEQUENCE audit_copy_id_seq RESTART {last + 1}")
        cursor.execute("CREATE OR REPLACE FUNCTION seal_record() RETURNS bigint LANGUAGE sql AS 'SELECT 0::bigint'")
    assert anchoring.prove(cast.jia, at=now()).fault.kind == "unguarded"


@pytest.mark.parametrize(
    ("tampering", "told"),
    [
        ("UPDATE audit_entry SET label = '改' WHERE position = 2", "第 2 条的内容与封存时不一致"),
        ("DELETE FROM audit_entry WHERE position = 2", "缺少第 2 条"),
        ("DELETE FROM audit_entry WHERE position IS NULL OR position >= 3", "末尾从第 3 条起被删去"),
    ],
)
def test_auditors_are_told_what_is_wrong(tampering: str, told: str, cast: Cast) -> None:
    write(cast.jia)
    anchoring.prove(cast.jia, at=now())
    tamper(cast.jia.schema_name, tampering)
    anchoring.prove(cast.jia, at=now())
    with context.inside(cast.jia):
        assert told in Message.objects.get(title="审计记录校验未通过").body


def test_of_a_wall_that_fell_nobody_says_that_the_rows_differ(cast: Cast, settings) -> None:
    settings.OPERATOR_CONTACT = "ops@platform.example"
    write(cast.jia)
    with context.inside(cast.jia):
        proof = proving.prove([], guarded=False, at=now())
        body = Message.objects.get(title="审计记录校验未通过").body
    assert "防止审计记录被改写的设置被改动" in body
    assert "条起与封存时不一致" not in body
    assert set(words.TOLD) == set(words.FAULTS)
    mail_broken_record(cast.jia, fault=proof.fault.kind, position=proof.fault.position)
    assert "防改写设置被改动" in mail.outbox[0].body
    assert "条起与封存时不一致" not in mail.outbox[0].body


def test_a_record_that_is_gone_is_found(cast: Cast) -> None:
    write(cast.jia)
    anchoring.prove(cast.jia, at=now())
    with context.inside(cast.jia), connection.cursor() as cursor:
        cursor.execute("DROP TABLE audit_entry")
    assert anchoring.prove(cast.jia, at=now()).fault.kind == "unguarded"
    assert OperatorEntry.objects.filter(verb="record.broken").exists()


def test_the_platforms_own_role_cannot_change_a_mark(cast: Cast) -> None:
    write(cast.jia)
    anchoring.prove(cast.jia, at=now())
    for statement in ("UPDATE public.tenants_anchor SET digest = ''", "DELETE FROM public.tenants_anchor"):
        with pytest.raises(ProgrammingError, match="permission denied"), context.control():
            connection.cursor().execute(statement)


def test_a_workspace_cannot_see_its_marks(cast: Cast) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), context.inside(cast.jia):
        connection.cursor().execute("SELECT * FROM public.tenants_anchor")


def test_the_command_prints_each_fingerprint_and_ends_well(cast: Cast) -> None:
    write(cast.jia)
    said = StringIO()
    call_command("audit_verify", stdout=said)
    assert "jia: " in said.getvalue()
    assert "rows fit. Fingerprint" in said.getvalue()


def test_the_command_names_the_first_fault_and_fails(cast: Cast) -> None:
    write(cast.jia)
    anchoring.prove(cast.jia, at=now())
    tamper(cast.jia.schema_name, "DELETE FROM audit_entry WHERE position = 2")
    said = StringIO()
    with pytest.raises(CommandError, match="The record of 1 is not what it was"):
        call_command("audit_verify", "--workspace", "jia", stdout=said)
    assert "row 2 is missing" in said.getvalue()
    said = StringIO()
    with pytest.raises(CommandError):
        call_command("audit_verify", "--workspace", "jia", "--json", stdout=said)
    assert json.loads(said.getvalue())["fault"] == "missing"


def test_the_command_names_a_workspace_that_is_not_there(db: None) -> None:
    with pytest.raises(CommandError, match="called nobody"):
        call_command("audit_verify", "--workspace", "nobody")


def test_the_auditors_page_shows_the_last_verification(cast: Cast) -> None:
    write(cast.jia)
    page = Cast.assemble().signed_in("owner").get("/audit/")
    assert "第一次校验还没有进行" in page.content.decode()
    proof = anchoring.prove(cast.jia, at=now())
    shown = cast.signed_in("owner").get("/audit/").content.decode()
    assert "校验通过" in shown
    assert proof.fingerprint in shown
    tamper(cast.jia.schema_name, "UPDATE audit_entry SET label = '改' WHERE position = 2")
    anchoring.prove(cast.jia, at=now())
    shown = cast.signed_in("owner").get("/audit/").content.decode()
    assert "内容与封存时不一致" in shown
    assert "第 2 条起" in shown
