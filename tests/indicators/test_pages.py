"""The six dashboards open for those who may see them, and look away from everybody else."""

import re
from html import unescape

import pytest

from tenants import context
from tests.support.cast import Cast
from workspace.indicators.dashboards import KINDS
from workspace.organization.models import Unit

NAMES = list(KINDS)


def test_there_are_six() -> None:
    assert NAMES == [
        "responsibility",
        "first-responsible",
        "departments",
        "contribution",
        "vitality",
        "development",
    ]


def test_the_overview_says_a_sentence_for_each(lived: Cast) -> None:
    page = lived.signed_in("owner").get("/dashboards/")
    assert page.status_code == 200
    assert page.content.decode().count('class="verdict') == 6


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", ["", "sheet/", "?screen=wall", "?period=2025", "?period=2026-Q3"])
def test_each_opens_in_every_form(lived: Cast, name: str, form: str) -> None:
    page = lived.signed_in("owner").get(f"/dashboards/{name}/{form}")
    assert page.status_code == 200
    assert str(KINDS[name].title) in page.content.decode()


@pytest.mark.parametrize("name", NAMES)
def test_each_opens_for_a_workspace_with_nothing_in_it(cast: Cast, name: str) -> None:
    assert cast.signed_in("owner").get(f"/dashboards/{name}/").status_code == 200


@pytest.mark.parametrize("name", NAMES)
def test_a_secretary_sees_their_own_branch(cast: Cast, name: str) -> None:
    page = cast.signed_in("secretary").get(f"/dashboards/{name}/")
    assert page.status_code == 200
    assert "第一党支部" in page.content.decode() and "第二党支部" not in page.content.decode()


@pytest.mark.parametrize("path", ["", "responsibility/", "vitality/records/regularity/", "vitality/export.csv"])
def test_a_unit_that_is_not_theirs_does_not_exist(cast: Cast, path: str) -> None:
    with context.inside(cast.jia):
        other = Unit.objects.get(name="第二党支部").pk
    assert cast.signed_in("secretary").get(f"/dashboards/{path}?unit={other}").status_code == 404
    assert cast.signed_in("stranger").get(f"/dashboards/{path}").status_code == 404
    assert cast.signed_in("member").get(f"/dashboards/{path}").status_code == 404


def test_the_other_workspace_knows_nothing_of_these_units(lived: Cast) -> None:
    with context.inside(lived.jia):
        deepest = Unit.objects.order_by("-pk").first().pk
    assert lived.signed_in("owner", at="yan").get(f"/dashboards/vitality/?unit={deepest}").status_code == 404


@pytest.mark.parametrize("unit", ["0", "abc", "99999999999999", "-1"])
def test_an_address_that_makes_no_sense_is_nobody_s(cast: Cast, unit: str) -> None:
    assert cast.signed_in("owner").get(f"/dashboards/vitality/?unit={unit}").status_code == 404


@pytest.mark.parametrize("name", NAMES)
def test_every_number_opens_to_the_records_behind_it(lived: Cast, name: str) -> None:
    browser = lived.signed_in("owner")
    page = unescape(browser.get(f"/dashboards/{name}/").content.decode())
    links = set(re.findall(rf'href="(/dashboards/{name}/records/[^"]+)"', page))
    assert links or name == "contribution"  # nothing is recorded for that one yet
    for link in links:
        assert browser.get(link).status_code == 200


def test_units_stand_in_the_order_of_the_tree_never_by_value(lived: Cast) -> None:
    from tests.indicators.conftest import reach_of

    with context.inside(lived.jia):
        for kind in KINDS.values():
            board = kind.build(reach_of())
            if board.breakdown is None:
                continue
            order = [row.pk for row in board.breakdown.rows if not row.is_own]
            children = Unit.objects.children_of(Unit.objects.get(depth=1)).values_list("pk", flat=True)
            assert order == list(children), kind.name


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("name", NAMES)
def test_each_can_be_taken_away(lived: Cast, name: str, form: str) -> None:
    answer = lived.signed_in("owner").get(f"/dashboards/{name}/export.{form}")
    assert answer.status_code == 200
    assert answer.content.startswith(b"PK" if form == "xlsx" else "\ufeff".encode())
    assert "attachment" in answer["Content-Disposition"]
