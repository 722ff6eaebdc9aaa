"""Duties of past periods are counted in the tree as it was: by the parent, the name and the life of the time."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tenants import context
from tests.indicators.conftest import TODAY, reach_of
from workspace.activities.actions.obligations import renew_many
from workspace.activities.models import Obligation
from workspace.indicators.figures import obligations
from workspace.organization import actions
from workspace.organization.facts import Facts
from workspace.organization.models import Unit
from workspace.organization.queries.since import happened_since

APRIL, JULY = date(2026, 4, 1), date(2026, 7, 1)


def moved(lived) -> tuple[Unit, Unit, Unit]:
    """第1党总支第1支部 moved to 第2党总支 on the first of July: the unit, its old and its new parent."""
    unit, old, new = (Unit.objects.get(name=name) for name in ("第1党总支第1支部", "第1党总支", "第2党总支"))
    actions.move(unit, to=new, by=lived.user("owner"), on=JULY)
    return tuple(Unit.objects.get(pk=each.pk) for each in (unit, old, new))


def due_in(unit: Unit, first: date, last: date) -> int:
    return Obligation.objects.filter(unit=unit, due__gte=first, due__lte=last).count()


def counted(parent: Unit, code: str) -> int:
    return sum(
        t.met + t.late + t.open + t.exempt + t.upcoming for t in obligations.by_path(reach_of(parent, code)).values()
    )


def test_a_unit_that_moved_counts_under_its_old_parent_until_that_day(lived):
    with context.inside(lived.jia):
        old = Unit.objects.get(name="第1党总支")
        new = Unit.objects.get(name="第2党总支")
        spring, autumn = (counted(old, code) for code in ("2026-Q2", "2026-Q3"))
        there = counted(new, "2026-Q2"), counted(new, "2026-Q3")
        unit, old, new = moved(lived)

        own_spring = due_in(unit, APRIL, date(2026, 6, 30))
        own_autumn = due_in(unit, JULY, date(2026, 9, 30))
        assert own_spring and own_autumn
        assert counted(old, "2026-Q2") == spring
        assert counted(old, "2026-Q3") == autumn - own_autumn
        assert (counted(new, "2026-Q2"), counted(new, "2026-Q3")) == (there[0], there[1] + own_autumn)


def test_a_whole_above_both_counts_the_same_as_before(lived):
    with context.inside(lived.jia):
        before = counted(Unit.objects.get(depth=1), "2026")
        moved(lived)

        assert counted(Unit.objects.get(depth=1), "2026") == before


def test_a_unit_that_left_has_its_row_under_the_old_parent(lived):
    with context.inside(lived.jia):
        unit, old, _new = moved(lived)
        spring, autumn = reach_of(old, "2026-Q2"), reach_of(old, "2026-Q3")

        assert unit.pk in {part.pk for part in spring.parts}
        assert unit.pk not in {part.pk for part in autumn.parts}
        row = next(part for part in spring.parts if part.pk == unit.pk)
        assert spring.folded(obligations.shares(obligations.by_path(spring)))[row.path].whole


def test_the_dashboard_of_the_old_parent_opens_with_the_unit_that_left(lived):
    with context.inside(lived.jia):
        _unit, old, _new = moved(lived)
    page = lived.signed_in("owner").get(f"/dashboards/vitality/?unit={old.pk}&period=2026-Q2")

    assert page.status_code == 200
    assert "第1党总支第1支部" in page.content.decode()


def test_a_renamed_unit_keeps_the_name_of_the_time(lived):
    with context.inside(lived.jia):
        unit = Unit.objects.get(name="第1党总支第1支部")
        facts = Facts(name="总装党支部", type=unit.type, elected_on=unit.elected_on)
        actions.change(unit, facts, by=lived.user("owner"), on=JULY)
        old = Unit.objects.get(name="第1党总支")

        assert "第1党总支第1支部" in {str(part) for part in reach_of(old, "2026-Q2").parts}
        assert "总装党支部" in {str(part) for part in reach_of(old, "2026-Q3").parts}


def test_a_unit_closed_late_owes_nothing_from_its_last_day_on(lived):
    with context.inside(lived.jia):
        root = Unit.objects.get(depth=1)
        facts = Facts(name="专班党支部", type=Unit.Type.BRANCH, established_on=date(2026, 1, 1))
        unit = actions.create(root, facts, by=lived.user("owner"))
        renew_many([unit], year=2026, on=TODAY, since=date(2026, 1, 1))
        assert unit.obligations.filter(period_start__gte=date(2026, 6, 1)).exists()
        actions.close(unit, on=date(2026, 6, 1), reason="任务结束", by=lived.user("owner"))
        renew_many([Unit.objects.get(pk=unit.pk)], year=2026, on=TODAY)

        assert not unit.obligations.filter(period_start__gte=date(2026, 6, 1)).exists()
        assert unit.obligations.filter(period_end__lt=date(2026, 6, 1)).exists()


def test_a_unit_whose_beginning_is_corrected_owes_nothing_before_it(lived):
    with context.inside(lived.jia):
        root, by = Unit.objects.get(depth=1), lived.user("owner")
        facts = {"name": "专班党支部", "type": Unit.Type.BRANCH}
        unit = actions.create(root, Facts(**facts, established_on=date(2026, 1, 1)), by=by)
        renew_many([unit], year=2026, on=TODAY, since=date(2026, 1, 1))
        actions.change(unit, Facts(**facts, established_on=date(2026, 9, 1)), by=by)
        renew_many([Unit.objects.get(pk=unit.pk)], year=2026, on=TODAY)

        assert not unit.obligations.filter(period_end__lt=date(2026, 9, 1)).exists()
        assert unit.obligations.filter(period_start__gte=date(2026, 9, 1)).exists()


def test_where_nothing_moved_one_query_says_so(lived):
    with context.inside(lived.jia), CaptureQueriesContext(connection) as asked:
        assert happened_since(APRIL, JULY).segments == ()
    assert len(asked) == 1
