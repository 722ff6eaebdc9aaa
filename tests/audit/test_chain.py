"""Whoever changes, takes out, puts in or cuts off a line of the record is found, and the line is named."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from tenants import context
from tenants.models import Tenant
from tests.support.cast import Cast
from tests.support.committing import committed, opened
from tests.support.tampering import tamper
from workspace.audit import chain
from workspace.audit.actions import record, record_many
from workspace.audit.chain import Fault
from workspace.audit.models import Entry
from workspace.organization.models import Unit


def lines(number: int, verb: str = "test.done") -> list[Entry]:
    root, owner = Unit.objects.get(depth=1), Cast.user("owner")
    return [record(verb, of=root, by=owner, details={"n": n, "名": "张*", "x": 1.50}) for n in range(number)]


@pytest.fixture
def sealed(cast: Cast) -> Iterator[str]:
    """jia with ten sealed lines and more; yields its schema."""
    with context.inside(cast.jia):
        lines(10)
        chain.extend()
        assert chain.first_fault() is None
        yield cast.jia.schema_name


def entry_at(position: int) -> int:
    return Entry.objects.get(position=position).pk


def test_a_chain_that_nobody_touched_fits(sealed: str) -> None:
    assert chain.head().count == Entry.objects.count()
    assert chain.extend() == 0
    lines(3)
    assert chain.extend() == 3
    assert chain.first_fault() is None


@pytest.mark.parametrize(
    "change",
    [
        "label = 'x'", "details = '{}'", "verb = 'x.y'", "by_id = NULL", "by_name = ''", "at = at + interval '1 us'",
        "address = '10.0.0.1'", "request = 'r'", "result = 'failed'", "role = 'admin'", "unit = 7", "kind = 'x.y'",
        "thing = '0'", "link = sha256('')",
    ],
)  # fmt: skip
def test_a_changed_line_is_named(change: str, sealed: str) -> None:
    broken = entry_at(5)
    tamper(sealed, f"UPDATE audit_entry SET {change} WHERE position = 5")
    found = chain.first_fault()
    assert found in {Fault("broken", 5, broken), Fault("broken", 6, entry_at(6))}
    assert found == Fault("broken", 5, broken)


def test_the_first_of_two_changed_lines_is_named(sealed: str) -> None:
    tamper(sealed, "UPDATE audit_entry SET label = 'x' WHERE position IN (4, 8)")
    assert chain.first_fault() == Fault("broken", 4, entry_at(4))


def test_a_line_that_was_taken_out_is_named(sealed: str) -> None:
    tamper(sealed, "DELETE FROM audit_entry WHERE position = 3")
    assert chain.first_fault() == Fault("missing", 3)


def test_a_missing_first_line_is_named(sealed: str) -> None:
    tamper(sealed, "DELETE FROM audit_entry WHERE position = 1")
    assert chain.first_fault() == Fault("missing", 1)


def test_taking_one_out_and_closing_the_gap_is_found(sealed: str) -> None:
    tamper(
        sealed,
        "DELETE FROM audit_entry WHERE position = 3",
        "UPDATE audit_entry SET position = -position + 1 WHERE position > 3",
        "UPDATE audit_entry SET position = -position WHERE position < 0",
    )
    assert chain.first_fault() == Fault("broken", 3, entry_at(3))


def test_a_line_whose_link_was_made_anew_breaks_the_next(sealed: str) -> None:
    tamper(sealed, "UPDATE audit_entry SET label = 'x' WHERE position = 5", _RELINK.format(5))
    assert chain.first_fault() == Fault("broken", 6, entry_at(6))


def test_a_chain_rewritten_to_its_end_is_found_by_the_mark_outside(sealed: str) -> None:
    mark = chain.head()
    tamper(
        sealed,
        "UPDATE audit_entry SET label = 'x' WHERE position = 5",
        *(_RELINK.format(position) for position in range(5, mark.count + 1)),
    )
    assert chain.first_fault() is None
    assert chain.against([mark]) == Fault("rewritten", mark.count)


def test_a_cut_tail_is_found_by_the_mark_outside(sealed: str) -> None:
    mark = chain.head()
    tamper(sealed, f"DELETE FROM audit_entry WHERE position > {mark.count - 2}")
    assert chain.first_fault() is None
    assert chain.against([mark]) == Fault("cut", mark.count - 1)


def test_a_cut_tail_that_grew_again_is_found_too(sealed: str) -> None:
    mark = chain.head()
    tamper(sealed, f"DELETE FROM audit_entry WHERE position > {mark.count - 2}")
    lines(5)
    chain.extend()
    assert chain.first_fault() is None
    assert chain.against([mark]) == Fault("rewritten", mark.count)


def test_an_emptied_record_is_found(sealed: str) -> None:
    mark = chain.head()
    tamper(sealed, "DELETE FROM audit_entry")
    assert chain.against([mark]) == Fault("cut", 1)


def test_the_fingerprint_is_short_enough_to_write_down(sealed: str) -> None:
    groups = chain.head().fingerprint.split()
    assert [len(group) for group in groups] == [4] * 8
    assert chain.head().digest.startswith("".join(groups))


# As the sealing does it: somebody who owns the server can read how.
_RELINK = """
UPDATE audit_entry e SET link = sha256(
    COALESCE((SELECT link FROM audit_entry p WHERE p.position = e.position - 1), ''::bytea)
    || convert_to(jsonb_build_array(1, id, verb, kind, thing, label, by_id, by_name, extract(epoch FROM at), role,
       result, unit, address, request, details)::text, 'UTF8')) WHERE position = {0}
"""


def test_twenty_thousand_lines_are_written_and_sealed_by_the_set(cast: Cast) -> None:
    with context.inside(cast.jia):
        root, owner = Unit.objects.get(depth=1), Cast.user("owner")
        with CaptureQueriesContext(connection) as writing:
            record_many("test.many", of=[root] * 20_000, by=owner)
        with CaptureQueriesContext(connection) as sealing:
            assert chain.extend() >= 20_000
        with CaptureQueriesContext(connection) as verifying:
            assert chain.first_fault() is None
    counts = [len(asked) for asked in (writing, sealing, verifying)]
    assert counts == [2, 1, 1], "ten thousand lines go into a statement"


@pytest.fixture
def busy(transactional_db: None) -> Iterator[Tenant]:
    with committed():
        yield opened("busy")


def test_fifty_writers_and_four_sealers_at_once_make_no_fork(busy: Tenant) -> None:
    writers, each = 50, 6
    done = threading.Event()

    def write(number: int) -> None:
        try:
            for line in range(each):
                with context.inside(busy):
                    record("test.busy", of=Unit.objects.get(depth=1), by=None, details={"w": number, "n": line})
        finally:
            connections.close_all()

    def seal() -> None:
        try:
            while not done.is_set():
                with context.inside(busy):
                    chain.extend()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(writers + 4) as pool:
        sealers = [pool.submit(seal) for _ in range(4)]
        list(pool.map(write, range(writers)))
        done.set()
        for sealer in sealers:
            sealer.result()
    with context.inside(busy):
        chain.extend()
        assert chain.first_fault() is None
        found = list(Entry.objects.order_by("position").values_list("position", flat=True))
        assert found == list(range(1, Entry.objects.count() + 1))
        assert Entry.objects.filter(verb="test.busy").count() == writers * each


def test_a_writer_waits_for_no_sealer_and_no_other_writer(busy: Tenant) -> None:
    with context.inside(busy), connection.cursor() as cursor:
        record("test.first", of=Unit.objects.get(depth=1), by=None)
        chain.extend()  # holds the lock until this transaction ends

        def write() -> int:
            try:
                with context.inside(busy, timeout_ms=2_000):
                    return record("test.second", of=Unit.objects.get(depth=1), by=None).pk
            finally:
                connections.close_all()

        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(write).result(10) > 0
        cursor.execute("SELECT 1")
    with context.inside(busy):
        chain.extend()
        assert list(Entry.objects.order_by("position").values_list("verb", flat=True))[-2:] == [
            "test.first",
            "test.second",
        ]


def test_a_transaction_that_sees_one_instant_seals_nothing(busy: Tenant) -> None:
    with context.inside(busy, snapshot=True):
        record("test.snapshot", of=Unit.objects.get(depth=1), by=None)
        assert chain.extend() == -1
    with context.inside(busy):
        assert chain.extend() >= 1
        assert chain.first_fault() is None


def test_a_line_that_was_undone_leaves_no_hole_in_the_chain(busy: Tenant) -> None:
    with context.inside(busy):
        record("test.kept", of=Unit.objects.get(depth=1), by=None)
        with transaction.atomic():
            record("test.undone", of=Unit.objects.get(depth=1), by=None)
            transaction.set_rollback(True)
        record("test.kept", of=Unit.objects.get(depth=1), by=None)
    with context.inside(busy):
        chain.extend()
        assert chain.first_fault() is None
        assert not Entry.objects.filter(verb="test.undone").exists()
