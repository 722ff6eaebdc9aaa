"""From development object to full member: reviews, votes, approvals, probation, extension."""

from datetime import date

import pytest

from rules.cases import (
    Done,
    Node,
    NodeState,
    Outcome,
    RemarkKind,
    case_plan,
    judge,
)
from tests.rules.story import done, until

DONE, DUE, OVERDUE, WAITING, BLOCKED = NodeState


def plan(events, on: date, **options) -> dict[str, Node]:
    return {node.key: node for node in case_plan(events, on, **options)}


def test_parallel_steps_of_a_development_object_wait_only_for_the_decision():
    nodes = plan(until("decide_object"), date(2027, 7, 21))
    assert {nodes[code].state for code in ("file_object", "introducers", "political_review", "training")} == {DUE}
    assert nodes["committee_review"].waits_for == ("file_object", "introducers", "political_review", "training")


def test_a_failed_political_review_stops_everything_until_it_is_passed():
    failed = [*until("introducers"), done("political_review", date(2027, 8, 10), outcome=Outcome.FAILED)]
    assert {node.state for node in case_plan(failed, date(2027, 9, 1))} == {DONE, BLOCKED}
    again = [*failed, done("political_review", date(2027, 10, 10))]
    assert plan(again, date(2027, 10, 11))["training"].state is DUE


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        (done("training", date(2027, 8, 20), days=2, hours=23), RemarkKind.TOO_SHORT),
        (done("introducers", date(2027, 7, 26), people=1), RemarkKind.TOO_FEW),
        (done("introducers", date(2027, 7, 26), people=3), RemarkKind.TOO_MANY),
    ],
)
def test_too_little_is_remarked_on(event: Done, kind: RemarkKind):
    found = judge(event, until("file_object"), date(2027, 9, 1))
    assert [remark.kind for remark in found] == [kind]
    assert found[0].text
    assert found[0].text_en.isascii()


def test_short_training_and_one_introducer_are_not_yet_done():
    short = [*until("file_object"), done("training", date(2027, 8, 20), hours=23), done("introducers", None, people=1)]
    nodes = plan(short, date(2027, 9, 1))
    assert {nodes["training"].state, nodes["introducers"].state} == {DUE}


def test_the_meeting_is_due_a_month_after_the_pre_review():
    meeting = plan(until("prereview"), date(2027, 9, 21))["general_meeting"]
    assert (meeting.state, meeting.due_on, meeting.waits_for) == (WAITING, date(2027, 10, 20), ("application_form",))
    assert meeting.why.code == "admission.meeting_after_prereview"
    assert plan(until("prereview"), date(2027, 10, 21))["general_meeting"].state is OVERDUE


def test_special_cases_have_longer_to_be_approved():
    usual = plan(until("general_meeting"), date(2027, 10, 11))["approval"]
    special = plan(until("general_meeting"), date(2027, 10, 11), is_special=True)["approval"]
    assert (usual.due_on, special.due_on) == (date(2028, 1, 10), date(2028, 4, 10))


def test_probation_runs_from_the_meeting_and_conversion_opens_at_its_end():
    nodes = plan(until("oath"), date(2028, 1, 1))
    assert nodes["probation"].due_on == date(2028, 10, 10)
    assert nodes["conversion_meeting"].opens_on == date(2028, 10, 10)
    found = judge(done("conversion_meeting", date(2028, 10, 9)), until("apply_conversion"), date(2028, 10, 9))
    assert [remark.kind for remark in found] == [RemarkKind.TOO_EARLY]


EXTENDED = [
    *until("apply_conversion"),
    done("conversion_meeting", date(2028, 10, 12), outcome=Outcome.EXTENDED, months=6),
    done("conversion_approval", date(2028, 11, 30)),
]


def test_an_extension_opens_a_second_turn():
    nodes = plan(EXTENDED, date(2028, 12, 1))
    assert nodes["probation"].state is DONE
    assert nodes["probation/2"].due_on == date(2029, 4, 10)
    assert nodes["conversion_meeting/2"].opens_on == date(2029, 4, 10)
    assert set(nodes["archive"].waits_for) == {"probation/2", "conversion_approval/2"}


def test_the_second_turn_ends_the_case():
    ending = [
        *EXTENDED,
        done("apply_conversion", date(2029, 4, 1)),
        done("conversion_meeting", date(2029, 4, 12)),
        done("conversion_approval", date(2029, 5, 30)),
        done("archive", date(2029, 6, 15)),
    ]
    nodes = case_plan(ending, date(2029, 7, 1))
    assert {node.state for node in nodes} == {DONE}
    assert [node.remarks for node in nodes if node.remarks] == []


def test_probation_is_extended_once_and_by_six_to_twelve_months():
    again = judge(
        done("conversion_meeting", date(2029, 4, 12), outcome=Outcome.EXTENDED, months=6),
        [*EXTENDED, done("apply_conversion", date(2029, 4, 1))],
        date(2029, 4, 12),
    )
    assert RemarkKind.EXTENDED_TWICE in {remark.kind for remark in again}
    short = done("conversion_meeting", date(2028, 10, 12), outcome=Outcome.EXTENDED, months=5)
    found = judge(short, until("apply_conversion"), date(2028, 10, 12))
    assert [remark.text for remark in found] == ["延长了5个月，应为6–12个月。"]


def test_a_cancelled_membership_is_still_approved_and_filed_away():
    cancelled = [*until("apply_conversion"), done("conversion_meeting", date(2028, 10, 12), outcome=Outcome.CANCELLED)]
    nodes = plan(cancelled, date(2028, 10, 20))
    assert nodes["conversion_approval"].state is DUE
    assert "conversion_meeting/2" not in nodes


def test_a_case_that_was_given_up_owes_nothing_more():
    nodes = case_plan(until("talk"), date(2029, 1, 1), ended_on=date(2026, 12, 1))
    assert {node.state for node in nodes} == {DONE, BLOCKED}
    assert BLOCKED not in {
        node.state for node in case_plan(until("talk"), date(2026, 6, 30), ended_on=date(2026, 12, 1))
    }


def test_a_minor_is_pointed_out():
    found = judge(done("apply", date(2026, 6, 1)), [], date(2026, 6, 1), born=date(2008, 6, 2))
    assert [remark.text for remark in found] == ["申请时未满18周岁。"]
    assert judge(done("apply", date(2026, 6, 1)), [], date(2026, 6, 1), born=date(2008, 6, 1)) == ()


def test_a_step_dated_before_the_one_it_follows_is_pointed_out():
    found = judge(done("talk", date(2026, 5, 30)), until("apply"), date(2026, 7, 1), opened_on=date(2026, 6, 1))
    assert [remark.text for remark in found] == ["日期早于前一步“递交入党申请书”。"]


def test_a_day_to_come_is_refused():
    found = judge(done("talk", date(2026, 7, 2)), until("apply"), date(2026, 7, 1))
    assert [remark.kind for remark in found] == [RemarkKind.FUTURE]
