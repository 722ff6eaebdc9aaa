"""Being there is one row, however it came about."""

from datetime import timedelta

import pytest

from tenants import context
from tests.support.activities import at, branch_of, member, planned
from tests.support.cast import Cast
from workspace.activities.actions import check_in, planning, record, roll
from workspace.activities.models import Activity, CheckIn
from workspace.audit.models import Entry
from workspace.members.models import Member
from workspace.organization.models import Unit

START = at("2026-09-15", 14)


def opened(**details) -> Activity:
    activity = planned(branch_of(4), start=START, **details)
    return check_in.open_check_in(activity, by=Cast.user("secretary"), at=START)


def test_two_taps_leave_one_row_with_the_first_time(cast: Cast) -> None:
    with context.inside(cast.jia):
        activity, person, user = opened(), member("member"), cast.user("member")
        first = check_in.check_in_by_scan(activity, person, by=user, at=START, device_at=START)
        later = START + timedelta(minutes=5)
        again = check_in.check_in_by_scan(activity, person, by=user, at=later)
        assert again.pk == first.pk
        assert again.at == START
        assert CheckIn.objects.filter(activity=activity).count() == 1
        assert Entry.objects.filter(verb="activity.checked_in").count() == 1


def test_a_member_of_another_branch_is_told_so(cast: Cast) -> None:
    with context.inside(cast.jia):
        activity = opened()
        with pytest.raises(roll.NotOnTheRoll, match="不在「九月主题党日」的参加名单中"):
            check_in.check_in_by_scan(activity, member("stranger"), by=cast.user("stranger"), at=START)
        roll.invite(activity, [member("stranger")])
        check_in.check_in_by_scan(activity, member("stranger"), by=cast.user("stranger"), at=START)
        assert not activity.roll.get(member=member("stranger")).is_expected


def test_an_account_without_a_register_entry_cannot_check_in(cast: Cast) -> None:
    with context.inside(cast.jia), pytest.raises(check_in.NotAMember):
        check_in.check_in_by_scan(opened(), None, by=cast.user("owner"), at=START)


def test_a_member_who_joined_after_the_plan_is_expected_too(cast: Cast) -> None:
    with context.inside(cast.jia):
        activity = opened()
        newcomer = Member.objects.create(unit=activity.unit, name="新来的")
        check_in.mark_present(activity, newcomer, by=cast.user("secretary"), at=START, reason="现场点名")
        assert activity.roll.get(member=newcomer).is_expected


def test_nobody_checks_in_before_it_opens_or_after_it_closes(cast: Cast) -> None:
    with context.inside(cast.jia):
        activity = planned(branch_of(4), start=START)
        person, user, by = member("member"), cast.user("member"), cast.user("secretary")
        with pytest.raises(check_in.CheckInNotOpen):
            check_in.check_in_by_scan(activity, person, by=user, at=START)
        check_in.open_check_in(activity, by=by, at=START)
        check_in.close_check_in(activity, by=by, at=START)
        with pytest.raises(check_in.CheckInNotOpen):
            check_in.check_in_by_scan(activity, person, by=user, at=START)
        planning.cancel(activity, by=by, reason="台风", at=START)
        with pytest.raises(roll.AlreadyOver):
            check_in.open_check_in(activity, by=by, at=START)


def test_marking_by_hand_needs_a_reason(cast: Cast) -> None:
    with context.inside(cast.jia):
        activity, by = opened(), cast.user("secretary")
        with pytest.raises(check_in.ReasonForMarkingMissing):
            check_in.mark_present(activity, member("member"), by=by, at=START, reason="  ")
        made = check_in.mark_present(activity, member("member"), by=by, at=START, reason="手机没电")
        assert (made.method, made.reason, made.by) == ("manual", "手机没电", by)


def test_a_mistaken_check_in_is_undone_and_remembered(cast: Cast) -> None:
    with context.inside(cast.jia):
        activity, by = opened(), cast.user("secretary")
        check_in.mark_present(activity, member("member"), by=by, at=START, reason="现场点名")
        check_in.undo_check_in(activity, member("member"), by=by, reason="认错人")
        assert not activity.check_ins.exists()
        assert Entry.objects.get(verb="activity.check_in_undone").details["reason"] == "认错人"
        with pytest.raises(check_in.NotCheckedIn):
            check_in.undo_check_in(activity, member("member"), by=by, reason="")


def test_the_roll_is_kept_in_one_go(cast: Cast) -> None:
    with context.inside(cast.jia):
        activity, by = opened(), cast.user("secretary")
        check_in.check_in_by_scan(activity, member("member"), by=cast.user("member"), at=START)
        everybody = list(activity.roll.values_list("member_id", flat=True))
        away = member("secretary").pk
        marked = check_in.keep_roll(
            activity,
            present=[key for key in everybody if key != away],
            reasons={away: "出差"},
            by=by,
            at=START,
            note="现场点名",
        )
        assert marked == (2, 0)
        assert activity.check_ins.get(member=member("member")).method == "qr"  # what stood stays as it was made
        assert activity.roll.get(member_id=away).reason == "出差"
        assert check_in.keep_roll(activity, present=[], reasons={}, by=by, at=START, note="记错了") == (0, 3)


def test_a_strangers_key_in_the_roll_form_marks_nobody(cast: Cast) -> None:
    with context.inside(cast.jia):
        activity = opened()
        check_in.keep_roll(
            activity, present=[member("stranger").pk], reasons={}, by=cast.user("secretary"), at=START, note="点名"
        )
        assert not activity.check_ins.exists()


def test_joining_from_afar_counts_within_its_hours(cast: Cast) -> None:
    with context.inside(cast.jia):
        activity = planned(branch_of(4), start=START, online_url="https://meeting.example/1")
        person, user = member("member"), cast.user("member")
        for early_or_late in (START - timedelta(minutes=31), START + timedelta(hours=2, seconds=1)):
            with pytest.raises(check_in.RemoteNotOpen):
                check_in.join_remotely(activity, person, by=user, at=early_or_late)
        made = check_in.join_remotely(activity, person, by=user, at=START - timedelta(minutes=30))
        assert made.method == "remote"


def test_there_is_no_joining_from_afar_without_an_address(cast: Cast) -> None:
    with context.inside(cast.jia), pytest.raises(check_in.NoRemoteHalf):
        check_in.join_remotely(opened(), member("member"), by=cast.user("member"), at=START)


def test_the_infirm_stand_on_the_roll_without_being_expected(cast: Cast) -> None:
    with context.inside(cast.jia):
        Member.objects.filter(pk=member("member").pk).update(is_exempt=True)
        activity = opened()
        assert not activity.roll.get(member=member("member")).is_expected


def test_closing_needs_a_beginning_and_a_roll_and_judges_the_obligations(cast: Cast) -> None:
    from workspace.activities.actions.obligations import renew_obligations

    with context.inside(cast.jia):
        unit, by = branch_of(4), cast.user("secretary")
        renew_obligations(unit, year=2026, on=START.date())
        activity = planned(unit, start=START, kinds=["party_day", "lecture"])
        with pytest.raises(record.NotBegun):
            record.close(activity, by=by, at=START - timedelta(minutes=1))
        with pytest.raises(record.NoRoll):
            record.close(activity, by=by, at=START)
        check_in.mark_present(activity, member("member"), by=by, at=START, reason="现场点名")
        met = record.close(activity, by=by, at=START + timedelta(hours=3), report="开得好")
        assert {row.key for row in met} == {"branch.party_day/2026-09", "branch.lecture/2026"}
        with pytest.raises(roll.AlreadyOver):
            check_in.mark_present(activity, member("secretary"), by=by, at=START, reason="补登")
        with pytest.raises(record.ReasonForReopeningMissing):
            record.reopen(activity, by=by, at=START, reason="")
        recorded = activity.recorded_at
        undone = record.reopen(activity, by=by, at=START + timedelta(days=40), reason="漏记一人")
        assert {row.state for row in undone} == {"open"}
        record.close(activity, by=by, at=START + timedelta(days=40))
        assert activity.recorded_at == recorded
        assert {row.state for row in unit.obligations.filter(met_by=activity)} == {"met"}


def test_activities_of_a_committee_for_everybody_below_expect_everybody(cast: Cast) -> None:
    with context.inside(cast.jia):
        root = Unit.objects.get(depth=1)
        activity = planned(root, start=START, by=cast.user("owner"), audience="below")
        assert set(activity.roll.values_list("member__name", flat=True)) >= {"李书记", "王党员", "赵外人"}
