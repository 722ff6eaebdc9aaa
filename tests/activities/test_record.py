"""Votes are counted of those entitled; resolutions have owners and an end."""

from datetime import UTC, date

import pytest

from rules.ballots import Ballot, VoteKind
from tenants import context
from tests.support.activities import at, branch_of, member, planned
from tests.support.cast import Cast
from workspace.activities.actions import check_in, record, roll
from workspace.activities.actions.obligations import renew_obligations
from workspace.activities.models import Vote

START = at("2026-09-15", 14)


def counted(kind: str = "ordinary", **numbers: int) -> Vote:
    activity = planned(branch_of(4), start=START, kinds=["general_meeting"])
    return record.count_vote(
        activity,
        motion="动议",
        kind=VoteKind(kind),
        ballot=Ballot(**numbers),
        is_secret=False,
        by=Cast.user("secretary"),
        at=START,
    )


@pytest.mark.parametrize(
    ("kind", "entitled", "present", "yes", "passes"),
    [
        ("admission", 21, 12, 11, True),
        ("admission", 20, 10, 10, False),
        ("ordinary", 20, 10, 10, False),
        ("ordinary", 20, 11, 10, False),
        ("ordinary", 20, 11, 11, True),
        ("ordinary", 20, 10, 9, False),
        ("election", 20, 15, 15, False),
        ("election", 20, 16, 11, True),
    ],
)
def test_a_vote_passes_by_those_entitled_and_never_by_those_present(
    cast: Cast, kind: str, entitled: int, present: int, yes: int, passes: bool
) -> None:
    with context.inside(cast.jia):
        vote = counted(kind, entitled=entitled, present=present, yes=yes)
        assert vote.passed is passes
        assert vote.is_secret is (kind != "ordinary")


def test_written_opinions_count_for_admissions_only(cast: Cast) -> None:
    with context.inside(cast.jia):
        assert counted("admission", entitled=21, present=11, written=2, yes=11).passed
        with pytest.raises(record.ImpossibleVote):
            counted("ordinary", entitled=21, present=11, written=2, yes=11)


def test_a_resolution_is_done_once_with_a_note_and_can_be_taken_up_again(cast: Cast) -> None:
    with context.inside(cast.jia):
        activity, by = planned(branch_of(4), start=START), cast.user("secretary")
        made = record.resolve(activity, text="慰问老党员", owner=member("member"), due=at("2026-10-01").date(), by=by)
        assert made.is_overdue(on=at("2026-10-02").date())
        record.finish(made, by=cast.user("member"), note="已走访三户", at=START)
        assert not made.is_overdue(on=at("2026-10-02").date())
        with pytest.raises(record.AlreadyDone):
            record.finish(made, by=by, note="", at=START)
        record.take_up_again(made, by=by)
        with pytest.raises(record.NotDone):
            record.take_up_again(made, by=by)


def test_a_closed_record_takes_no_more_words(cast: Cast) -> None:
    with context.inside(cast.jia):
        activity, by = planned(branch_of(4), start=START), cast.user("secretary")
        record.write_minutes(activity, text="学习文件", by=by)
        check_in.mark_present(activity, member("member"), by=by, at=START, reason="现场点名")
        record.close(activity, by=by, at=START)
        for verb in (
            lambda: record.write_minutes(activity, text="改", by=by),
            lambda: record.resolve(activity, text="决议", owner=None, due=None, by=by),
        ):
            with pytest.raises(roll.AlreadyOver):
                verb()


def test_a_meeting_before_eight_in_the_morning_counts_on_its_own_day(cast: Cast) -> None:
    """At that hour it is still yesterday in UTC."""
    early, later = (at("2026-09-15", hour).astimezone(UTC) for hour in (4, 5))
    with context.inside(cast.jia):
        unit = branch_of(4)
        renew_obligations(unit, year=2026, on=date(2026, 9, 1))
        activity = planned(unit, start=early, kinds=["general_meeting"])
        check_in.mark_present(activity, member("member"), by=Cast.user("secretary"), at=early, reason="到场")
        met = record.close(activity, by=Cast.user("secretary"), at=later)
        assert [row.rule_code for row in met] == ["branch.general_meeting"]
