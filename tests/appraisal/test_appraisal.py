"""From the list to the timeline: what each step asks, and what it refuses by name."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from shared.clock import today
from tests.appraisal.conftest import (
    announced,
    begun,
    count,
    counted,
    first,
    fresh,
    graded,
    key,
    met,
    opened,
    reviewed,
    tally,
    voted,
    whom,
)
from tests.support.cast import Cast
from workspace.appraisal.actions import balloting, ending, grading, locking, meeting, opening, people, writing
from workspace.appraisal.models import Appraisal
from workspace.appraisal.queries.progress import cap_of, step_of
from workspace.audit.models import Entry
from workspace.inbox.models import Message
from workspace.members.actions.events import happen
from workspace.members.followers import mentions
from workspace.members.models import Event, Member
from workspace.organization.models import Unit


def test_the_list_is_frozen_and_probationary_members_take_part_ungraded(jia):
    row = opened()
    assert [one.name for one in row.graded] == ["陈一", "褚二", "蒋四", "李书记", "王党员", "卫三"]
    assert row.person(key("吕预备")).part == "ungraded" and row.person(key("吕预备")).takes_part
    Member.objects.filter(name="卫三").update(left_on=today(), left_for="other")
    assert len(fresh(row).graded) == 6
    assert row.rule_key.startswith("appraisal.excellent_cap@")
    told = set(Message.objects.filter(title__contains="请写自评").values_list("to__username", flat=True))
    assert told == {"member", "chen", "chu", "lv"}  # not to who opened it


def test_another_cutoff_day_draws_the_list_up_anew_and_keeps_what_people_decided(jia):
    row = opened()
    people.place(row, key("卫三"), people.Change(part="excused", why="infirm", note="八十五岁"), by=_by())
    happen(whom("吕预备"), Event.Kind.LEFT_OTHERWISE, on=today() - timedelta(3), by=_by(), details={})
    early = opening.Plan(cutoff_on=today() - timedelta(9), planned_on=today())
    assert opening.change_plan(row, early, by=_by(), on=today()) == ["cutoff_on"]
    assert fresh(row).person(key("卫三")).part == "excused" and fresh(row).person(key("吕预备")) is not None
    late = opening.Plan(cutoff_on=today(), planned_on=today())
    opening.change_plan(fresh(row), late, by=_by(), on=today())
    assert fresh(row).person(key("吕预备")) is None
    assert opening.change_plan(fresh(row), late, by=_by(), on=today()) == []


def test_what_cannot_be_opened_is_refused_by_name(jia):
    plan = opening.Plan(cutoff_on=today(), planned_on=today())
    root = Unit.objects.get(depth=1)
    for unit, year, said, refusal in (
        (root, today().year, plan, opening.AppraisesNobody),
        (first(), today().year + 1, plan, opening.YearOutOfRange),
        (first(), 1999, plan, opening.YearOutOfRange),
        (first(), today().year, opening.Plan(cutoff_on=today() + timedelta(1), planned_on=today()),
         opening.CutoffInTheFuture),
        (first(), today().year, opening.Plan(cutoff_on=today() - timedelta(30_000), planned_on=today()),
         opening.NobodyToAppraise),
    ):  # fmt: skip
        with pytest.raises(refusal):
            opening.open_appraisal(unit, year, said, by=_by(), on=today())
    Unit.objects.filter(pk=first().pk).update(type=Unit.Type.TEMPORARY_BRANCH)
    with pytest.raises(opening.AppraisesNobody, match="临时党支部的党员回原支部"):
        opened()
    Unit.objects.filter(pk=first().pk).update(type=Unit.Type.BRANCH, closed_on=today())
    with pytest.raises(opening.UnitIsClosed):
        opened()


def test_one_stands_in_a_branch_for_a_year_until_it_is_given_up(jia):
    row = opened()
    with pytest.raises(opening.HeldAlready):
        opened()
    opened(today().year - 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Appraisal.objects.create(
            unit=first(), year=row.year, cutoff_on=today(), planned_on=today(), rule_key="x", people=[]
        )
    ending.cancel(row, reason="开错了", by=_by(), on=today())
    assert opened().pk != row.pk


def test_people_are_excused_or_left_ungraded_with_a_reason_and_put_back(jia):
    row = opened()
    with pytest.raises(people.WhyNeeded):
        people.place(row, key("卫三"), people.Change(part="excused", why="ill"), by=_by())
    with pytest.raises(people.WhyNeeded):
        people.place(row, key("卫三"), people.Change(part="ungraded", why="probationary", note="不对"), by=_by())
    with pytest.raises(people.ProbationaryUngraded):
        people.place(row, key("吕预备"), people.Change(part="graded"), by=_by())
    with pytest.raises(people.NotOnTheList):
        people.place(row, 999_999, people.Change(part="excused", why="ill", note="病"), by=_by())
    people.place(row, key("卫三"), people.Change(part="excused", why="ill", note="住院"), by=_by())
    assert fresh(row).person(key("卫三")).reason == "长期患病，生活不能自理：住院"
    with pytest.raises(writing.NotTakingPart, match="住院"):
        writing.note_paper(fresh(row), key("卫三"), by=_by(), on=today())
    people.place(row, key("吕预备"), people.Change(part="excused", why="abroad", note="出差"), by=_by())
    assert people.place(row, key("吕预备"), people.Change(part="graded"), by=_by()).part == "ungraded"
    assert people.place(row, key("卫三"), people.Change(part="graded"), by=_by()).is_graded
    for one in fresh(row).graded[:-1]:
        people.place(row, one.member, people.Change(part="excused", why="away", note="在外"), by=_by())
    with pytest.raises(people.NobodyLeft):
        people.place(row, fresh(row).graded[0].member, people.Change(part="excused", why="away", note="在外"), by=_by())


def test_steps_come_in_order(jia):
    row = opened()
    assert step_of(row) == "review"
    for refused in (
        lambda: begun(appraisal=row), lambda: count(row, {}), lambda: graded(row), lambda: announced(row),
        lambda: ending.close(row, by=_by(), on=today()),
        lambda: writing.say(row, key("陈一"), key("褚二"), text="好", at_meeting=False, by=_by(), on=today()),
    ):  # fmt: skip
        with pytest.raises(locking.NotYet):
            refused()
    with pytest.raises(ending.NothingToUndo):
        ending.undo_last(row, reason="没有", by=_by(), on=today())
    for day, refusal in ((today() + timedelta(1), meeting.MeetingInTheFuture),
                         (today() - timedelta(1), meeting.BeforeTheCutoff)):  # fmt: skip
        with pytest.raises(refusal):
            meeting.begin_mutual(row, on=day, by=_by(), today=today())
    row = met(row)
    with pytest.raises(opening.MeetingHeld):
        met(row)
    with pytest.raises(opening.MeetingHeld):
        opening.change_plan(row, opening.Plan(cutoff_on=today(), planned_on=today()), by=_by(), on=today())
    with pytest.raises(balloting.BeforeTheMeeting):
        balloting.begin(row, "paper", on=today() - timedelta(1), by=_by(), today=today())


def test_members_write_of_themselves_and_of_each_other_once_each(jia):
    row = opened()
    reviewed(row, "陈一")
    reviewed(row, "陈一", "改过的自评")
    with pytest.raises(writing.WroteAlready):
        writing.note_paper(row, key("陈一"), by=_by(), on=today())
    writing.note_paper(row, key("卫三"), by=_by(), on=today())
    assert {one.member: one.text or one.on_paper for one in fresh(row).self_reviews} == {
        key("陈一"): "改过的自评", key("卫三"): True,
    }  # fmt: skip
    writing.note_paper(row, key("卫三"), by=_by(), on=today(), back=True)
    assert len(fresh(row).self_reviews) == 1
    row = met(row)
    chen = whom("陈一").user
    for text, at_meeting in (("多带带新人", False), ("", True)):
        writing.say(row, key("陈一"), key("褚二"), text=text, at_meeting=at_meeting, by=chen, on=today())
    assert [(one.text, one.at_meeting) for one in fresh(row).said] == [("", True)]
    for about, text, refusal in (
        (key("陈一"), "好", writing.NotOneself), (key("卫三"), "", writing.NothingWritten),
        (key("卫三"), "长" * 501, writing.TooLong), (999_999, "好", writing.NotTakingPart),
    ):  # fmt: skip
        with pytest.raises(refusal):
            writing.say(row, key("陈一"), about, text=text, at_meeting=False, by=chen, on=today())
    assert writing.say(row, key("陈一"), key("褚二"), text="", at_meeting=False, by=chen, on=today()) is None
    assert fresh(row).said == []
    with pytest.raises(writing.TooLong):
        reviewed(row, "陈一", "长" * 2001)
    with pytest.raises(writing.NothingWritten):
        reviewed(row, "陈一", "  ")
    begun(appraisal=row)
    for late in (lambda: reviewed(row, "陈一"), lambda: writing.note_paper(row, key("卫三"), by=_by(), on=today())):
        with pytest.raises(locking.WritingIsOver):
            late()
    with pytest.raises(locking.WritingIsOver):
        people.place(row, key("卫三"), people.Change(part="excused", why="ill", note="病"), by=_by())


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (balloting.MoreIssuedThanVoters, {"issued": 8}),
        (balloting.MoreReturned, {"issued": 6}),
        (balloting.MoreValid, {"returned": 6}),
        (balloting.NothingReturned, {"issued": 0, "returned": 0, "valid": 0}),
        (balloting.MoreMarksThanValid, {"valid": 6}),
        (meeting.MeetingInTheFuture, {"on": today() + timedelta(1)}),
        (balloting.BeforeTheMeeting, {"on": today() - timedelta(1)}),
    ],
)
def test_counts_that_cannot_be_are_refused_by_name(jia, refusal, said):
    row = begun()
    with pytest.raises(refusal):
        count(row, tally(row), **said)
    assert fresh(row).counted is None


def test_every_graded_member_is_counted_in_full_and_nobody_else(jia):
    row = begun()
    marks = tally(row)
    with pytest.raises(balloting.NotAllMarked, match="卫三"):
        count(row, {member: said for member, said in marks.items() if member != key("卫三")})
    with pytest.raises(balloting.NotOnTheBallot):
        count(row, marks | {key("吕预备"): {"qualified": 7}})
    with pytest.raises(balloting.FewerMarksThanValid, match="卫三的票数共 6 票"):
        count(row, marks | {key("卫三"): {"qualified": 6}})
    with pytest.raises(balloting.NotOnTheBallot):
        count(row, marks | {key("卫三"): {"superb": 7}})
    count(row, marks | {key("卫三"): {"qualified": 3, "basic": 3, "abstain": 1}})
    ballot = fresh(row).counted
    assert ballot.leading(key("卫三")) == ["qualified", "basic"] and ballot.voters == 7
    with pytest.raises(balloting.NotOpenForVotes):
        voted(fresh(row), "陈一")


def test_votes_by_phone_leave_who_voted_and_the_counts_and_nothing_that_joins_them(jia):
    row = begun("phone")
    with pytest.raises(balloting.CountedByPhone):
        count(row, tally(row))
    voted(row, "褚二", 卫三="unqualified")
    voted(row, "陈一", "excellent")
    with pytest.raises(balloting.VotedAlready):
        voted(row, "陈一")
    with pytest.raises(balloting.TooFewToBeSecret, match="不足 3 人"):
        balloting.close_votes(row, by=_by(), today=today())
    with pytest.raises(balloting.NotAllMarked, match="李书记"):
        balloting.vote(row, key("吕预备"), {key("陈一"): "qualified"}, by=whom("吕预备").user)
    with pytest.raises(balloting.NotOnTheBallot):
        balloting.vote(row, key("吕预备"), {key("吕预备"): "qualified"}, by=whom("吕预备").user)
    with pytest.raises(balloting.HasNoBallot):
        balloting.vote(row, 999_999, {}, by=Cast.user("stranger"))
    voted(row, "吕预备", 陈一="abstain")
    box = fresh(row).voting
    assert list(box.voted) == sorted([key("褚二"), key("陈一"), key("吕预备")])  # not in the order of voting
    assert box.tally[str(key("卫三"))] == {"unqualified": 1, "excellent": 1, "qualified": 1}
    for entry in Entry.objects.filter(verb="appraisal.voted"):
        assert entry.details == {}
        assert not {"excellent", "unqualified"} & set(json.dumps(entry.details, ensure_ascii=False).split('"'))
    made = balloting.close_votes(row, by=_by(), today=today())
    assert (made.voters, made.valid) == (7, 3) and made.marks(key("陈一"))["abstain"] == 1
    assert fresh(row).voting.tally == {} and len(fresh(row).voting.voted) == 3
    with pytest.raises(balloting.NotOpenForVotes):
        voted(fresh(row), "陈一")


def test_grades_rest_with_the_meeting_and_differ_from_the_ballot_only_with_a_reason(jia):
    row = counted(卫三={"basic": 5, "qualified": 2})
    with pytest.raises(grading.DiffersWithoutReason, match="卫三"):
        graded(row)
    with pytest.raises(grading.NotAllGraded, match="卫三"):
        graded(row, 卫三="")
    with pytest.raises(grading.NotToBeGraded):
        given = {one.member: "qualified" for one in row.participants}
        settled = grading.Settled(by="committee", on=today(), grades=given, reasons={})
        grading.grade(row, settled, by=_by(), today=today())
    for day, refusal in ((today() + timedelta(1), meeting.MeetingInTheFuture),
                         (today() - timedelta(1), grading.DecidedBeforeTheBallot)):  # fmt: skip
        with pytest.raises(refusal):
            settled = grading.Settled(by="committee", on=day, grades={}, reasons={})
            grading.grade(row, settled, by=_by(), today=today())
    row = graded(row, reasons={"卫三": "下半年有明显改进"})
    assert {one.grade for one in row.outcome} == {"qualified"} and step_of(row) == "announcement"
    with pytest.raises(locking.NotYet):
        count(row, tally(row))


def test_more_than_a_third_excellent_asks_for_a_reason_and_changes_nothing(jia):
    best = {"陈一": {"excellent": 7}, "褚二": {"excellent": 7}, "蒋四": {"excellent": 7}}
    row = counted(**best)
    with pytest.raises(grading.TooManyExcellent, match="优秀 3 人，一般不超过参加评定的 6 人的三分之一，即 2 人"):
        graded(row, **dict.fromkeys(best, "excellent"))
    row = graded(row, why="三人都获得省级表彰", **dict.fromkeys(best, "excellent"))
    assert (cap_of(row).over, cap_of(row).most, row.cap_reason) == (1, 2, "三人都获得省级表彰")
    row = graded(row, 陈一="excellent", 褚二="excellent", reasons={"蒋四": "名额所限"}, why="留着没用")
    assert cap_of(row).over == 0 and row.cap_reason == ""


def test_closing_writes_a_line_onto_each_timeline_and_undoing_crosses_it_out(jia):
    row = announced(graded(counted(卫三={"unqualified": 7}), 卫三="unqualified"))
    with pytest.raises(locking.NotYet):
        graded(row)
    happen(whom("蒋四"), Event.Kind.LEFT_OTHERWISE, on=today(), by=_by(), details={})
    assert ending.close(row, by=_by(), on=today()) == ["蒋四"]
    row = fresh(row)
    assert row.state == Appraisal.State.DONE and "蒋四" in row.remark
    said = {event.member.name: event.details["grade"] for event in _told()}
    assert said["卫三"] == "unqualified" and said["吕预备"] == "ungraded" and "蒋四" not in said
    assert {event.details["appraisal"] for event in _told()} == {row.pk}
    assert Member.objects.get(name="卫三").left_on is None  # what follows is decided by people
    with pytest.raises(locking.NotRunning):
        met(row)
    with pytest.raises(ending.TooLateToUndo):
        ending.undo_last(row, reason="太晚", by=_by(), on=today() + timedelta(31))
    assert ending.undo_last(row, reason="登记有误", by=_by(), on=today() + timedelta(30)) == "closing"
    assert not _told() and Event.objects.filter(voided_for="登记有误").count() == 6
    steps = [ending.undo_last(row, reason="重来", by=_by(), on=today()) for _ in range(4)]
    assert steps == ["announcement", "verdicts", "ballot", "mutual"] and step_of(fresh(row)) == "review"
    ending.cancel(row, reason="推迟到明年", by=_by(), on=today())
    with pytest.raises(locking.NotRunning):
        ending.undo_last(row, reason="重来", by=_by(), on=today())


def test_the_beginning_of_a_ballot_is_taken_back_with_its_votes(jia):
    row = begun("phone")
    voted(row, "陈一")
    assert ending.undo_last(row, reason="改用纸质", by=_by(), on=today()) == "box"
    row = begun("paper", fresh(row))
    assert row.voting.voted == () and step_of(row) == "ballot"


def test_what_members_write_is_no_change_for_the_committee_and_what_the_committee_writes_is(jia):
    row = opened()
    reviewed(row, "陈一")
    assert fresh(row).updated_at == row.updated_at
    meeting.begin_mutual(row, on=today(), by=_by(), today=today(), seen=row.updated_at)
    with pytest.raises(locking.ChangedMeanwhile, match="李书记"):
        balloting.begin(row, "paper", on=today(), by=_by(), today=today(), seen=row.updated_at)


def test_a_merged_entry_is_renamed_wherever_an_appraisal_speaks_of_it(jia):
    row = met()
    reviewed(row, "陈一")
    chen = whom("陈一").user
    writing.say(row, key("陈一"), key("褚二"), text="好", at_meeting=False, by=chen, on=today())
    row = begun("phone", row)
    for name in ("陈一", "褚二", "吕预备"):
        voted(row, name)
    old, new = key("陈一"), key("王党员")
    here = [each for each in mentions() if each.key.startswith("appraisal.")]
    assert len(here) == 6
    _rename(here, old, new)
    assert new in fresh(row).voting.voted and str(old) not in fresh(row).voting.tally
    assert fresh(row).said[0].writer == new and len(fresh(row).persons) == 6
    balloting.close_votes(row, by=_by(), today=today())
    graded(fresh(row))
    _rename(here, new, old)
    assert str(old) in fresh(row).counted.tally and old in {one.member for one in fresh(row).outcome}


def _rename(here, old: int, new: int) -> None:
    for each in here:
        for found in each.rows(old):
            setattr(found, each.field, each.renamed(getattr(found, each.field), old, new))
            found.save(update_fields=[each.field])
        assert not each.rows(old).exists()


def _told() -> list[Event]:
    return list(Event.objects.standing().filter(kind=Event.Kind.APPRAISED).select_related("member"))


def _by():
    return Cast.user("secretary")
