"""However much a workspace holds, neither an export nor a restore holds it in memory."""

import tracemalloc
from collections.abc import Callable
from pathlib import Path

from django.db import connection

from shared.clock import now
from tenants import context
from tests.portability.conftest import make_empty
from tests.support.cast import Cast
from workspace import portability
from workspace.portability import uploads

ROWS = 20_000
BYTES_A_ROW = 2_000
MOST = 16 * 2**20


def peak(work: Callable[[], object]) -> int:
    """The most bytes that Python held while working, beyond what it held before."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_forty_megabytes_of_rows_and_as_much_of_files_pass_through_a_few(cast: Cast, tmp_path: Path) -> None:
    archive, files = tmp_path / "a.zip", tmp_path / "up"
    with context.inside(cast.jia, timeout_ms=0) as workspace:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO audit_entry (verb, kind, thing, label, by_name, at, details) "
                "SELECT 'x', 'x', i::text, 'x', '', now(), jsonb_build_object('text', repeat(md5(i::text), %s)) "
                "FROM generate_series(1, %s) i",
                [BYTES_A_ROW // 32, ROWS],
            )
        folder = uploads.folder(workspace.uuid)
        folder.mkdir(parents=True)
        with (folder / "film.mp4").open("wb") as film:
            film.truncate(40 * 2**20)
        assert peak(lambda: portability.export(archive, at=now())) < MOST
    empty = make_empty()
    with context.entered(context.of_schema(empty, timeout_ms=0), cast.jia.workspace):
        assert peak(lambda: portability.check(archive, of=workspace)) < MOST
        assert peak(lambda: portability.restore(archive, files=files, at=now())) < MOST
        assert (files / "film.mp4").stat().st_size == 40 * 2**20
