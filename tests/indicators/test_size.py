"""A unit of five hundred branches and twenty thousand members asks no more of the database than a small one."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tenants import context
from tests.support import year
from tests.support.cast import Cast
from workspace.activities.actions.obligations import renew_many
from workspace.indicators.dashboards import KINDS
from workspace.organization.models import Unit

MOST_QUERIES = 25
OVERVIEW = 26  # all six at once


def test_each_page_asks_at_most_twenty_five_times(cast: Cast) -> None:
    with context.inside(cast.jia):
        branches = year.grow(Unit.objects.get(depth=1), general=20, branches=25, members=40)
        renew_many(branches, year=2026, on=date(2026, 11, 23), since=date(2026, 10, 1))
    browser = cast.signed_in("owner")
    asked = {}
    for page in ("", *(f"{name}/" for name in KINDS)):
        browser.get(f"/dashboards/{page}")  # the first visit fills caches
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(f"/dashboards/{page}").status_code == 200
        asked[page] = sum("SAVEPOINT" not in query["sql"] for query in queries)
    over = {page: count for page, count in asked.items() if count > (MOST_QUERIES if page else OVERVIEW)}
    assert over == {}, asked
