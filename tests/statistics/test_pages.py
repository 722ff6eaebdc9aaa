"""The pages show what may be shown: a branch secretary sees only below, and a figure opens to people only for those
who may see them."""

import io
import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from tenants import context
from tests.statistics.conftest import TODAY, YEAR_BEFORE, YEAR_END, unit
from tests.statistics.test_counting import book
from tests.support.cast import PASSWORD, Cast, Client
from workspace.access.models import Grant, OwnRole, Role
from workspace.accounts.models import User
from workspace.audit.models import Entry
from workspace.members.models import Member

MOST_QUERIES = 15
TABLES = ("changes", "units", "category", "sex", "ethnic", "age", "education", "joining", "situation", "candidates",
          "admissions", "losses")  # fmt: skip


def granted(cast: Cast, role: str, place: str) -> Client:
    """Somebody new with that role on a unit, signed in."""
    with context.inside(cast.jia):
        user = User.objects.create_user("somebody", PASSWORD, name="某人")
        Grant.objects.create(user=user, role=role, unit=unit(place))
    browser = Client("jia")
    with context.inside(cast.jia):
        browser.force_login(user)
    return browser


def links(page: str) -> list[str]:
    return re.findall(r'href="(/statistics/[a-z]+/people/[^"]+)"', unescape(page))


def names(page: str) -> set[str]:
    return set(re.findall(r"(?:赵[子丑寅卯辰巳午未申酉戌亥]|钱积)", page))


def test_the_overview_and_every_table_open_at_any_day(told: Cast) -> None:
    browser = told.signed_in("owner")
    for days in ("", f"?on={YEAR_END}&since={YEAR_BEFORE}", "?on=1990-01-01", "?on=2999-01-01", "?on=x&since=y"):
        page = browser.get(f"/statistics/{days}")
        assert page.status_code == 200
    for name in TABLES:
        assert browser.get(f"/statistics/{name}/?on={YEAR_END}").status_code == 200
    assert browser.get("/statistics/nothing/").status_code == 404
    assert browser.get("/statistics/sheet/").status_code == 200


def test_a_page_says_what_it_found_in_one_sentence(told: Cast) -> None:
    page = told.signed_in("owner").get(f"/statistics/?on={TODAY}&since={YEAR_END}").content.decode()
    assert "党员 14 名，其中正式 13 名、预备 1 名；比 2025-12-31 净增 1 名。" in page


def test_a_page_asks_at_most_fifteen_times(told: Cast) -> None:
    browser = told.signed_in("owner")
    for path in ("", "changes/", "age/", "sheet/"):
        browser.get(f"/statistics/{path}")
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(f"/statistics/{path}").status_code == 200
        asked = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
        assert len(asked) <= MOST_QUERIES, "\n".join(asked)


def test_every_figure_opens_to_as_many_people_as_it_says(told: Cast) -> None:
    browser = told.signed_in("owner")
    opened = 0
    for name in ("changes", "category", "age", "admissions", "losses"):
        page = browser.get(f"/statistics/{name}/?on={TODAY}&since={YEAR_END}").content.decode()
        for link, figure in re.findall(r'href="(/statistics/[a-z]+/people/[^"]+)">−?(\d+)<', unescape(page)):
            found = browser.get(link)
            assert found.context["table"].page.paginator.count == int(figure), link
            opened += 1
    assert opened > 30


def test_the_list_says_what_happened_to_whom(told: Cast) -> None:
    page = told.signed_in("owner").get(f"/statistics/changes/people/ended/?on={TODAY}&since={YEAR_END}")
    text = page.content.decode()
    assert names(text) == {"赵卯"} and "2026-02-02 开除党籍" in text


def test_a_branch_secretary_sees_their_branch_and_nothing_beside_or_above(told: Cast) -> None:
    browser = granted(told, Role.SECRETARY, "乙支部")
    page = browser.get(f"/statistics/category/?on={YEAR_END}").content.decode()
    assert "乙支部" in page and "甲支部" not in page and "丙支部" not in page
    with context.inside(told.jia):
        others = [unit(name).pk for name in ("甲支部", "丙支部", "机关总支", "车间总支")]
    for other in others:
        for path in ("", "category/", "category/people/whole/", "sheet/", "statistics.xlsx"):
            assert browser.get(f"/statistics/{path}?unit={other}").status_code == 404


def test_a_figure_of_a_unit_that_left_counts_but_does_not_open(told: Cast) -> None:
    """乙 stood below 机关总支 at the year's end and stands elsewhere today."""
    browser = granted(told, Role.SECRETARY, "机关总支")
    page = browser.get(f"/statistics/category/?on={YEAR_END}").content.decode()
    with context.inside(told.jia):
        there, gone = (unit(name).pk for name in ("甲支部", "乙支部"))
    rows = {int(key) for link in links(page) for key in re.findall(r"row=(\d+)", link)}
    assert "乙支部" in page and rows == {there}
    assert f'href="?unit={gone}' not in page
    beside = browser.get(f"/statistics/category/people/whole/?on={YEAR_END}&row={gone}")
    assert names(beside.content.decode()) == set()
    whole = browser.get(f"/statistics/category/people/whole/?on={YEAR_END}").content.decode()
    assert names(whole) == {"赵卯", "赵午", "赵酉", "赵寅"} and "另有 3 人次不在这里" in whole


def test_who_may_count_but_not_see_members_gets_numbers_without_links(told: Cast) -> None:
    with context.inside(told.jia):
        role = OwnRole.objects.create(name="统计员", verbs=["statistics.view"])
    browser = granted(told, f"own-{role.pk}", "机关总支")
    page = browser.get("/statistics/category/")
    assert page.status_code == 200 and links(page.content.decode()) == []
    people = browser.get("/statistics/category/people/whole/")
    assert names(people.content.decode()) == set()
    export = browser.get("/members/export/?list=statistics&table=category&column=whole&row=all")
    assert export.status_code == 403


@pytest.mark.parametrize("who", ["member", "stranger"])
def test_who_has_no_office_has_no_statistics(cast: Cast, who: str) -> None:
    browser = cast.signed_in(who)
    for path in ("", "category/", "category/people/whole/", "sheet/", "statistics.xlsx"):
        assert browser.get(f"/statistics/{path}").status_code == 404


def test_figures_that_are_not_people_open_to_nobody(told: Cast) -> None:
    browser = told.signed_in("owner")
    for path in ("units/people/611/", "changes/people/shifted/", "category/people/nothing/"):
        assert browser.get(f"/statistics/{path}").status_code == 404
    assert browser.get("/statistics/category/people/whole/?row=999999").status_code == 404


def test_the_workbook_has_every_table_with_sums_and_who_made_it(told: Cast) -> None:
    answer = told.signed_in("owner").get(f"/statistics/statistics.xlsx?on={TODAY}&since={YEAR_END}")
    assert "attachment" in answer["Content-Disposition"]
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    assert len(sheets.sheet_names) == len(TABLES) + 1
    cover = dict(row[:2] for row in sheets.get_sheet_by_index(0).to_python())
    assert (cover["截止日"], cover["比较日"], cover["制表人"]) == ("2026-11-23", "2025-12-31", "管理员")
    changes = sheets.get_sheet_by_name("1 增减变化").to_python()
    heading = next(row for row in changes if row[0] == "党组织")
    total = dict(zip(heading, next(row for row in changes if row[0] == "合计"), strict=True))
    assert (total["期初"], total["期末"], total["核对（应为 0）"]) == (13, 14, 0)
    with context.inside(told.jia):
        entry = Entry.objects.get(verb="statistics.exported")
        assert entry.details == {"on": "2026-11-23", "since": "2025-12-31", "tables": len(TABLES)}


def test_a_list_of_people_leaves_under_the_register_s_rules(told: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """In full and of many only with a second person, who reads which figure it is."""
    monkeypatch.setattr("workspace.members.actions.exporting.ROWS_ALONE", 3)
    browser = told.signed_in("owner")
    with context.inside(told.jia):
        boss = User.objects.create_user("second", PASSWORD, name="复核人")
        Grant.objects.create(user=boss, role=Role.ADMIN, unit=book().reach.unit)
        other = Client("jia")
        other.force_login(boss)
    page = browser.get(f"/statistics/age/people/40/?on={TODAY}&since={YEAR_END}").content.decode()
    (link,) = re.findall(r'href="(/members/export/\?list=statistics[^"]+)"', unescape(page))
    masked = browser.post(link, {"form": "csv", "reason": "年度统计核对"}).content.decode()
    assert names(masked) == names(page) != set()
    whole = browser.get(f"/statistics/category/people/whole/?on={TODAY}&since={YEAR_END}").content.decode()
    (link,) = re.findall(r'href="(/members/export/\?list=statistics[^"]+)"', unescape(whole))
    asked = browser.post(link, {"form": "csv", "whole": "on", "reason": "年度统计核对"})
    assert asked.status_code == 302 and "/access/consents/" in asked["Location"]
    assert "2026-11-23 · 党员类别 · 合计" in other.get(asked["Location"]).content.decode()
    assert other.post(f"{asked['Location']}agree/").status_code == 302
    file = browser.get(f"/members/export/{asked['Location'].split('/')[-2]}/file/")
    with context.inside(told.jia):
        assert file.content.decode().count("\r\n") == 1 + Member.objects.present().count()
