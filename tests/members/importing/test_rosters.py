"""Whole rosters as units send them, against a key; and how the work grows with them."""

import sys

import pytest

from tests.support.rosters import ON, UNITS, roster
from workspace.members.importing import UnitName, Verdict, best_table, dry_run, export_workbook, guess, read

NAMES = [UnitName(f"u{at}", name) for at, name in enumerate(UNITS)]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_row_of_a_messy_roster_comes_to_what_the_key_says(seed: int) -> None:
    made = roster(90, seed=seed)
    table = best_table(read(made.data))
    run = dry_run(table.rows, guess(table), NAMES, on=ON)
    assert {row.number: {p.code for p in row.errors} for row in run.rows} == {
        number: case.errors for number, case in made.cases.items()
    }
    assert len(table.skipped) == made.skipped


def test_sound_rows_keep_what_the_person_is() -> None:
    made = roster(90)
    table = best_table(read(made.data))
    run = dry_run(table.rows, guess(table), NAMES, on=ON)
    for case in made.clean:
        values, who = run.row(case.number).values, case.person
        assert (values["name"], values["citizen_number"]) == (who.name, who.citizen_number)
        assert (values["birth_date"], values["joined_on"]) == (who.birth_date, who.joined_on)
        assert (values["ethnic_group"], values["education"], values["phone"]) == (
            who.ethnic_group,
            who.education,
            who.phone,
        )
        assert values.get("converted_on") == who.converted_on


def test_ten_times_the_rows_are_ten_times_the_work() -> None:
    few, many = _full_roster(60), _full_roster(600)
    assert _calls(few) * 10.5 > _calls(many)


def test_all_twenty_six_columns_of_a_roster_are_read() -> None:
    table = best_table(read(_full_roster(200)))
    run = dry_run(table.rows, guess(table), NAMES, on=ON)
    assert run.counts.new == 200
    assert {row.verdict for row in run.rows} == {Verdict.NEW}
    assert len(table.labels) == 26


def _full_roster(people: int) -> bytes:
    """A workbook with a value in every column."""
    first = best_table(read(roster(people, messy=False).data))
    rows = [dict(row.values) for row in dry_run(first.rows, guess(first), NAMES, on=ON).rows]
    for row in rows:
        row.update(
            is_migrant_worker=False,
            is_lost_contact=False,
            joining_type="admitted",
            conversion_status="on_time",
            new_social_stratum="none",
            residence="浙江省杭州市西湖区文三路1号",
            registered_residence="浙江省杭州市",
            joined_at_unit="某大学学生党支部",
        )
    return export_workbook(rows, NAMES)


def _calls(data: bytes) -> int:
    """How many Python functions reading and judging calls: the same on every machine, as seconds are not."""
    count = 0

    def note(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(note)
    try:
        table = best_table(read(data))
        dry_run(table.rows, guess(table), NAMES, on=ON)
    finally:
        sys.setprofile(None)
    return count
