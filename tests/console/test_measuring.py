"""Counts leave a workspace through door 3 only, and land in the control schema once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from console import adoption
from console.actions import measuring
from console.models import Collection, PlatformDay, Stage, Standing, Step, UsageDay
from tenants import context, lifecycle, worker
from tenants.models import Tenant
from tests.support.cast import Cast
from tests.support.jobs import run_jobs
from workspace.members.models import Member
from workspace.usage import Usage

NOW = datetime(2026, 11, 23, 4, 7, tzinfo=UTC)


def usage(**changes: object) -> Usage:
    none = dict.fromkeys(Usage.__slots__, 0) | {"first_meeting_on": None, "last_active_on": None, "ticks": ()}
    return Usage(**(none | changes))


def asked() -> list[str]:
    return [arguments["tenant"] for _n, name, _w, arguments in worker.pending() if name == "console.measure"]


def test_a_round_asks_every_serving_workspace_once_an_hour(cast: Cast) -> None:
    lifecycle.move(cast.yan, to=Tenant.State.SUSPENDED, by="tests", reason="试")
    assert measuring.collect(at=NOW) == 1
    assert asked() == [str(cast.jia.uuid)]
    assert measuring.collect(at=NOW + timedelta(minutes=20)) == 0
    assert Collection.objects.get().workspaces == 1


def test_a_workspace_that_owes_an_answer_is_not_asked_again_until_it_is_given_up(cast: Cast) -> None:
    Standing.objects.update(asked_at=None, measured_at=None)
    measuring.collect(at=NOW)
    assert measuring.collect(at=NOW + timedelta(hours=1)) == 0
    assert measuring.collect(at=NOW + timedelta(hours=8)) == 2


def test_the_worker_counts_each_workspace_in_its_own_place(cast: Cast) -> None:
    with context.inside(cast.yan):
        Member.objects.filter(name="赵外人").delete()
    measuring.collect(at=timezone.now())
    assert run_jobs() == 2
    assert Standing.objects.get(tenant=cast.jia).members == 3
    assert Standing.objects.get(tenant=cast.yan).members == 2
    assert UsageDay.objects.filter(tenant=cast.yan).get().members == 2
    assert not Standing.objects.get(tenant=cast.jia).is_waiting


def test_measuring_again_the_same_day_writes_over_the_row(cast: Cast) -> None:
    measuring.note(cast.jia, usage(members=3), at=NOW)
    measuring.note(cast.jia, usage(members=4), at=NOW + timedelta(hours=1))
    measuring.note(cast.jia, usage(members=5), at=NOW + timedelta(days=1))
    days = UsageDay.objects.filter(tenant=cast.jia, day__gte=date(2026, 11, 23)).order_by("day")
    assert [(row.day.day, row.members) for row in days if row.day < date(2026, 11, 25)] == [(23, 4), (24, 5)]


def test_a_workspace_that_stopped_serving_keeps_its_last_counts(cast: Cast) -> None:
    measuring.note(cast.jia, usage(members=3), at=NOW)
    lifecycle.move(cast.jia, to=Tenant.State.SUSPENDED, by="tests", reason="试")
    measuring.measure(cast.jia.uuid, at=NOW)
    assert Standing.objects.get(tenant=cast.jia).members == 3
    with pytest.raises(measuring.NotServing):
        measuring.ask(Tenant.objects.get(pk=cast.jia.pk), at=NOW)


def test_a_workspace_that_becomes_active_is_counted_without_waiting_for_the_round(cast: Cast) -> None:
    lifecycle.move(cast.jia, to=Tenant.State.SUSPENDED, by="tests", reason="试")
    assert asked() == []
    lifecycle.move(cast.jia, to=Tenant.State.ACTIVE, by="tests", reason="试")
    assert asked() == [str(cast.jia.uuid)]


def test_the_platforms_day_adds_the_standings_up(cast: Cast) -> None:
    ready = {"activated": 1, "active_week": 1, "members": 9, "activities": 1, "ticks": ("tree", "members", "meeting")}
    measuring.note(cast.jia, usage(**ready), at=NOW)
    measuring.note(cast.yan, usage(activated=1), at=NOW)
    measuring.summarise(at=NOW)
    row = measuring.summarise(at=NOW)
    assert PlatformDay.objects.filter(day=row.day).count() == 1
    assert (row.workspaces, row.weekly, row.members) == (2, 1, 9)
    assert row.stages[str(Stage.ACTIVATED.value)] == 2
    assert row.stages[str(Stage.WEEKLY.value)] == 1
    assert row.steps[str(Step.CAN_USE.value)] == 1


def test_the_day_of_activation_is_kept_from_its_first_sight(cast: Cast) -> None:
    enough = usage(activated=1, members=8, check_ins=1)
    cast.jia.stated_members = 10
    measuring.note(cast.jia, usage(activated=1, members=7, check_ins=1), at=NOW)
    assert Standing.objects.get(tenant=cast.jia).activation_on is None
    measuring.note(cast.jia, enough, at=NOW + timedelta(days=1))
    measuring.note(cast.jia, enough, at=NOW + timedelta(days=9))
    assert Standing.objects.get(tenant=cast.jia).activation_on == date(2026, 11, 24)


def test_each_stage_needs_the_one_before_it() -> None:
    later_ones = {"members": 9, "active_week": 1, "ticks": ("members", "meeting")}
    assert adoption.stage(usage(activated=1, **later_ones), stated=0) == Stage.ACTIVATED
    complete = later_ones | {"ticks": ("tree", "members", "meeting")}
    assert adoption.stage(usage(activated=1, **complete), stated=0) == Stage.WEEKLY
    assert adoption.stage(usage(activated=1, **complete), stated=12) == Stage.TREE
    assert adoption.stage(usage(**complete), stated=0) == Stage.OPENED


def test_the_ladder_is_climbed_rung_by_rung() -> None:
    here: dict[str, object] = {}
    climbed = [adoption.step(usage(**here), stated=10)]
    for gained in (
        {"activated": 1},
        {"ticks": ("tree",), "members": 8, "activities": 1},
        {"steady_months": 3},
        {"strong_quarters": 2},
    ):
        here |= gained
        climbed.append(adoption.step(usage(**here), stated=10))
    assert climbed == [Step.NONE, Step.PROVISIONED, Step.CAN_USE, Step.REALLY_USES, Step.USES_WELL]
    assert adoption.step(usage(**(here | {"steady_months": 2})), stated=10) == Step.CAN_USE
