"""Whatever stands in a file, the engine answers with a value, a problem or a refusal: never with a crash."""

from datetime import date, datetime, time, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.spreadsheets.refusals import ImportRefused
from tests.support.sheets import HEADER, MAN, ON, UNITS, ZHANG, xlsx
from workspace.members.importing import best_table, dry_run, guess, read
from workspace.members.importing.cleaning import clean
from workspace.members.importing.columns import BY_NAME, FIELDS
from workspace.members.importing.existing import shown
from workspace.members.importing.tables import SourceRow

CELLS = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.text("0123456789.-/年月日X是否√ '=+E", max_size=20),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


@given(CELLS, st.sampled_from(FIELDS))
def test_any_cell_becomes_a_value_that_can_be_shown_or_a_problem_that_can_be_said(
    cell: str | int | float | bool | date | datetime | time | timedelta | None, field: object
) -> None:
    about = BY_NAME[field.name]  # type: ignore[attr-defined]
    cleaned = clean(about, cell)
    assert cleaned.problem is None or cleaned.problem.message
    assert isinstance(shown(about.name, cleaned.value), str)


@given(st.lists(st.lists(CELLS, min_size=6, max_size=6), min_size=1, max_size=5))
@settings(max_examples=50)
def test_any_rows_are_judged(rows: list[list[object]]) -> None:
    table = best_table(read(xlsx(HEADER, ["张三", MAN, *ZHANG[2:]])))
    made = [SourceRow(at, tuple(cells)) for at, cells in enumerate(rows, start=2)]  # type: ignore[arg-type]
    run = dry_run(made, guess(table), UNITS, on=ON)
    assert run.counts.total == len(rows)


WHOLE = xlsx(HEADER, ["张三", MAN, *ZHANG[2:]], ["李四", "", *ZHANG[2:]])


@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=8))
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_a_damaged_file_is_read_or_refused(at: int, junk: bytes) -> None:
    try:
        read(WHOLE[:at] + junk + WHOLE[at + len(junk) :])
    except ImportRefused as refused:
        assert str(refused)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        best_table(read(data))
    except ImportRefused as refused:
        assert str(refused)
