"""Small cells describe people, so they are not shown."""

import pytest

from console import figures
from console.models import Standing
from shared.exports import cell
from tests.console.test_pages import address
from tests.support.cast import Cast, Client


@pytest.mark.parametrize(("number", "shown"), [(0, 0), (1, None), (4, None), (5, 5), (500, 500)])
def test_one_to_four_people_are_not_shown(number: int, shown: int | None) -> None:
    assert figures.people(number) == shown


def test_a_part_is_hidden_when_the_rest_would_give_it_away() -> None:
    assert figures.part(18, 20) is None
    assert figures.part(2, 20) is None
    assert figures.part(10, 20) == 10
    assert figures.part(20, 20) == 20
    assert figures.part(3, 4) is None


def test_no_page_and_no_export_shows_a_small_cell(console: Client, cast: Cast) -> None:
    small = {"members": 3, "full": 3, "accounts": 4, "activated": 2, "active_week": 1, "active_month": 2}
    Standing.objects.filter(tenant=cast.jia).update(**small)
    page = console.get(address("workspace", cast.jia.uuid)).content.decode()
    assert page.count("少于 5") >= 6
    sheet = console.get(address("workspaces-export") + "?q=jia").content.decode("utf-8-sig")
    row = sheet.splitlines()[1].split(",")
    assert row[0] == "jia单位"
    assert row[7:11] == ["少于 5"] * 4


def test_an_exported_cell_is_never_a_formula() -> None:
    assert cell("=HYPERLINK(1)") == "'=HYPERLINK(1)"
    assert cell("@SUM") == "'@SUM"
    assert cell(-3) == "-3"
    assert cell(None) == ""
