"""The nightly run keeps every workspace's obligations in step, and clearing the sample takes its activities along."""

from datetime import UTC, datetime

import time_machine

from tenants import context, worker
from tests.support.activities import at, branch_of, planned
from tests.support.cast import Cast
from tests.support.jobs import run_jobs
from workspace.activities.models import Activity, Obligation
from workspace.organization.actions.sampling import clear_sample
from workspace.organization.models import Unit


def years(cast: Cast) -> set[int]:
    with context.inside(cast.jia):
        starts = Obligation.objects.filter(unit__name="第一党支部").values_list("period_start", flat=True)
        return {day.year for day in starts}


def test_each_workspace_renews_its_own(cast: Cast) -> None:
    with time_machine.travel(datetime(2027, 3, 1, 3, tzinfo=UTC), tick=False):
        assert worker.everywhere("activities.renew_all") == 2
        run_jobs()
    assert years(cast) == {2027}
    with context.inside(cast.yan):
        assert Obligation.objects.filter(unit__name="第一党支部", period="2027-03").exists()


def test_in_december_the_next_year_is_drawn_up_too(cast: Cast) -> None:
    with time_machine.travel(datetime(2027, 12, 1, 3, tzinfo=UTC), tick=False):
        worker.everywhere("activities.renew_all")
        run_jobs()
    assert years(cast) == {2027, 2028}


def test_a_fresh_workspace_owes_from_its_first_day(cast: Cast) -> None:
    with context.inside(cast.jia):
        root = Unit.objects.get(depth=1)
        assert Obligation.objects.filter(unit=root, rule_code="committee.yearly_plan").exists()


def test_the_sample_goes_with_its_activities(cast: Cast) -> None:
    with context.inside(cast.jia):
        unit = branch_of(4, name="第二党支部")
        planned(unit, start=at("2026-09-15"), by=cast.user("owner"))
        Unit.objects.filter(pk=unit.pk).update(is_sample=True)
        unit.members.all().delete()
        clear_sample(Unit.objects.get(pk=unit.pk), by=cast.user("owner"))
        assert not Activity.objects.exists()


def test_a_change_of_structure_is_followed_at_once(cast: Cast) -> None:
    from workspace.organization.actions.creation import create
    from workspace.organization.facts import Facts

    with context.inside(cast.jia):
        unit = branch_of(4)
        create(unit, Facts(name="第一党小组", type=Unit.Type.GROUP), by=cast.user("owner"))
    run_jobs()
    with context.inside(cast.jia):
        assert Obligation.objects.filter(unit=unit, rule_code="branch.group_meeting", needed=1).exists()
