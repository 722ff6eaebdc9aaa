"""A list keeps its order, its columns and its wits, whatever the query string says."""

from dataclasses import dataclass

import pytest
from django.test import RequestFactory

from shared.components import Column, Export, Table


@dataclass(frozen=True)
class Row:
    pk: int
    name: str
    hours: float | None


ROWS = [Row(1, "丙", 3), Row(2, "甲", None), Row(3, "乙", 12)]
COLUMNS = [
    Column(name="name", label="姓名"),
    Column(name="hours", label="学时", sort="hours", kind="number"),
    Column(name="pk", label="编号", hidden=True),
]


def table(query: str = "", **options: object) -> Table:
    return Table(RequestFactory().get(f"/list/?{query}"), ROWS, COLUMNS, caption="表", **options)  # type: ignore[arg-type]


def keys(shown: Table) -> list[str]:
    return [row.key for row in shown.body]


def test_rows_come_as_given_when_nothing_is_asked() -> None:
    assert keys(table()) == ["1", "2", "3"]


def test_sorting_turns_and_puts_the_unknown_last() -> None:
    assert keys(table("sort=hours")) == ["1", "3", "2"]
    assert keys(table("sort=-hours")) == ["3", "1", "2"]


@pytest.mark.parametrize("query", ["sort=password", "sort=name", "page=abc", "page=-7", "page=999", "col=nothing"])
def test_a_query_string_made_up_by_a_visitor_never_raises(query: str) -> None:
    assert keys(table(query)) == ["1", "2", "3"]


def test_a_heading_offers_the_other_direction() -> None:
    shown = table("sort=hours&q=x&page=2")
    heading = list(shown.headings)[1]
    assert heading.direction == "ascending"
    assert heading.url == "?sort=-hours&q=x"


def test_hidden_columns_appear_when_chosen_and_the_first_always_stays() -> None:
    assert [c.name for c in table().columns] == ["name", "hours"]
    assert [c.name for c in table("col=pk").columns] == ["name", "pk"]


def test_an_export_takes_what_is_shown() -> None:
    shown = table("q=x&sort=-hours&page=3", exports=[Export(label="Excel", url="/export?kind=xlsx")])
    assert shown.exports[0].url == "/export?kind=xlsx&q=x&sort=-hours"


def test_pages_keep_the_filter() -> None:
    shown = table("q=x", size=1)
    assert shown.next_url == "?q=x&page=2"
    assert shown.pages[0] == (1, "?q=x&page=1")


def test_unknown_values_are_blank_cells() -> None:
    assert table().body[1].cells[1].blank
