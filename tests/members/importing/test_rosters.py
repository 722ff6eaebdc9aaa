"""Whole rosters as units send them, against a key; and how long a large one takes."""

import time

import pytest

from tests.support.rosters import ON, UNITS, roster
from workspace.members.importing import UnitName, Verdict, best_table, dry_run, export_workbook, guess, read

NAMES = [UnitName(f"u{at}", name) for at, name in enumerate(UNITS)]
SECONDS = 1.5


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


def test_two_thousand_rows_of_twenty_six_columns_are_judged_in_a_second_and_a_half() -> None:
    made = roster(2_000, messy=False)
    first = best_table(read(made.data))
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
    data = export_workbook(rows, NAMES)
    started = time.process_time()
    table = best_table(read(data))
    run = dry_run(table.rows, guess(table), NAMES, on=ON)
    spent = time.process_time() - started
    assert run.counts.new == 2_000
    assert {row.verdict for row in run.rows} == {Verdict.NEW}
    assert len(table.labels) == 26
    assert spent < SECONDS, f"{spent:.2f} s of processor time"
