"""Programs read the same figures as people."""

from tenants import context
from tests.statistics.conftest import TODAY, YEAR_END
from tests.statistics.test_counting import book
from tests.support.cast import Cast, Client
from workspace.accounts import tokens

WHEN = f"on={TODAY}&since={YEAR_END}"


def program(cast: Cast, *scopes: str, name: str = "owner") -> Client:
    with context.inside(cast.jia):
        _token, text = tokens.issue(by=cast.user(name), name="统计", scopes=list(scopes), expires_at=None)
    return Client("jia", headers={"authorization": f"Bearer {text}"})


def test_all_tables_and_one_have_the_page_s_own_values(told: Cast) -> None:
    answer = program(told, "statistics:read").get(f"/api/v1/statistics/?{WHEN}").json()
    with context.inside(told.jia):
        made = book()
        expected = {name: table.total for name, table in made.tables.items()}
    assert {table["name"]: table["total"] for table in answer["tables"]} == expected
    one = program(told, "statistics:read").get(f"/api/v1/statistics/age/?{WHEN}").json()
    assert one["total"] == expected["age"] and one["before"][0] == 13


def test_the_people_ask_for_the_register_s_scope(told: Cast) -> None:
    path = f"/api/v1/statistics/changes/people/came/?{WHEN}"
    assert program(told, "statistics:read").get(path).status_code == 403
    found = program(told, "members:read").get(path).json()["results"]
    assert [(one["name"], one["happened"]) for one in found] == [("赵丑", "2026-08-08 转入")]


def test_another_scope_or_another_unit_opens_nothing(cast: Cast) -> None:
    assert program(cast, "units:read").get("/api/v1/statistics/").status_code == 403
    assert program(cast, "statistics:read", name="stranger").get("/api/v1/statistics/").status_code == 404
    assert program(cast, "statistics:read").get("/api/v1/statistics/nothing/").status_code == 404
