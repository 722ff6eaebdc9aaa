"""Programs read the same values as people."""

from tenants import context
from tests.indicators.conftest import reach_of
from tests.support.cast import Cast, Client
from workspace.accounts import tokens
from workspace.indicators.dashboards import KINDS


def program(cast: Cast, *scopes: str, name: str = "owner") -> Client:
    with context.inside(cast.jia):
        _token, text = tokens.issue(by=cast.user(name), name="看板", scopes=list(scopes), expires_at=None)
    return Client("jia", headers={"authorization": f"Bearer {text}"})


def test_the_six_are_listed(lived: Cast) -> None:
    answer = program(lived, "dashboards:read").get("/api/v1/dashboards/")
    assert [row["name"] for row in answer.json()] == list(KINDS)


def test_one_has_the_page_s_own_values(lived: Cast) -> None:
    answer = program(lived, "dashboards:read").get("/api/v1/dashboards/vitality/?year=2026").json()
    with context.inside(lived.jia):
        board = KINDS["vitality"].build(reach_of())
    assert answer["main"]["value"] == board.main.value
    assert [row["unit"] for row in answer["breakdown"]] == [row.pk for row in board.breakdown.rows]


def test_another_scope_or_another_unit_opens_nothing(cast: Cast) -> None:
    assert program(cast, "units:read").get("/api/v1/dashboards/").status_code == 403
    assert program(cast, "dashboards:read", name="stranger").get("/api/v1/dashboards/").status_code == 404
    assert program(cast, "dashboards:read").get("/api/v1/dashboards/nothing/").status_code == 404
