"""No score reads what the national rules forbid to assess by: time online, likes, views, clicks, check-ins of a person.

Three nets: each dashboard declares the columns it reads, and the database confirms it; none of them is forbidden; no
source of the app so much as names one. (国办函〔2026〕12号, product rule: no leaderboards, no points.)
"""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps

from tenants import context
from tests.indicators.columns import read_by
from tests.indicators.conftest import reach_of
from tests.support.cast import Cast
from workspace import indicators
from workspace.indicators.dashboards import KINDS

FORBIDDEN_WORDS = re.compile(
    r"last_login|last_seen|seen_at|read_at|device_at|wrong_codes|online_time|minutes_online|duration|dwell"
    r"|likes?$|liked|views?$|viewed|clicks?$|forwards?$|shares$|visits?_count|points?$|rank|score|streak|badge",
    re.IGNORECASE,
)
# When somebody scanned a code, on which device, by which way: never read by a figure. That they were there is.
FORBIDDEN_COLUMNS = {
    "activities_checkin.at",
    "activities_checkin.device_at",
    "activities_checkin.by_id",
    "activities_checkin.reason",
    "activities_participation.wrong_codes",
    "accounts_user.last_login",
    "accounts_user.date_joined",
    "inbox_message.read_at",
}
FORBIDDEN_TABLES = ("accounts_session", "accounts_attempt", "inbox_", "audit_", "activities_calendarfeed")
SOURCES = sorted(Path(indicators.__path__[0]).rglob("*.py"))


@pytest.mark.parametrize("name", list(KINDS))
def test_a_dashboard_reads_what_it_declares_and_nothing_else(lived: Cast, name: str) -> None:
    with context.inside(lived.jia):
        reach = reach_of()
        read, _statements = read_by(lambda: KINDS[name].build(reach))
    assert sorted(read) == sorted(KINDS[name].reads)


@pytest.mark.parametrize("name", list(KINDS))
def test_nothing_declared_is_forbidden(name: str) -> None:
    for column in KINDS[name].reads:
        table, _dot, field = column.partition(".")
        assert column not in FORBIDDEN_COLUMNS, column
        assert not table.startswith(FORBIDDEN_TABLES), column
        assert not FORBIDDEN_WORDS.search(field), column


def test_the_forbidden_columns_are_real_ones() -> None:
    """A net with holes would let a renamed field through."""
    real = {f"{m._meta.db_table}.{f.column}" for m in apps.get_models() for f in m._meta.concrete_fields}
    assert {column for column in FORBIDDEN_COLUMNS if not column.endswith("date_joined")} <= real


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_no_source_names_a_forbidden_field(path: Path) -> None:
    if path.parts[-2] in {"views", "migrations", "records"}:
        return  # these show what was counted and count nothing
    forbidden = {column.partition(".")[2] for column in FORBIDDEN_COLUMNS} - {"at", "by_id", "reason"}
    for node in ast.walk(ast.parse(path.read_text())):
        named = _name(node)
        assert not any(part in forbidden for part in named.split("__")), f"{path.name}:{node.lineno} {named}"


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.keyword):
        return node.arg or ""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
        return node.value
    return ""


@pytest.mark.parametrize("name", list(KINDS))
def test_check_ins_are_never_counted_by_person(lived: Cast, name: str) -> None:
    with context.inside(lived.jia):
        _read, statements = read_by(lambda: KINDS[name].build(reach_of()))
    for statement in statements:
        if "activities_checkin" not in statement:
            continue
        for grouped in re.findall(r"GROUP BY (.*?)(?: ORDER| HAVING|\)|$)", statement):
            assert "member_id" not in grouped and '"members_member"."id"' not in grouped, statement


@pytest.mark.parametrize("name", list(KINDS))
def test_nothing_is_put_in_order_of_a_count(lived: Cast, name: str) -> None:
    """No leaderboard can come out of a query that orders by no figure."""
    with context.inside(lived.jia):
        _read, statements = read_by(lambda: KINDS[name].build(reach_of()))
    for statement in statements:
        for order in re.findall(r"ORDER BY (.*?)(?: LIMIT|\)|$)", statement):
            assert "COUNT(" not in order and "SUM(" not in order and " DESC" not in order, statement
