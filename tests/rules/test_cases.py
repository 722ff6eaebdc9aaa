"""A development case knows what is due by when and why, from what has happened so far."""

from datetime import date

import pytest

from rules import ADMISSION_STEPS, CASE_STEPS, AdmissionStage, NothingLoaded, Severity, rulebook
from rules.cases import (
    Done,
    ImpossibleEvent,
    Node,
    NodeState,
    Outcome,
    RemarkKind,
    UnknownStep,
    case_plan,
    judge,
    stage_of,
)
from tests.rules.story import STORY, done, until

DONE, DUE, OVERDUE, WAITING, BLOCKED = NodeState


def plan(events, on: date, **options) -> dict[str, Node]:
    return {node.key: node for node in case_plan(events, on, **options)}


def test_a_case_that_keeps_every_rule_is_done_and_has_no_remark():
    nodes = case_plan(STORY, date(2028, 12, 31))
    assert {node.state for node in nodes} == {DONE}
    assert [node.remarks for node in nodes if node.remarks] == []
    assert [node.step.code for node in nodes if "/" not in node.key] == [step.code for step in CASE_STEPS]
    assert stage_of(nodes) is AdmissionStage.CONVERSION


def test_nothing_has_happened_yet():
    nodes = case_plan([], date(2026, 6, 1))
    assert [(node.step.code, node.state) for node in nodes][:2] == [("apply", DUE), ("talk", WAITING)]
    assert stage_of(nodes) is AdmissionStage.APPLICATION


def test_an_application_starts_the_clock_of_the_talk():
    talk = plan(until("apply"), date(2026, 6, 30))["talk"]
    assert (talk.state, talk.due_on) == (DUE, date(2026, 7, 1))
    assert talk.citation == "《中国共产党发展党员工作细则》第七条"
    assert plan(until("apply"), date(2026, 7, 2))["talk"].state is OVERDUE


def test_a_talk_that_came_late_stays_done_and_is_remarked_on():
    talk = plan([done("apply", date(2026, 6, 1)), done("talk", date(2026, 7, 2))], date(2026, 8, 1))["talk"]
    assert talk.state is DONE
    assert [(remark.kind, remark.severity) for remark in talk.remarks] == [(RemarkKind.LATE, Severity.WARNING)]
    assert talk.remarks[0].text == "应在2026年7月1日前完成。"


def test_examinations_follow_every_half_year_and_the_next_is_shown():
    nodes = plan(until("contacts"), date(2027, 2, 1))
    assert (nodes["examine"].state, nodes["examine"].due_on) == (OVERDUE, date(2027, 1, 10))
    assert (nodes["examine/2"].state, nodes["examine/2"].due_on) == (DUE, date(2027, 7, 10))
    assert "examine/3" not in nodes


def test_a_late_examination_repairs_the_earlier_half_year_first():
    late = [*until("contacts"), done("examine", date(2027, 2, 1))]
    nodes = plan(late, date(2027, 7, 1))
    assert (nodes["examine"].state, nodes["examine/2"].state) == (DONE, DUE)
    assert [remark.kind for remark in nodes["examine"].remarks] == [RemarkKind.LATE]


def test_two_examinations_in_one_half_year_do_not_stand_for_two():
    twice = [*until("contacts"), done("examine", date(2026, 9, 1)), done("examine", date(2026, 11, 1))]
    nodes = plan(twice, date(2027, 7, 11))
    assert (nodes["examine"].state, nodes["examine/2"].state) == (DONE, OVERDUE)


def test_nobody_becomes_a_development_object_before_a_year_is_over():
    early = [event for event in until("public_notice") if event.step != "public_notice"]
    decide = plan(early, date(2027, 7, 6))["decide_object"]
    assert (decide.state, decide.opens_on) == (WAITING, date(2027, 7, 10))
    found = judge(done("decide_object", date(2027, 7, 6)), early, date(2027, 7, 6))
    assert {remark.kind for remark in found} == {RemarkKind.TOO_EARLY, RemarkKind.STEP_MISSING}


def test_a_notice_stays_up_until_its_last_working_day_is_over():
    events = until("public_notice")
    while_up = plan(events, date(2027, 7, 14), calendar=NothingLoaded())
    after = plan(events, date(2027, 7, 15), calendar=NothingLoaded())
    assert (while_up["public_notice"].state, while_up["public_notice"].due_on) == (WAITING, date(2027, 7, 14))
    assert while_up["public_notice"].is_provisional
    assert (while_up["decide_object"].state, while_up["decide_object"].opens_on) == (WAITING, date(2027, 7, 15))
    assert (after["public_notice"].state, after["public_notice"].done_on) == (DONE, date(2027, 7, 14))
    assert after["decide_object"].state is DUE


def test_an_objection_during_the_notice_stops_the_case():
    events = [*until("public_notice")[:-1], done("public_notice", date(2027, 7, 8), outcome=Outcome.FAILED)]
    nodes = plan(events, date(2027, 7, 30))
    assert nodes["public_notice"].state is BLOCKED
    assert [remark.kind for remark in nodes["public_notice"].remarks] == [RemarkKind.FAILED]
    assert nodes["decide_object"].state is BLOCKED


def test_a_case_of_before_may_2026_has_no_notice_and_no_month_after_pre_review():
    events = [done("apply", date(2026, 5, 10)), *until("prereview")[1:]]
    nodes = plan([event for event in events if event.step != "public_notice"], date(2027, 12, 31))
    assert "public_notice" not in nodes
    assert nodes["decide_object"].remarks == ()
    assert nodes["general_meeting"].due_on is None
    assert nodes["talk"].why.key == "admission.talk@2014-05-28"
    assert nodes["talk"].badge == "待核实"


def test_the_opening_day_chooses_the_text_for_a_case_taken_over_from_paper():
    taken_over = [done("apply", None), done("talk", None), done("recommend", date(2026, 6, 1))]
    under_2014 = plan(taken_over, date(2026, 7, 1), opened_on=date(2025, 3, 1))
    assert "public_notice" not in under_2014
    assert under_2014["talk"].state is DONE
    assert "public_notice" in plan(taken_over, date(2026, 7, 1))


@pytest.mark.parametrize(
    "event",
    [
        {"step": "talk", "outcome": Outcome.FAILED},
        {"step": "talk", "outcome": Outcome.EXTENDED, "months": 6},
        {"step": "conversion_meeting", "outcome": Outcome.EXTENDED},
        {"step": "training", "hours": -1},
    ],
)
def test_events_no_case_can_have_are_refused(event: dict):
    with pytest.raises(ImpossibleEvent):
        case_plan([Done(on=date(2026, 7, 1), **event)], date(2026, 7, 1))


def test_an_unknown_step_is_refused_by_name():
    with pytest.raises(UnknownStep, match="picnic"):
        case_plan([done("picnic", date(2026, 7, 1))], date(2026, 7, 1))


def test_what_lies_ahead_is_not_known_yet():
    on = date(2027, 7, 21)
    assert case_plan(STORY, on) == case_plan([event for event in STORY if event.on and event.on <= on], on)


def test_every_step_is_cited_has_an_actor_and_papers_of_its_own():
    codes = [step.code for step in CASE_STEPS]
    papers = [paper.code for step in CASE_STEPS for paper in step.materials]
    assert len(papers) == len(set(papers))
    for place, step in enumerate(CASE_STEPS):
        assert step.label and step.label_en.isascii() and step.actor.label and step.actor.label_en.isascii()
        assert step.materials or step.code == "join_group"
        assert set(step.after) <= set(codes[:place]), step.code
        for code in step.rule_codes:
            assert rulebook().get(code), code
        for clock in (step.due, step.opens, step.repeats):
            if clock:
                assert rulebook().get(clock.rule_code)
                assert clock.start in codes[: place + 1]
        for paper in step.materials:
            assert paper.label and paper.label_en.isascii()
    chart = rulebook().get("admission.chart")
    assert len(ADMISSION_STEPS) == chart.integer("steps")
    assert len({step.stage for step in ADMISSION_STEPS}) == chart.integer("stages")
