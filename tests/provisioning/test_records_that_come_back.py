"""Restored, returned, cloned: the chain of the record comes along link by link, and is verified where it arrives."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import DatabaseError, connection, transaction

from provisioning import anchoring, cloning, fallbacks, restoring
from provisioning.models import Restoring
from shared.clock import now
from tenants import context, keeping
from tenants.models import Anchor, Tenant
from tests.support.cast import Cast
from tests.support.tampering import tamper
from workspace import portability
from workspace.audit import chain
from workspace.audit.actions import record
from workspace.audit.models import Entry
from workspace.organization.models import Unit


@pytest.fixture(autouse=True)
def _files_of_this_test(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.ARCHIVES_ROOT = tmp_path / "archives"


def write(tenant: Tenant, number: int, verb: str = "member.created") -> None:
    with context.inside(tenant):
        for n in range(number):
            record(verb, of=Unit.objects.get(depth=1), by=Cast.user("owner"), details={"n": n})


def links(tenant: Tenant) -> list[tuple[int, int, str]]:
    with context.inside(tenant):
        rows = Entry.objects.filter(position__isnull=False).order_by("position")
        return [(row.pk, row.position, bytes(row.link).hex()) for row in rows]


def archived(tenant: Tenant, to: Path) -> Path:
    with context.inside(tenant):
        portability.export(to, at=now())
    return to


def restored(tenant: Tenant, archive: Path) -> Tenant:
    restoring.run(restoring.ask(tenant, archive, by="tests", reason="弄坏了"))
    return Tenant.objects.get(pk=tenant.pk)


def test_a_restored_record_has_the_same_links_and_goes_on(cast: Cast, tmp_path: Path) -> None:
    write(cast.jia, 4)
    anchoring.prove(cast.jia, at=now())
    write(cast.jia, 2)  # not sealed yet when the archive is made
    before, archive = links(cast.jia), archived(cast.jia, tmp_path / "jia.zip")
    jia = restored(cast.jia, archive)
    assert keeping.is_kept(jia.schema_name)
    assert links(jia) == before
    assert anchoring.prove(jia, at=now()).fault is None
    assert links(jia)[: len(before)] == before
    with context.inside(jia):
        assert not Entry.objects.filter(position__isnull=True, verb="member.created").exists()


def test_what_was_written_after_the_archive_is_no_cut_tail_of_the_restored_record(cast: Cast, tmp_path: Path) -> None:
    write(cast.jia, 2)
    anchoring.prove(cast.jia, at=now())
    archive = archived(cast.jia, tmp_path / "jia.zip")
    write(cast.jia, 30)
    anchoring.prove(cast.jia, at=now())
    jia = restored(cast.jia, archive)
    assert anchoring.prove(jia, at=now()).fault is None
    write(jia, 40, "unit.moved")
    assert anchoring.prove(jia, at=now()).fault is None


def test_a_mark_from_before_the_archive_still_holds_in_the_restored_record(cast: Cast, tmp_path: Path) -> None:
    write(cast.jia, 3)
    anchoring.prove(cast.jia, at=now())
    jia = restored(cast.jia, archived(cast.jia, tmp_path / "jia.zip"))
    Anchor.objects.filter(tenant=jia, schema_name=jia.schema_name).delete()
    anchoring.begin(jia, at=now())
    elder = Anchor.objects.exclude(schema_name=jia.schema_name).filter(tenant=jia).latest("count")
    Anchor.objects.filter(pk=elder.pk).update(digest="0" * 64)
    assert anchoring.prove(jia, at=now()).fault.kind == "rewritten"


def test_the_content_before_the_restore_returns_with_its_marks(cast: Cast, tmp_path: Path) -> None:
    write(cast.jia, 2)
    archive = archived(cast.jia, tmp_path / "jia.zip")
    write(cast.jia, 5)
    anchoring.prove(cast.jia, at=now())
    jia = restored(cast.jia, archive)
    row = fallbacks.ask_back(jia, by="tests", reason="doch")
    restoring.run(Restoring.objects.select_related("tenant", "source").get(pk=row.pk))
    jia = Tenant.objects.get(pk=jia.pk)
    assert keeping.is_kept(jia.schema_name)
    write(jia, 1)
    assert anchoring.prove(jia, at=now()).fault is None
    tamper(jia.schema_name, "DELETE FROM audit_entry WHERE position > 4 OR position IS NULL")
    assert anchoring.prove(jia, at=now()).fault.kind == "cut"


def test_a_clone_has_the_record_of_its_original_and_marks_of_its_own(cast: Cast) -> None:
    write(cast.jia, 3)
    anchoring.prove(cast.jia, at=now())
    row = restoring.run(cloning.ask(cast.jia, slug="jia-copy", name="副本", by="tests"))
    copy = Tenant.objects.get(pk=row.tenant_id)
    assert links(copy) == links(cast.jia)
    assert keeping.is_kept(copy.schema_name)
    assert anchoring.prove(copy, at=now()).fault is None
    assert anchoring.prove(cast.jia, at=now()).fault is None


def test_once_in_service_no_sealed_row_comes_in(cast: Cast, tmp_path: Path) -> None:
    write(cast.jia, 2)
    anchoring.prove(cast.jia, at=now())
    jia = restored(cast.jia, archived(cast.jia, tmp_path / "jia.zip"))
    with context.inside(jia):
        last = chain.head().count
        with pytest.raises(DatabaseError, match="a sealed row"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO audit_entry (verb, kind, thing, label, by_name, at, details, position, link) "
                "VALUES ('x.y', 'x.y', '1', 'x', '', now(), '{}', %s, '')",
                [last + 1],
            )


def test_a_workspace_of_the_release_before_is_brought_to_the_wall_with_its_rows(db: None) -> None:
    """The migration as the fleet replays it: from a table of the workspace's own to one of the keeper's."""
    from django.db.migrations.executor import MigrationExecutor

    from provisioning import template

    with template.scratch() as name:
        executor = MigrationExecutor(connection)
        others = [node for node in template.leaves(executor.loader) if node[0] != "audit"]
        executor.migrate([*others, ("audit", "0002_time_index_leaves")])
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO audit_entry (verb, kind, thing, label, by_name, at, details) "
                "SELECT 'unit.moved', 'organization.unit', n::text, '党委', '', now(), '{}' "
                "FROM generate_series(1, 7) n"
            )
            cursor.execute("DELETE FROM audit_entry WHERE thing = '3'")
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")  # as a commit would
        assert not keeping.is_kept(name)
        executor = MigrationExecutor(connection)
        executor.migrate(template.leaves(executor.loader))
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*), max(id) FROM audit_entry")
            assert cursor.fetchone() == (6, 7)
            cursor.execute(
                "INSERT INTO audit_entry (verb, kind, thing, label, by_name, at, details) "
                "VALUES ('a.b', 'a.b', '1', '', '', now(), '{}') RETURNING id"
            )
            assert cursor.fetchone() == (8,)
            cursor.execute("SELECT seal_record()")
            assert cursor.fetchone() == (7,)
        assert keeping.is_kept(name)
        assert chain.first_fault() is None
