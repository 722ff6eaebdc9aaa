"""A development case knows what is due by when and why, from what has happened so far."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

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

DONE, DUE, OVERDUE, WAITING, BLOCKED = NodeState


def done(step: str, on: date | None, **details) -> Done:
    return Done(step=step, on=on, **details)


# A case that keeps every rule of 2026, step by step.
STORY = (
    done("apply", date(2026, 6, 1)),
    done("talk", date(2026, 6, 20)),
    done("recommend", date(2026, 7, 10)),
    done("file_activist", date(2026, 7, 20)),
    done("contacts", date(2026, 7, 20), people=2),
    done("examine", date(2027, 1, 5)),
    done("examine", date(2027, 7, 5)),
    done("public_notice", date(2027, 7, 8)),
    done("decide_object", date(2027, 7, 20)),
    done("file_object", date(2027, 7, 25)),
    done("introducers", date(2027, 7, 26), people=2),
    done("political_review", date(2027, 8, 10)),
    done("training", date(2027, 8, 20), days=3),
    done("committee_review", date(2027, 9, 1)),
    done("prereview", date(2027, 9, 20)),
    done("application_form", date(2027, 9, 25)),
    done("general_meeting", date(2027, 10, 10)),
    done("talk_above", date(2027, 11, 1)),
    done("approval", date(2027, 12, 1)),
    done("file_approval", date(2027, 12, 10)),
    done("join_group", date(2027, 12, 5)),
    done("oath", date(2027, 12, 20)),
    done("apply_conversion", date(2028, 10, 1)),
    done("conversion_meeting", date(2028, 10, 12)),
    done("conversion_approval", date(2028, 11, 30)),
    done("archive", date(2028, 12, 15)),
)


def until(step: str) -> list[Done]:
    """The story up to and including a step."""
    place = max(place for place, event in enumerate(STORY) if event.step == step)
    return list(STORY[: place + 1])


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


# ── Properties ───────────────────────────────────────────────────────────────────────────────────────

days = st.dates(date(2014, 1, 1), date(2032, 12, 31))
by_step = {step.code: step for step in CASE_STEPS}


@st.composite
def anything(draw) -> Done:
    """Any event a form could send, in any order and on any day."""
    step = draw(st.sampled_from(sorted(by_step)))
    outcomes = [Outcome.PASSED, *([Outcome.FAILED] if by_step[step].may_fail else [])]
    if step == "conversion_meeting":
        outcomes += [Outcome.EXTENDED, Outcome.CANCELLED]
    outcome = draw(st.sampled_from(outcomes))
    return Done(
        step=step,
        on=draw(st.none() | days),
        outcome=outcome,
        months=draw(st.integers(1, 15)) if outcome is Outcome.EXTENDED else None,
        people=draw(st.none() | st.integers(0, 4)),
        days=draw(st.none() | st.integers(0, 5)),
    )


stories = st.lists(anything(), max_size=30)


@given(stories, days)
def test_a_plan_is_always_whole_cited_and_in_order(events: list[Done], on: date):
    nodes = case_plan(events, on)
    numbers = [node.step.number for node in nodes if not node.key.endswith("/2") or node.step.repeats]
    assert set(numbers) == set(range(1, 26))
    keys = [node.key for node in nodes]
    assert len(keys) == len(set(keys))
    for node in nodes:
        assert node.citation
        assert set(node.waits_for) <= set(keys) - {node.key}
        if node.state is OVERDUE:
            assert node.due_on and node.due_on < on
        if node.state is DUE:
            assert not node.waits_for
            assert node.due_on is None or on <= node.due_on
            assert node.opens_on is None or node.opens_on <= on
        if node.state is DONE:
            assert node.done_on is None or node.done_on <= on
        if node.opens_on and node.due_on:
            assert node.opens_on <= node.due_on


@given(stories, days, st.integers(0, 800))
def test_overdue_stays_overdue_until_something_happens(events: list[Done], on: date, more: int):
    known = [event for event in events if event.on is None or event.on <= on]
    text = {"opened_on": date(2026, 6, 1)}
    earlier = {node.key for node in case_plan(known, on, **text) if node.state is OVERDUE}
    later = {node.key for node in case_plan(known, on + timedelta(days=more), **text) if node.state is OVERDUE}
    assert earlier <= later


@given(stories, days)
def test_the_order_in_which_events_are_given_does_not_matter(events: list[Done], on: date):
    dated = {event.on: event for event in events if event.on}
    alone = list(dated.values())  # one event a day: two on one day have an order of their own
    assert case_plan(alone, on) == case_plan(alone[::-1], on)


@given(st.integers(0, 60), st.integers(0, 60))
def test_a_story_moved_by_days_keeps_its_order_of_clocks(shift: int, look: int):
    moved = [Done(step=event.step, on=event.on + timedelta(days=shift)) for event in STORY if event.on]
    nodes = case_plan(moved, date(2028, 10, 20) + timedelta(days=look), calendar=NothingLoaded())
    clocks = {node.key: node.due_on for node in nodes if node.due_on}
    order = ["talk", "examine", "examine/2", "general_meeting", "approval", "probation"]
    assert [clocks[key] for key in order] == sorted(clocks[key] for key in order)
