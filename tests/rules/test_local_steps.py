"""Steps, papers and deadlines of a workspace's own, and whole charts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rules
from rules import CASE_STEPS, Every
from rules.cases import Done, NodeState, case_plan
from rules.local import (
    ChartFault,
    LocalDeadline,
    LocalMaterial,
    LocalStep,
    ProposedStep,
    Span,
    Tightening,
    Why,
    chart_refusals,
    refusals,
    steps_with,
)

SINCE = date(2026, 9, 1)
HELD = {"basis": "甲单位党委〔2026〕3号", "effective_from": SINCE}
BOOK = rules.rulebook()


def tighten(code: str, figure: str, value: int | Every, **days) -> Tightening:
    return Tightening(code=code, figure=figure, value=value, **HELD | days)


def step(code: str = "vote_of_groups", **details) -> LocalStep:
    return LocalStep(**{"code": code, "label": "党小组推荐票决", "after": "talk", **HELD, **details})


def reasons(*additions) -> list[Why]:
    return [refusal.why for refusal in refusals(additions)]


# ── Steps, papers, deadlines ─────────────────────────────────────────────────────────────────────────


def test_a_step_of_its_own_stands_after_its_anchor_and_holds_up_the_next():
    own = step(before="recommend", within=Span(working_days=10))
    assert refusals([own]) == []
    story = [Done(step="apply", on=SINCE), Done(step="talk", on=date(2026, 9, 10))]
    nodes = {node.key: node for node in case_plan(story, date(2026, 9, 11), additions=[own])}
    assert list(nodes)[1:4] == ["talk", "vote_of_groups", "recommend"]
    assert (nodes["vote_of_groups"].state, nodes["vote_of_groups"].due_on) == (NodeState.DUE, date(2026, 9, 23))
    assert nodes["vote_of_groups"].citation == "甲单位党委〔2026〕3号"
    assert nodes["recommend"].waits_for == ("vote_of_groups",)
    voted = [*story, Done(step="vote_of_groups", on=date(2026, 9, 15))]
    done = {node.key: node for node in case_plan(voted, date(2026, 9, 16), additions=[own])}
    assert (done["vote_of_groups"].state, done["recommend"].state) == (NodeState.DONE, NodeState.DUE)


def test_steps_of_its_own_can_follow_one_another():
    second = step("second", after="vote_of_groups")
    assert refusals([step(), second]) == []
    codes = [one.code for one in steps_with([second, step()], on=SINCE)]
    assert codes[1:5] == ["talk", "vote_of_groups", "second", "recommend"]


def test_a_case_opened_before_the_step_existed_does_not_have_it():
    story = [Done(step="apply", on=date(2026, 8, 31))]
    assert "vote_of_groups" not in {node.key for node in case_plan(story, SINCE, additions=[step()])}


@pytest.mark.parametrize(
    ("addition", "why"),
    [
        (step("general_meeting"), Why.REWRITES),
        (step(after="picnic"), Why.UNKNOWN_STEP),
        (step(after="vote_of_groups"), Why.UNKNOWN_STEP),
        (step(before="picnic"), Why.UNKNOWN_STEP),
        (step(before="apply"), Why.WRONG_ORDER),
        (step(within=Span()), Why.NO_LENGTH),
        (step(within=Span(days=3, months=1)), Why.NO_LENGTH),
        (step(label=" "), Why.IMPOSSIBLE),
        (LocalMaterial(step="talk", code="talk_record", label="谈话记录（简）", **HELD), Why.REWRITES),
        (LocalMaterial(step="picnic", code="photo", label="照片", **HELD), Why.UNKNOWN_STEP),
        (LocalDeadline(step="picnic", after="talk", within=Span(days=3), **HELD), Why.UNKNOWN_STEP),
        (LocalDeadline(step="talk", after="recommend", within=Span(days=3), **HELD), Why.WRONG_ORDER),
        (LocalDeadline(step="talk", after="apply", within=Span(months=1), **HELD), Why.LOOSER),
        (LocalDeadline(step="talk", after="apply", within=Span(days=31), **HELD), Why.LOOSER),
        (LocalDeadline(step="decide_object", after="recommend", within=Span(months=6), **HELD), Why.SHORTER),
        (LocalDeadline(step="conversion_meeting", after="general_meeting", within=Span(days=300), **HELD), Why.SHORTER),
    ],
    ids=lambda value: value.value if isinstance(value, Why) else "",
)
def test_additions_that_touch_the_national_chart_are_refused(addition, why: Why):
    assert reasons(addition) == [why]


def test_the_reason_reads_in_both_languages():
    refusal = refusals([LocalDeadline(step="talk", after="apply", within=Span(days=45), **HELD)])[0]
    assert refusal.message == "全国性规定为1个月，本单位只能更严，不能放宽到45天。"
    assert "1 month" in refusal.message_en and "45 days" in refusal.message_en
    for why in Why:
        assert why.text
        assert why.text_en.isascii()


def test_a_deadline_of_its_own_counts_where_it_is_sooner():
    own = LocalDeadline(step="talk", after="apply", within=Span(days=15), **HELD)
    assert refusals([own]) == []
    talk = {node.key: node for node in case_plan([Done(step="apply", on=SINCE)], SINCE, additions=[own])}["talk"]
    assert talk.due_on == date(2026, 9, 16)
    assert talk.citation == "《中国共产党发展党员工作细则》第七条；甲单位党委〔2026〕3号"


def test_a_looser_deadline_changes_nothing_even_if_it_was_saved():
    loose = LocalDeadline(step="talk", after="apply", within=Span(months=6), **HELD)
    talk = {node.key: node for node in case_plan([Done(step="apply", on=SINCE)], SINCE, additions=[loose])}["talk"]
    assert (talk.due_on, talk.basis) == (date(2026, 10, 1), "")


def test_a_further_paper_is_asked_for_beside_the_national_ones():
    paper = LocalMaterial(step="talk", code="talk_photo", label="谈话照片说明", **HELD)
    assert refusals([paper]) == []
    papers = {one.code: [p.code for p in one.materials] for one in steps_with([paper], on=SINCE)}
    assert papers["talk"] == ["talk_record", "talk_photo"]


# ── A whole chart ────────────────────────────────────────────────────────────────────────────────────

NATIONAL = [ProposedStep(step.code, step.label) for step in CASE_STEPS]
OWN = ProposedStep("vote_of_groups", "党小组推荐票决")


def test_the_national_chart_with_steps_between_is_accepted():
    assert chart_refusals(NATIONAL) == []
    assert chart_refusals([*NATIONAL[:4], OWN, *NATIONAL[4:]]) == []


@pytest.mark.parametrize(
    ("chart", "code", "fault"),
    [
        (NATIONAL[:3] + NATIONAL[4:], "file_activist", ChartFault.DELETED),
        ([ProposedStep("apply", "报名"), *NATIONAL[1:]], "apply", ChartFault.REWRITTEN),
        ([*NATIONAL[1:], NATIONAL[0]], "talk", ChartFault.MOVED),
        ([*NATIONAL, NATIONAL[5]], "examine", ChartFault.TWICE),
    ],
)
def test_a_chart_that_loses_changes_or_moves_a_national_step_is_refused(chart, code: str, fault: ChartFault):
    found = chart_refusals(chart)
    assert (code, fault) in {(refusal.code, refusal.fault) for refusal in found}
    assert all(refusal.message and refusal.message_en for refusal in found)


@given(st.permutations(NATIONAL), st.integers(0, len(NATIONAL) - 1))
def test_no_reordered_or_shortened_chart_is_accepted(chart: list[ProposedStep], cut: int):
    assert (chart_refusals(chart) == []) is (chart == NATIONAL)
    assert chart_refusals(NATIONAL[:cut] + NATIONAL[cut + 1 :])
