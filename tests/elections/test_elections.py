"""From the request to the posts: what each step asks, and what it refuses by name."""

from datetime import timedelta

import pytest

from rules import add_months
from shared.clock import today
from tests.elections.conftest import (
    NAMES,
    asked,
    counted,
    decided,
    elected,
    first,
    fresh,
    meet,
    nominated,
    opened,
    ready,
    whom,
)
from tests.support.cast import Cast
from workspace.access.models import Grant, Role
from workspace.accounts.models import User
from workspace.audit.models import Entry
from workspace.elections.actions import balloting, candidates, ending, meeting, opening, papers, rolls
from workspace.elections.actions.locking import AwaitsAnswer, ChangedMeanwhile, NotRunning
from workspace.elections.models import Election
from workspace.elections.models.papers import About
from workspace.elections.queries.progress import progress, standing_for, step_of
from workspace.elections.queries.rolls import roll_of
from workspace.elections.queries.visibility import MayNotApprove, OwnElection
from workspace.inbox.models import Message
from workspace.members.actions.events import happen
from workspace.members.followers import mentions
from workspace.members.models import Appointment, Event, Member
from workspace.organization.models import Unit
from workspace.organization.notes import Notes
from workspace.organization.terms import term_of


def test_an_approved_result_ends_the_old_posts_and_begins_the_new_ones_and_a_new_term(jia):
    chen = whom("陈一")
    chen.user = User.objects.create_user("chen", "Correct-horse-9", name="陈一")
    chen.save(update_fields=["user"])
    done = decided(asked(elected(), About.RESULT), number="党组〔2026〕3号")
    assert done.state == Election.State.DONE and done.remark == ""
    held = Appointment.objects.filter(unit=first(), until__isnull=True)
    posts = {(row.member.name, row.post): row.since for row in held.select_related("member")}
    assert posts == dict.fromkeys([("陈一", "secretary"), ("褚二", "deputy"), ("卫三", "organisation")], today())
    ended = Appointment.objects.get(unit=first(), member=whom("李书记"))
    assert ended.until == today()
    assert first().elected_on == today() and term_of(first()).ends == add_months(today(), 36)
    roles = set(Grant.objects.filter(unit=first(), role=Role.SECRETARY).values_list("user__username", flat=True))
    assert roles == {"chen"}  # the role went with the post
    assert Message.objects.filter(to=chen.user, title__contains="您当选").exists()
    verbs = list(Entry.objects.filter(kind="elections.election").order_by("pk").values_list("verb", flat=True))
    assert verbs[0] == "election.opened" and verbs[-1] == "election.finished" and verbs.count("election.counted") == 3


def test_roles_that_the_approver_may_not_give_are_left_to_those_who_may_and_said(jia):
    chen = whom("陈一")
    chen.user = User.objects.create_user("chen", "Correct-horse-9", name="陈一")
    chen.save(update_fields=["user"])
    organizer = User.objects.create_user("zuzhi", "Correct-horse-9", name="组织部长")
    Grant.objects.create(user=organizer, role=Role.ORGANIZER, unit=Unit.objects.get(depth=1))
    done = decided(asked(elected(), About.RESULT), by="zuzhi")
    assert done.state == Election.State.DONE
    assert "收回李书记的支部书记角色" in done.remark and "授予陈一支部书记角色" in done.remark
    assert Message.objects.filter(to=Cast.user("owner"), title__contains="请调整系统角色").exists()


def test_too_few_candidates_are_refused_with_what_to_do(jia):
    election = decided(asked(opened(), About.REQUEST))
    with pytest.raises(candidates.TooFewCandidates, match="至少要有 4 名候选人，现有 3 名"):
        asked(nominated(election, *NAMES[:3]), About.CANDIDATES)
    with pytest.raises(candidates.StandsWithoutVote, match="吕预备"):
        nominated(fresh(election), "陈一", "吕预备")


def test_steps_come_in_order(jia):
    election = opened()
    with pytest.raises(papers.NotYet):
        asked(nominated(election, *NAMES[:4]), About.CANDIDATES)
    with pytest.raises(papers.NotYet):
        meet(fresh(election))
    with pytest.raises(papers.NotYet):
        asked(fresh(election), About.RESULT)
    with pytest.raises(opening.RunsAlready):
        opened()


def test_a_branch_of_seven_has_a_committee_and_seats_have_bounds(jia):
    with pytest.raises(opening.CommitteeNeeded):
        opened(kind="secretary", seats=1, deputies=0)
    with pytest.raises(opening.SeatsOutOfRange):
        opened(seats=9)
    with pytest.raises(opening.FarTooEarly):
        opened(planned_on=term_of(first()).ends - timedelta(days=400))


def test_only_the_level_above_answers_and_nobody_in_their_own_election(jia):
    election = asked(opened(), About.REQUEST)
    with pytest.raises(MayNotApprove):
        decided(election, by="secretary")
    with pytest.raises(AwaitsAnswer):
        nominated(election, *NAMES[:4])
    owner = Cast.user("owner")
    Member.objects.filter(pk=whom("陈一").pk).update(user=owner)
    election = asked(nominated(decided(election), *NAMES[:4]), About.CANDIDATES)
    with pytest.raises(OwnElection):
        decided(election)


def test_what_is_sent_back_says_why_and_is_asked_again(jia):
    election = asked(opened(), About.REQUEST)
    with pytest.raises(papers.ReasonNeeded):
        decided(election, approve=False)
    election = decided(election, approve=False, reason="请写明会议地点")
    assert step_of(election) == "request" and election.asks == ""
    assert Message.objects.filter(to=Cast.user("secretary"), body="请写明会议地点").exists()
    assert step_of(decided(asked(election, About.REQUEST))) == "candidates"


def test_the_list_follows_the_events_until_the_meeting_freezes_it(jia):
    happen(
        whom("尤十"), Event.Kind.DISCIPLINED, on=today(), by=Cast.user("owner"), details={"punishment": "observation"}
    )
    election = ready()
    lines = {line.name: line.why for line in roll_of(election, on=today()).lines}
    assert lines["吕预备"] == "probationary" and lines["尤十"] == "observed" and lines["陈一"] == ""
    with pytest.raises(rolls.NotOnTheList):
        _leave_out(election, "尤十")
    _leave_out(election, "秦九")
    election = meet(fresh(election), present=10)
    assert len(election.list_of_voters.voters) == 10
    Member.objects.filter(pk=whom("朱八").pk).update(left_on=today(), left_for="other")
    assert len(roll_of(fresh(election), on=today()).voters) == 10
    with pytest.raises(opening.AlreadyHeld):
        _leave_out(fresh(election), "朱八")


def test_four_fifths_of_those_entitled_must_be_there(jia):
    election = ready()
    with pytest.raises(meeting.TooFewPresent, match="应到会有选举权 12 人，至少到会 10 人"):
        meet(election, present=9)
    with pytest.raises(meeting.MorePresentThanEntitled):
        meet(election, present=13)
    assert meet(election, present=10).present == 10


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (balloting.MoreIssued, {"issued": 13}),
        (balloting.MoreReturned, {"issued": 11, "returned": 12}),
        (balloting.MoreValid, {"returned": 11}),
        (balloting.MoreVotesThanValid, {"valid": 11}),
        (meeting.TooFewPresent, {"present": 9, "issued": 9, "returned": 9, "valid": 9}),
    ],
)
def test_counts_that_cannot_be_are_refused_by_name(jia, refusal, said):
    election = meet(ready())
    with pytest.raises(refusal):
        counted(election, "committee", dict.fromkeys(NAMES[:4], 0), **said)


def test_more_choices_than_seats_and_candidates_left_out_are_refused(jia):
    election = meet(ready())
    with pytest.raises(balloting.MoreChosen):
        counted(election, "committee", {"陈一": 12, "褚二": 12, "卫三": 12, "蒋四": 3})
    with pytest.raises(balloting.NotAllCounted, match="蒋四"):
        counted(election, "committee", {"陈一": 12, "褚二": 12, "卫三": 12})
    with pytest.raises(balloting.NotToBeVotedOn):
        counted(election, "secretary", {"陈一": 3}, of=3)


def test_a_tie_over_the_last_seat_is_voted_on_again_among_the_tied(jia):
    election = counted(meet(ready()), "committee", {"陈一": 12, "褚二": 9, "卫三": 7, "蒋四": 7})
    so_far = progress(election, "committee")
    assert so_far.left == 1 and {*standing_for(election, "committee")} == {whom("卫三").pk, whom("蒋四").pk}
    election = counted(election, "committee", {"卫三": 5, "蒋四": 7})
    assert progress(election, "committee").elected[-1] == whom("蒋四").pk
    assert progress(election, "committee").is_over


def test_seats_that_nobody_won_are_voted_on_again_or_left_open(jia):
    election = counted(meet(ready()), "committee", {"陈一": 12, "褚二": 9, "卫三": 6, "蒋四": 3})
    assert progress(election, "committee").left == 1  # six of twelve is not more than half
    balloting.leave_open(election, reason="大会决定暂不补选", by=Cast.user("secretary"))
    election = counted(fresh(election), "secretary", {"陈一": 2}, of=2)
    with pytest.raises(balloting.NothingLeftOpen):
        balloting.leave_open(election, reason="没有", by=Cast.user("secretary"))
    assert ending.undo_last(election, reason="填错了", by=Cast.user("secretary")) == "round"
    assert ending.undo_last(fresh(election), reason="填错了", by=Cast.user("secretary")) == "left_open"
    assert not progress(fresh(election), "committee").is_over


def test_somebody_written_onto_the_ballots_can_be_elected(jia):
    election = meet(ready())
    votes = {"陈一": 12, "褚二": 9, "卫三": 3, "蒋四": 2, "韩六": 8}
    assert whom("韩六").pk in progress(counted(election, "committee", votes), "committee").elected


def test_a_small_branch_elects_its_secretary_directly(jia):
    Member.objects.filter(unit=first(), name__in=NAMES[4:]).update(left_on=today() - timedelta(1), left_for="other")
    Member.objects.filter(unit=first(), name="吕预备").update(left_on=today() - timedelta(1), left_for="other")
    election = decided(asked(opened(kind="secretary", seats=1, deputies=0), About.REQUEST))
    election = asked(nominated(election, "陈一", "褚二", 陈一="secretary", 褚二="secretary"), About.CANDIDATES)
    election = counted(meet(decided(election), present=6), "secretary", {"陈一": 5, "褚二": 1}, of=6)
    assert [(seat.name, seat.post) for seat in election.outcome] == [("陈一", "secretary")]
    assert decided(asked(election, About.RESULT)).state == Election.State.DONE


def test_the_last_step_is_taken_back_and_a_case_given_up_with_a_reason(jia):
    election = elected()
    by = Cast.user("secretary")
    steps = [ending.undo_last(fresh(election), reason="重新核对", by=by) for _ in range(5)]
    assert steps == ["posts", "round", "round", "round", "meeting"]
    assert fresh(election).list_of_voters.frozen_on is None
    with pytest.raises(ending.NothingToUndo):
        ending.undo_last(fresh(election), reason="重新核对", by=by)
    ending.cancel(election, reason="并入其他支部", by=by, on=today())
    with pytest.raises(NotRunning):
        meet(election)
    assert opened().is_running


def test_the_second_of_two_editors_is_told_who_was_faster(jia):
    election = opened()
    seen = election.updated_at
    plan = opening.Plan(kind="committee", seats=5, deputies=1, planned_on=today())
    opening.change_plan(election, plan, by=Cast.user("owner"), seen=seen)
    with pytest.raises(ChangedMeanwhile, match="管理员"):
        opening.change_plan(election, plan, by=Cast.user("secretary"), seen=seen)


def test_a_postponement_moves_the_end_of_the_term_by_a_year_at_most(jia):
    election, ends = opened(), term_of(first()).ends
    with pytest.raises(papers.TooLate):
        asked(election, About.POSTPONEMENT, until=add_months(ends, 13), note="疫情")
    with pytest.raises(papers.NotLater):
        asked(election, About.POSTPONEMENT, until=ends, note="疫情")
    until = add_months(ends, 6)
    refused = decided(asked(election, About.POSTPONEMENT, until=until, note="机构调整"), approve=False, reason="不同意")
    assert term_of(first()).ends == ends
    decided(asked(refused, About.POSTPONEMENT, until=until, note="机构调整"))
    assert term_of(first()).ends == until and Notes.read(first().notes).postponed_to == until


def test_where_no_committee_is_above_its_answer_is_written_down_with_a_number(jia):
    root = Unit.objects.get(depth=1)
    Unit.objects.filter(pk=root.pk).update(elected_on=add_months(today(), -59))
    plan = opening.Plan(kind="committee", seats=5, deputies=1, planned_on=today())
    election = opening.open_election(Unit.objects.get(pk=root.pk), plan, by=Cast.user("owner"), on=today())
    papers.ask(election, About.REQUEST, on=today(), by=Cast.user("owner"), today=today())
    with pytest.raises(papers.NumberNeeded):
        decided(election)
    assert decided(election, number="市组〔2026〕9号").is_approved(About.REQUEST)


def test_merging_two_entries_of_a_person_renames_them_everywhere(jia):
    election = elected()
    old, new = whom("陈一").pk, whom("朱八").pk
    for each in mentions():
        if each.key.startswith("elections."):
            (row,) = each.rows(old)
            setattr(row, each.field, each.renamed(getattr(row, each.field), old, new))
            row.save(update_fields=[each.field])
            assert not each.rows(old).exists() and each.rows(new).exists()
    assert progress(fresh(election), "secretary").elected == (new,)
    assert (fresh(election).outcome[0].member, len(fresh(election).list_of_voters.voters)) == (new, 12)


def _leave_out(election: Election, name: str) -> None:
    change = rolls.Change(is_in=False, why="abroad", note="2026年3月支部党员大会通过")
    rolls.amend(election, whom(name), change, by=Cast.user("secretary"), on=today())
