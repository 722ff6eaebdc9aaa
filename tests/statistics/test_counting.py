"""Figures at a past day: derived from events alone, over the tree of that day, and every row reconciles."""

import itertools
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tenants import context
from tests.members.test_standing import LIVES, START, live, registered
from tests.statistics.conftest import TODAY, YEAR_BEFORE, YEAR_END, unit
from tests.support.cast import Cast
from workspace.members.models import Member
from workspace.members.queries.as_of import COLUMNS, stood
from workspace.members.queries.courses import Course
from workspace.members.standing import Ledger, in_order
from workspace.organization.models import Unit
from workspace.statistics.book import Book
from workspace.statistics.conditions import Person
from workspace.statistics.cuts import cuts
from workspace.statistics.days import Days
from workspace.statistics.flows import WAYS_IN, WAYS_OUT, Way, place, steps
from workspace.statistics.reach import Reach
from workspace.statistics.tables import Table


def book(name: str = "", on: date = TODAY, since: date = YEAR_END) -> Book:
    """Of a unit of the workspace in force, the root without a name."""
    return Book(Reach(unit(name) if name else Unit.objects.get(depth=1), Days(on, since)))


def line(table: Table, label: str) -> dict[str, int]:
    (row,) = (row for row in table.rows if row.line.label == label)
    return dict(zip([column.key for column in table.columns], row.values, strict=True))


def total(table: Table) -> dict[str, int]:
    return dict(zip([column.key for column in table.columns], table.total, strict=True))


def some(figures: dict[str, int]) -> dict[str, int]:
    return {key: value for key, value in figures.items() if value}


def test_this_year_s_changes_are_told_by_the_way_each_went(told: Cast) -> None:
    with context.inside(told.jia):
        changes = book().tables["changes"]
        assert some(line(changes, "机关总支")) == {
            "opening": 7, "shifted": -3, "admitted": 1, "ended": 1, "closing": 4
        }  # fmt: skip
        assert some(line(changes, "车间总支")) == {"opening": 3, "shifted": 3, "came": 1, "closing": 7}
        assert some(total(changes)) == {"opening": 13, "admitted": 1, "came": 1, "ended": 1, "closing": 14}


def test_last_year_s_stand_over_the_tree_as_it_was_then(told: Cast) -> None:
    with context.inside(told.jia):
        changes = book(on=YEAR_END, since=YEAR_BEFORE).tables["changes"]
        assert some(line(changes, "机关总支")) == {
            "opening": 8, "moved_in": 1, "went": 1, "died": 1, "closing": 7
        }  # fmt: skip
        assert some(line(changes, "车间总支")) == {"opening": 4, "moved_out": 1, "closing": 3}


def test_a_unit_asked_about_has_who_stood_below_it_then(told: Cast) -> None:
    with context.inside(told.jia):
        assert some(total(book("机关总支").tables["changes"])) == {
            "opening": 7, "shifted": -3, "admitted": 1, "ended": 1, "closing": 4
        }  # fmt: skip
        then = book("机关总支", YEAR_END, YEAR_BEFORE)
        assert [row.line.label for row in then.tables["category"].rows] == ["甲支部", "乙支部"]
        # who moved from elsewhere in the workspace came in, seen from here
        assert some(total(then.tables["changes"])) == {"opening": 8, "came": 1, "went": 1, "died": 1, "closing": 7}


def test_every_row_of_the_reconciliation_reconciles(told: Cast) -> None:
    days = [date(2024, 12, 31), date(2025, 3, 1), date(2025, 9, 1), date(2026, 5, 20), date(2026, 7, 1), TODAY]
    with context.inside(told.jia):
        for since, on in itertools.pairwise(days):
            for name in ("", "机关总支", "车间总支", "乙支部"):
                changes = book(name, on, since).tables["changes"]
                for values in (*(row.values for row in changes.rows), changes.total):
                    signed = zip(changes.columns, values, strict=True)
                    moved = sum(column.sign * value for column, value in signed)
                    assert values[0] + moved == values[-1], (name, since, on)


def test_whoever_asks_the_register_for_that_day_finds_the_same_people(told: Cast) -> None:
    with context.inside(told.jia):
        for on in (YEAR_BEFORE, date(2025, 4, 1), YEAR_END, date(2026, 6, 1), TODAY - timedelta(days=1)):
            expected = [one for one in stood(Unit.objects.all(), on=on) if one.standing.is_member]
            assert total(book(on=on, since=on - timedelta(days=90)).tables["category"])["whole"] == len(expected)


def test_each_partition_adds_up_and_what_is_unknown_is_said(told: Cast) -> None:
    with context.inside(told.jia):
        made = book()
        for cut in made.survey.cuts:
            if cut.is_partition:
                for values in (*(row.values for row in made.tables[cut.name].rows), made.tables[cut.name].total):
                    assert values[0] == sum(values[1:]), cut.name
        assert total(made.tables["sex"])["rest"] == 3  # the three of the cast, of whom only the name is known
        assert total(made.tables["category"]) == {"whole": 14, "full": 13, "probationary": 1}
        assert total(made.tables["situation"])["floating"] == 1
        assert total(made.tables["candidates"])["whole"] == 0


def test_the_newly_admitted_are_told_apart(told: Cast) -> None:
    with context.inside(told.jia):
        assert some(total(book().tables["admissions"])) == {"admitted": 1, "women": 1, "young": 1}
        assert some(total(book().tables["losses"])) == {"whole": 1, "expelled": 1}
        # at the year's end she was still a development object
        assert book(on=YEAR_END, since=YEAR_BEFORE).tables["candidates"].total[0] == 1


def test_units_are_counted_by_type_as_they_stood(told: Cast) -> None:
    with context.inside(told.jia):
        units = book("机关总支").tables["units"]
        assert (total(units)["whole"], total(units)["631"]) == (2, 1)
        assert units.before is not None and units.before[0] == 3


def test_database_and_python_mean_the_same_by_every_condition(told: Cast) -> None:
    with context.inside(told.jia):
        Member.objects.filter(name="赵午").update(birth_date=date(1996, 11, 23))  # thirty years old today
        Member.objects.filter(name="赵未").update(birth_date=date(1995, 11, 23), ethnic_group="97", education="90")
        fields = [field for field in Person.__slots__ if field != "pk"]
        people = [Person(*row) for row in Member.objects.order_by("pk").values_list("pk", *fields)]
        for cut in cuts(TODAY):
            for condition in (cut.whole, *(bucket.condition for bucket in cut.buckets)):
                asked = set(Member.objects.filter(condition.q).values_list("pk", flat=True))
                assert asked == {person.pk for person in people if condition.holds(person)}, (cut.name, condition)


@given(LIVES, st.integers(0, 1000), st.integers(1, 1100))
def test_whatever_happens_to_somebody_the_steps_explain_it(lives: dict, first: int, length: int) -> None:
    events = [registered("2020-06-01", "full", joined_on="2015-07-01"), *live(lives)]
    ledger = Ledger()
    for event in in_order(events):
        ledger.take(event)
    course = Course(1, ("", "", None, ""), (None,) * len(COLUMNS), events, ledger)
    after = START + timedelta(days=first)
    until, places = after + timedelta(days=length), {1: 10, 2: 20}
    grown = dict.fromkeys((10, 20), 0)
    for step in steps(course, places, after, until):
        grown[step.row] += step.way in {*WAYS_IN, Way.MOVED_IN}
        grown[step.row] -= step.way in {*WAYS_OUT, Way.MOVED_OUT}
    for row, growth in grown.items():
        stood_then, stands = (place(course.at(day), places) == row for day in (after, until))
        assert growth == stands - stood_then
