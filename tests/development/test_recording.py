"""A case is recorded step by step: in order, by those who may, as the rules allow, and taken back."""

from datetime import date

import pytest

from rules import AdmissionStage, NodeState, Outcome
from tenants import context
from tests.support.cast import Cast
from tests.support.development import APPLIED, STORY, applicant, node, opened, plan, record, walk
from workspace.audit.models import Entry
from workspace.development.actions import balloting, ending, opening, papers, recording, undoing
from workspace.development.actions.balloting import counted
from workspace.development.models import Case, Step
from workspace.development.models.details import Named
from workspace.development.queries import figures
from workspace.development.queries.entitled import entitled_in
from workspace.development.queries.visibility import MayNotApprove, MayNotHandle, OwnCase
from workspace.inbox.models import Message
from workspace.members.actions.events import happen
from workspace.members.models import Member
from workspace.organization.models import Unit


@pytest.fixture
def jia(cast: Cast):
    with context.inside(cast.jia):
        yield cast


def standing(case: Case) -> tuple[str, date | None, date | None]:
    member = Member.objects.get(pk=case.member_id)
    return member.category, member.joined_on, member.converted_on


def test_a_whole_case_from_the_application_to_the_archive(jia):
    case = walk(opened(), until="archive")
    assert (case.state, case.ended_on) == (Case.State.DONE, date(2028, 11, 20))
    # from the general meeting, not the approval; from the end of probation, not the meeting on conversion
    assert standing(case) == ("full", date(2027, 10, 12), date(2028, 10, 12))
    assert all(one.state is NodeState.DONE for one in plan(case, "2028-11-20").nodes)
    assert Entry.objects.filter(verb="development.step_recorded").count() == len(STORY)


@pytest.mark.parametrize(
    ("until", "category", "stage"),
    [
        ("talk", "applicant", AdmissionStage.ACTIVIST),
        ("recommend", "activist", AdmissionStage.ACTIVIST),
        ("decide_object", "development_object", AdmissionStage.DEVELOPMENT_OBJECT),
        ("general_meeting", "development_object", AdmissionStage.ADMISSION),
        ("approval", "probationary", AdmissionStage.ADMISSION),
        ("file_approval", "probationary", AdmissionStage.CONVERSION),
    ],
)
def test_the_person_becomes_what_the_steps_make_of_them(jia, until, category, stage):
    case = walk(opened(), until=until)
    assert standing(case)[0] == category
    assert case.stage == stage


def test_a_person_has_one_open_case_and_a_full_member_none(jia):
    case = opened()
    with pytest.raises(opening.AlreadyOpen):
        opened(case.member)
    with pytest.raises(opening.AlreadyMember):
        opened(applicant("钱正式", category="full"))
    with pytest.raises(opening.NotOnRegister):
        opened(applicant("孙离开", left_on=APPLIED))


def test_nobody_applies_before_eighteen_or_tomorrow(jia):
    with pytest.raises(opening.TooYoung, match="18"):
        opened(applicant(birth_date=date(2010, 1, 1)))
    with pytest.raises(opening.InTheFuture):
        opening.open_case(applicant(), applied_on=date(2026, 6, 2), by=Cast.user("secretary"), today=APPLIED)


def test_a_step_waits_for_those_before_it(jia):
    case = opened()
    with pytest.raises(recording.NotYet, match="党组织派人谈话"):
        record(case, "recommend", "2026-07-10")
    walk(case, until="contacts")
    with pytest.raises(recording.NoSuchStep):
        record(case, "talk", "2026-07-20")
    with pytest.raises(recording.NoSuchStep):
        record(case, "nonsense", "2026-07-20")


def test_a_day_in_the_future_or_before_the_step_it_follows_is_refused(jia):
    case = opened()
    with pytest.raises(recording.AgainstTheRules):
        record(case, "talk", "2026-06-20", today=date(2026, 6, 19))
    with pytest.raises(recording.AgainstTheRules, match="递交入党申请书"):
        record(case, "talk", "2026-05-30", today=date(2026, 6, 19))


def test_a_late_step_is_recorded_and_says_so(jia):
    case = opened()
    record(case, "talk", "2026-08-20")
    assert [one.kind for one in node(case, "talk", "2026-08-20").remarks] == ["late"]


def test_a_year_as_activist_comes_before_the_development_object(jia):
    case = walk(opened(), until="examine")
    assert node(case, "decide_object", "2026-12-30").opens_on == date(2027, 7, 10)
    with pytest.raises(recording.NotYet, match="公示"):
        record(case, "decide_object", "2027-01-05")


def test_what_was_done_before_an_examination_fell_due_may_be_recorded_later(jia):
    case, long_after = walk(opened(), until="examine"), date(2028, 3, 1)
    record(case, "examine", "2027-07-08", note="表现稳定")
    # by then two more half-years are open; on the day of the notice they were not
    record(case, "public_notice", "2027-07-12", place="公告栏", phone="1", today=long_after)
    with pytest.raises(recording.NotYet, match="考察"):
        record(case, "decide_object", "2028-02-20", today=long_after)
    record(case, "decide_object", "2027-07-26", today=long_after)
    assert "examine/3" not in {one.key for one in plan(case, "2028-03-01").nodes}


def test_a_notice_stays_up_for_five_working_days_before_the_decision(jia):
    case = walk(opened(), until="public_notice")
    ends = node(case, "public_notice", "2027-07-13")
    assert (ends.due_on, ends.state) == (date(2027, 7, 16), NodeState.WAITING)
    with pytest.raises(recording.NotYet, match="公示"):
        record(case, "decide_object", "2027-07-16")
    with pytest.raises(recording.NoticeIsUp, match="2027-07-16"):
        record(case, "public_notice", "2027-07-13")
    record(case, "decide_object", "2027-07-17")


def test_an_objection_that_holds_stops_the_case_until_a_new_notice(jia):
    case, by = walk(opened(), until="public_notice"), Cast.user("secretary")
    with pytest.raises(recording.BasisMissing):
        papers.report_notice(case, passed=False, result=" ", by=by, today=date(2027, 7, 17))
    papers.report_notice(case, passed=False, result="有实名反映，属实", by=by, today=date(2027, 7, 17))
    with pytest.raises(recording.HeldUp, match="公示"):
        record(case, "decide_object", "2027-07-26")
    record(case, "public_notice", "2027-08-02")
    record(case, "decide_object", "2027-08-10")


@pytest.mark.parametrize(
    ("code", "said", "why"),
    [
        ("introducers", {"people": (Named("李书记", 1),)}, "不少于2"),
        ("training", {"days": 2, "hours": 20}, "3天或24学时"),
    ],
)
def test_too_few_people_and_too_short_a_training_are_refused(jia, code, said, why):
    case = walk(opened(), until="file_object")
    with pytest.raises(recording.AgainstTheRules, match=why):
        record(case, code, "2027-08-10", **said)


def test_three_contacts_are_too_many(jia):
    case = walk(opened(), until="file_activist")
    with pytest.raises(recording.AgainstTheRules, match="不多于2"):
        record(case, "contacts", "2026-07-15", people=(Named("一"), Named("二"), Named("三")))


def test_a_failed_political_review_stops_the_case_until_it_is_passed(jia):
    case = walk(opened(), until="introducers")
    with pytest.raises(recording.BasisMissing):
        record(case, "political_review", "2027-08-20", outcome=Outcome.FAILED, basis="")
    record(case, "political_review", "2027-08-20", outcome=Outcome.FAILED, basis="政审不合格")
    with pytest.raises(recording.HeldUp, match="政治审查"):
        record(case, "training", "2027-09-05", days=3)
    record(case, "political_review", "2027-10-20")
    record(case, "training", "2027-10-25", days=3)


# ballots: party-rules §6


@pytest.mark.parametrize(
    ("entitled", "present", "yes", "outcome"), [(21, 12, 11, "passed"), (20, 11, 10, "failed"), (20, 11, 11, "passed")]
)
def test_more_than_half_of_those_entitled_carry_an_admission(jia, entitled, present, yes, outcome):
    case = walk(opened(), until="application_form")
    ballot = counted(entitled=entitled, present=present, yes=yes, no=present - yes)
    assert record(case, "general_meeting", "2027-10-12", ballot=ballot).outcome == outcome


def test_ten_of_twenty_cannot_open_the_meeting(jia):
    case = walk(opened(), until="application_form")
    with pytest.raises(balloting.NoQuorum, match="至少到会 11 人"):
        record(case, "general_meeting", "2027-10-12", ballot=counted(entitled=20, present=10, yes=10))
    with pytest.raises(balloting.BallotMissing):
        record(case, "general_meeting", "2027-10-12")
    assert not Step.objects.filter(code="general_meeting").exists()


def test_counts_that_no_meeting_can_have_are_refused_in_words():
    with pytest.raises(balloting.MoreVotesThanPeople, match="共 13 票"):
        counted(entitled=20, present=12, yes=10, no=3)
    with pytest.raises(balloting.MoreThanEntitled, match="21"):
        counted(entitled=20, present=21, yes=10)
    with pytest.raises(balloting.NobodyVotes):
        counted(entitled=0, present=0, yes=0)


def test_written_opinions_count_as_votes_and_not_for_the_quorum(jia):
    case = walk(opened(), until="application_form")
    with pytest.raises(balloting.NoQuorum):
        record(case, "general_meeting", "2027-10-12", ballot=counted(entitled=20, present=10, yes=11, written=5))
    row = record(case, "general_meeting", "2027-10-12", ballot=counted(entitled=20, present=11, yes=12, written=2))
    assert row.outcome == "passed"


def test_of_25_members_21_have_a_vote(jia):
    unit = opened().unit
    for place in range(3):
        applicant(f"预备{place}", category="probationary", joined_on=date(2026, 1, 5))
    for place in range(20):
        last = applicant(f"正式{place}", category="full", joined_on=date(2010, 1, 5), converted_on=date(2011, 1, 5))
    happen(last, "disciplined", on=date(2026, 2, 1), by=None, details={"punishment": "observation"})
    # with the two of the cast 25, of whom three are probationary and one is 留党察看
    assert entitled_in(unit, on=date(2026, 7, 1)) == 21


# the level above


def test_what_the_level_above_decides_is_not_for_the_branch(jia):
    case = walk(opened(), until="committee_review")
    assert case.asks_above
    with pytest.raises(MayNotApprove):
        record(case, "prereview", "2027-09-20", by="secretary")
    with pytest.raises(recording.BasisMissing):
        record(case, "prereview", "2027-09-20", basis="")
    record(case, "prereview", "2027-09-20")
    case.refresh_from_db()
    assert not case.asks_above


def test_the_level_above_is_asked_and_the_branch_is_answered(jia):
    case = walk(opened(), until="training")
    Message.objects.all().delete()
    record(case, "committee_review", "2027-09-10")
    asked = Message.objects.get()
    assert (asked.to, asked.link) == (Cast.user("owner"), f"/development/cases/{case.pk}/")
    assert "上级党委预审" in asked.title
    record(case, "prereview", "2027-09-20", outcome=Outcome.FAILED, basis="材料不全")
    answer = Message.objects.exclude(pk=asked.pk).get()
    assert answer.to == Cast.user("secretary") and "未通过" in answer.title and answer.body == "材料不全"


def test_a_filing_of_2014_is_the_branchs_own(jia):
    case = opened(on=date(2025, 1, 10))
    record(case, "talk", "2025-02-01")
    record(case, "recommend", "2025-03-01")
    record(case, "contacts", "2025-03-02", people=(Named("李书记", 1),))
    record(case, "examine", "2025-09-01", note="好")
    record(case, "examine", "2026-02-28", note="好")
    record(case, "decide_object", "2026-03-05")
    record(case, "file_object", "2026-03-10", by="secretary")
    assert "public_notice" not in {one.step.code for one in plan(case, "2026-03-10").nodes}


def test_members_and_strangers_handle_nothing_and_nobody_handles_their_own(jia):
    case = opened()
    for who, refusal in (("member", MayNotHandle), ("stranger", MayNotHandle)):
        with pytest.raises(refusal):
            record(case, "talk", "2026-06-20", by=who)
    Member.objects.filter(user=Cast.user("secretary")).update(user=None)
    Member.objects.filter(pk=case.member_id).update(user=Cast.user("secretary"))
    with pytest.raises(OwnCase):
        record(case, "talk", "2026-06-20")


# extension and cancellation


def conversion(case: Case, outcome: Outcome, on: str = "2028-10-13", **said) -> Step:
    return record(case, "conversion_meeting", on, outcome=outcome, ballot=counted(entitled=2, present=2, yes=2), **said)


@pytest.mark.parametrize("months", [5, 13])
def test_an_extension_takes_six_to_twelve_months(jia, months):
    case = walk(opened(), until="apply_conversion")
    with pytest.raises(recording.AgainstTheRules, match="6–12"):
        conversion(case, Outcome.EXTENDED, months=months)


def test_an_extension_is_decided_once_and_then_converted(jia):
    case = walk(opened(), until="apply_conversion")
    conversion(case, Outcome.EXTENDED, months=6)
    record(case, "conversion_approval", "2028-11-10")
    assert Member.objects.get(pk=case.member_id).probation_extension == 6
    record(case, "apply_conversion", "2029-04-01")
    assert node(case, "conversion_meeting/2", "2029-04-01").opens_on == date(2029, 4, 12)
    with pytest.raises(recording.TooEarly, match="2029-04-12"):
        conversion(case, Outcome.PASSED, on="2029-04-11")
    with pytest.raises(recording.AgainstTheRules, match="一次"):
        conversion(case, Outcome.EXTENDED, on="2029-04-20", months=6)
    conversion(case, Outcome.PASSED, on="2029-04-20")
    record(case, "conversion_approval", "2029-05-10")
    assert standing(case) == ("full", date(2027, 10, 12), date(2029, 4, 12))


def test_a_cancellation_ends_the_case_and_the_membership(jia):
    case = walk(opened(), until="apply_conversion")
    conversion(case, Outcome.CANCELLED)
    record(case, "conversion_approval", "2028-11-10")
    case.refresh_from_db()
    assert case.state == Case.State.CANCELLED
    assert not Member.objects.get(pk=case.member_id).is_present


def test_an_opinion_that_is_not_carried_is_not_put_on_record(jia):
    case = walk(opened(), until="apply_conversion")
    with pytest.raises(balloting.NotCarried, match="须 2 票"):
        record(case, "conversion_meeting", "2028-10-13", ballot=counted(entitled=2, present=2, yes=1))


def test_a_conversion_that_the_level_above_refuses_goes_no_further(jia):
    case = walk(opened(), until="conversion_meeting")
    record(case, "conversion_approval", "2028-11-10", outcome=Outcome.FAILED, basis="程序不符")
    assert standing(case)[0] == "probationary"
    with pytest.raises(recording.HeldUp):
        record(case, "archive", "2028-11-20")


# taking back, stopping, taking up again


@pytest.mark.parametrize("until", ["recommend", "decide_object", "approval", "conversion_approval"])
def test_taking_the_last_step_back_restores_who_the_person_was(jia, until):
    case = opened()
    before = [code for code, _on, _said in STORY]
    walk(case, until=before[before.index(until) - 1])
    was = standing(case)
    entry = next(one for one in STORY if one[0] == until)
    record(case, until, entry[1], **entry[2])
    assert standing(case) != was
    by = Cast.user("owner")
    undoing.undo_last(case, reason="日期登记错误", by=by, today=date.fromisoformat(entry[1]))
    assert standing(case) == was
    assert Entry.objects.get(verb="development.step_undone").details["reason"] == "日期登记错误"


def test_taking_back_needs_a_reason_and_something_to_take_back(jia):
    case, by = opened(), Cast.user("secretary")
    with pytest.raises(undoing.NothingToUndo):
        undoing.undo_last(case, reason="错", by=by, today=APPLIED)
    record(case, "talk", "2026-06-20")
    with pytest.raises(undoing.ReasonMissing):
        undoing.undo_last(case, reason=" ", by=by, today=APPLIED)


def test_the_branch_cannot_take_back_what_the_level_above_decided(jia):
    case = walk(opened(), until="prereview")
    with pytest.raises(MayNotApprove):
        undoing.undo_last(case, reason="错", by=Cast.user("secretary"), today=date(2027, 9, 21))


def test_taking_back_the_archive_opens_the_case_again(jia):
    case = walk(opened(), until="archive")
    undoing.undo_last(case, reason="缺材料", by=Cast.user("secretary"), today=date(2028, 11, 21))
    case.refresh_from_db()
    assert (case.is_open, case.ended_on, case.next_step) == (True, None, "archive")


def test_a_meeting_that_was_held_again_counts_once_on_the_day_that_led_to_the_approval(jia):
    case = walk(opened(), until="approval")
    held = case.steps.get(code="general_meeting")
    year = held.on.year
    earlier = Step.objects.get(pk=held.pk)
    earlier.pk, earlier.on = None, held.on.replace(year=year - 1)
    earlier.save(force_insert=True)
    root = Unit.objects.get(depth=1)
    assert sum(figures.admitted(root, year).values()) == 1
    assert figures.admitted(root, year - 1) == {}


def test_a_case_is_stopped_and_goes_on_where_it_stopped(jia):
    case, by = walk(opened(), until="contacts"), Cast.user("secretary")
    with pytest.raises(opening.InTheFuture):
        ending.stop(case, on=date(2026, 9, 2), reason="本人撤回申请", by=by, today=date(2026, 9, 1))
    ending.stop(case, on=date(2026, 9, 1), reason="本人撤回申请", by=by, today=date(2026, 9, 1))
    with pytest.raises(recording.NotOpen, match="已停止"):
        record(case, "examine", "2026-12-30", note="好")
    with pytest.raises(recording.NotOpen):
        undoing.undo_last(case, reason="错", by=by, today=date(2026, 9, 2))
    other = opened(case.member, on=date(2026, 9, 2))
    with pytest.raises(opening.AlreadyOpen):
        ending.reopen(case, reason="继续", by=by, today=date(2026, 9, 3))
    other.delete()
    ending.reopen(case, reason="继续", by=by, today=date(2026, 9, 3))
    record(case, "examine", "2026-12-30", note="好")


def test_a_special_case_has_six_months_for_the_approval(jia):
    case = walk(opened(), until="talk_above")
    assert node(case, "approval", "2027-11-02").due_on == date(2028, 1, 12)
    with pytest.raises(MayNotApprove):
        ending.mark_special(case, is_special=True, reason="跨年", by=Cast.user("secretary"), today=date(2027, 11, 2))
    ending.mark_special(case, is_special=True, reason="跨年", by=Cast.user("owner"), today=date(2027, 11, 2))
    assert node(case, "approval", "2027-11-02").due_on == date(2028, 4, 12)


def test_papers_are_ticked_with_their_day_and_place(jia):
    case, by = opened(), Cast.user("secretary")
    papers.keep_papers(case, received=["application_letter"], place="柜一", on=date(2026, 6, 2), by=by)
    papers.keep_papers(case, received=["application_letter", "talk_record"], place="柜二", on=date(2026, 6, 20), by=by)
    case.refresh_from_db()
    assert case.materials["application_letter"] == {"on": "2026-06-02", "place": "柜一"}
    assert case.materials["talk_record"] == {"on": "2026-06-20", "place": "柜二"}
    with pytest.raises(papers.NoSuchPaper):
        papers.keep_papers(case, received=["passport"], place="", on=date(2026, 6, 20), by=by)
