"""Figures for dashboards say what was held, who was there, and what came of it."""

from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tenants import context
from tests.support.activities import at, branch_of, member, on_record, planned
from tests.support.cast import Cast
from workspace.activities.actions import check_in, record, roll
from workspace.activities.actions.obligations import reassess, renew_obligations
from workspace.activities.models import Activity
from workspace.activities.queries import figures
from workspace.members.models import Member
from workspace.organization.models import Unit

START = at("2026-09-15", 14)
SEPTEMBER = {"first": date(2026, 9, 1), "last": date(2026, 9, 30)}
YEAR = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}
TODAY = date(2026, 9, 20)


def held(unit: Unit, *names: str, **details) -> Activity:
    activity = planned(unit, start=START, **details)
    for name in names:
        check_in.mark_present(activity, member(name), by=Cast.user("secretary"), at=START, reason="点名")
    record.close(activity, by=Cast.user("secretary"), at=START + timedelta(hours=2))
    return activity


def test_obligations_are_tallied_by_unit_rule_and_month(cast: Cast) -> None:
    with context.inside(cast.jia):
        root, unit = Unit.objects.get(depth=1), branch_of(4)
        renew_obligations(unit, year=2026, on=TODAY, since=date(2026, 1, 1))
        on_record(unit, date(2026, 7, 10), "party_day")
        on_record(unit, date(2026, 8, 10), "party_day", recorded=date(2026, 9, 19))
        reassess([unit], year=2026, on=TODAY)
        by_rule = figures.tallies_by_rule(under=unit, on=TODAY, **YEAR)
        days = by_rule["branch.party_day"]
        assert (days.met, days.late, days.open, days.exempt, days.upcoming) == (1, 1, 6, 0, 4)
        assert figures.tallies(under=root, on=TODAY, **YEAR)[unit.path].open == 8
        assert figures.tallies_by_month(under=root, on=TODAY, **YEAR)[date(2026, 8, 1)].late == 1


def test_attendance_counts_the_expected_only_and_knows_who_was_remote(cast: Cast) -> None:
    with context.inside(cast.jia):
        unit = branch_of(4)
        Member.objects.filter(name="党员2").update(is_exempt=True)
        activity = planned(unit, start=START, online_url="https://meeting.example/1")
        roll.invite(activity, [member("stranger")])
        by = cast.user("secretary")
        check_in.mark_present(activity, member("stranger"), by=by, at=START, reason="列席")
        check_in.mark_present(activity, Member.objects.get(name="党员2"), by=by, at=START, reason="点名")
        check_in.mark_present(activity, member("secretary"), by=by, at=START, reason="点名")
        check_in.join_remotely(activity, member("member"), by=cast.user("member"), at=START)
        assert figures.attendance(under=unit, **SEPTEMBER) == {}  # nothing counts before it is on record
        record.close(activity, by=by, at=START + timedelta(hours=2))
        found = figures.attendance(under=unit, **SEPTEMBER)[unit.path, date(2026, 9, 1)]
        assert (found.activities, found.expected, found.present, found.remote) == (1, 3, 2, 1)


def test_breadth_asks_who_took_part_at_all(cast: Cast) -> None:
    with context.inside(cast.jia):
        unit = branch_of(4)
        held(unit, "member")
        held(unit, "member", "secretary")
        found = figures.breadth(under=unit, **SEPTEMBER)[unit.path]
        assert (found.members, found.took_part) == (4, 2)


def test_follow_through_tells_in_time_from_late_and_overdue(cast: Cast) -> None:
    with context.inside(cast.jia):
        unit, by = branch_of(4), cast.user("secretary")
        activity = planned(unit, start=START)
        made = [
            record.resolve(activity, text=f"决议{day}", owner=None, due=date(2026, 9, day), by=by)
            for day in (16, 17, 18, 28)
        ]
        record.finish(made[0], by=by, note="", at=at("2026-09-16", 23))
        record.finish(made[1], by=by, note="", at=at("2026-09-18", 1))
        found = figures.follow_through(under=unit, on=TODAY, **SEPTEMBER)[unit.path]
        assert (found.in_time, found.late, found.overdue, found.running) == (1, 1, 1, 1)


def test_the_link_is_of_the_same_people_before_and_after(cast: Cast) -> None:
    with context.inside(cast.jia):
        unit, by = branch_of(6), cast.user("secretary")
        activity = planned(unit, start=START, preparation="先读一章", online_url="https://meeting.example/1")
        before, after = START - timedelta(days=1), START + timedelta(days=1)
        both, only_before, only_after, late, absent, remote = Member.objects.below(unit).full().order_by("pk")[:6]
        for each in (both, only_before, absent, remote):
            roll.answer(activity, each, coming=True, at=before)
        for each in (both, only_before, only_after, late):
            check_in.mark_present(activity, each, by=by, at=START, reason="点名")
        check_in.join_remotely(activity, remote, by=by, at=START)
        record.close(activity, by=by, at=START + timedelta(hours=2))
        for each in (both, only_after, late, absent, remote):
            roll.remark(activity, each, text="有收获", at=after)
        # whose answer came when it had begun did not prepare; who was not in the room is not counted at all
        activity.roll.filter(member=late).update(answered_at=START)
        link = figures.online_offline(under=unit, **SEPTEMBER)[unit.path]
        assert (link.attended, link.both) == (4, 1)


def test_each_figure_costs_the_same_for_one_unit_and_for_all(cast: Cast) -> None:
    with context.inside(cast.jia):
        root = Unit.objects.get(depth=1)
        with CaptureQueriesContext(connection) as asked:
            figures.tallies(under=root, on=TODAY, **YEAR)
            figures.attendance(under=root, **YEAR)
            figures.breadth(under=root, **YEAR)
            figures.follow_through(under=root, on=TODAY, **YEAR)
            figures.online_offline(under=root, **YEAR)
        assert len(asked) == 7
