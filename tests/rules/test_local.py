"""A workspace adds steps and tightens figures; it never deletes, shortens or rewrites what is national."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rules
from rules import CASE_STEPS, Every, Structure, Tighter, UnitType, obligations
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
    tightened,
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


# ── Figures ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("code", "figure", "value"),
    [
        ("admission.public_notice", "working_days", 7),
        ("admission.development_object", "months", 18),
        ("admission.half_year_check", "months", 3),
        ("admission.training", "hours", 40),
        ("admission.approval", "months", 2),
        ("admission.contacts", "minimum", 2),
        ("education.study_hours", "hours", 40),
        ("election.more_candidates", "percent", 30),
        ("appraisal.excellent_cap", "denominator", 4),
        ("branch.general_meeting", "every", Every.MONTH),
        ("branch.party_day", "needed", 2),
    ],
)
def test_a_stricter_figure_is_accepted_and_holds_from_its_day(code: str, figure: str, value: int | Every):
    asked = tighten(code, figure, value)
    assert refusals([asked]) == []
    book = tightened(BOOK, [asked])
    before, after = book.get(code, on=SINCE - timedelta(days=1)), book.get(code, on=SINCE)
    assert before.parameters == BOOK.get(code, on=SINCE).parameters
    held = after.parameters["obligation"] if figure in {"every", "needed"} else after.parameters
    assert held[figure] == value
    assert after.citation.endswith("；甲单位党委〔2026〕3号")
    assert before.local == ""


@pytest.mark.parametrize(
    ("code", "figure", "value", "why"),
    [
        ("admission.public_notice", "working_days", 4, Why.LOOSER),
        ("admission.public_notice", "working_days", 5, Why.LOOSER),
        ("admission.development_object", "months", 6, Why.LOOSER),
        ("admission.approval", "months", 4, Why.LOOSER),
        ("branch.general_meeting", "every", Every.YEAR, Why.LOOSER),
        ("branch.party_day", "needed", 1, Why.LOOSER),
        ("admission.probation", "months", 24, Why.FIXED),
        ("admission.age", "age", 20, Why.FIXED),
        ("admission.extension", "times", 2, Why.FIXED),
        ("dues.monthly", "arrears_months", 3, Why.FIXED),
        ("membership.lost_contact", "months", 3, Why.FIXED),
        ("admission.talk", "every", Every.MONTH, Why.FIXED),
        ("admission.contacts", "minimum", 3, Why.IMPOSSIBLE),
        ("admission.approval", "months", 0, Why.IMPOSSIBLE),
        ("branch.party_day", "every", 2, Why.IMPOSSIBLE),
        ("admission.picnic", "months", 2, Why.UNKNOWN_RULE),
    ],
)
def test_anything_else_is_refused_by_name(code: str, figure: str, value: int | Every, why: Why):
    assert reasons(tighten(code, figure, value)) == [why]


def test_a_refusal_says_what_the_national_rule_asks():
    refusal = refusals([tighten("admission.public_notice", "working_days", 3)])[0]
    assert refusal.message == "全国性规定为5，本单位只能更严，不能放宽到3。"
    assert refusal.message_en == "The national rule says 5; it can be made stricter here, not looser, as 3 would be."
    assert refusal.rule is BOOK.get("admission.public_notice")


def test_an_addition_names_its_document_and_ends_after_it_begins():
    assert reasons(step(basis=" ")) == [Why.BASIS_MISSING]
    assert reasons(step(effective_to=date(2026, 8, 1))) == [Why.DAYS_REVERSED]


def test_a_figure_of_a_text_that_is_gone_cannot_be_tightened():
    past = {"effective_from": date(2010, 1, 1), "effective_to": date(2012, 1, 1)}
    assert reasons(tighten("admission.approval", "months", 2, **past)) == [Why.NOT_IN_FORCE]


def test_a_tightening_ends_on_its_last_day():
    book = tightened(BOOK, [tighten("education.study_hours", "hours", 40, effective_to=date(2026, 12, 31))])
    hours = [
        book.get("education.study_hours", on=day).integer("hours")
        for day in (date(2026, 8, 31), SINCE, date(2026, 12, 31), date(2027, 1, 1))
    ]
    assert hours == [32, 40, 40, 32]


def test_a_case_in_flight_keeps_the_figures_it_was_opened_under():
    book = tightened(BOOK, [tighten("admission.half_year_check", "months", 3)])

    def first_check(opened: date) -> date | None:
        story = [Done(step="apply", on=opened), Done(step="recommend", on=date(2026, 10, 1))]
        return next(node.due_on for node in case_plan(story, date(2026, 10, 2), book) if node.key == "examine")

    assert first_check(date(2026, 8, 31)) == date(2027, 4, 1)
    assert first_check(date(2026, 9, 1)) == date(2027, 1, 1)


def test_oftener_meetings_are_owed_where_a_workspace_says_so():
    book = tightened(BOOK, [tighten("branch.general_meeting", "every", Every.MONTH)])
    branch = Structure(unit_type=UnitType.BRANCH, full_members=6)
    owed = [item for item in obligations(branch, 2027, book=book) if item.rule.code == "branch.general_meeting"]
    assert len(owed) == 12


def test_the_same_thing_twice_is_refused():
    assert reasons(step(), step()) == [Why.TWICE]
    once = tighten("admission.training", "hours", 30, effective_to=date(2026, 12, 31))
    then = tighten("admission.training", "hours", 40, effective_from=date(2027, 1, 1))
    assert reasons(once, then) == []
    assert reasons(once, tighten("admission.training", "hours", 40)) == [Why.TWICE]


# Every figure that may be tightened, a stricter value, and what the product then answers.
REACHES = {
    ("education.study_hours", "hours"): (40, lambda book: rules.study_hours(book=book), 40),
    ("education.leaders_hours", "hours"): (60, lambda book: rules.study_hours(leads=True, book=book), 60),
    ("appraisal.excellent_cap", "denominator"): (4, lambda book: rules.excellent_cap(12, book=book), 3),
    ("election.more_candidates", "percent"): (40, lambda book: rules.candidates_needed(5, book=book), 7),
    ("election.postponement", "months"): (
        6,
        lambda book: rules.term(UnitType.BRANCH, date(2026, 10, 1), book=book).latest,
        date(2030, 4, 1),
    ),
    ("membership.abroad", "months"): (
        3,
        lambda book: rules.membership.contact_abroad_by(date(2026, 10, 1), book=book).day,
        date(2027, 1, 1),
    ),
    ("membership.transfer_letter", "days"): (
        15,
        lambda book: rules.membership.letter_expires(date(2026, 10, 1), book=book).day,
        date(2026, 10, 16),
    ),
}
CLOCKS = {
    "admission.approval": ("approval", "general_meeting"),
    "admission.conversion_approval": ("conversion_approval", "conversion_meeting"),
    "admission.half_year_check": ("examine", "recommend"),
}


@pytest.mark.parametrize(("named", "expected"), REACHES.items(), ids=lambda value: str(value[0]))
def test_a_tightened_figure_reaches_what_is_computed_with_it(named, expected):
    value, answer, found = expected
    assert answer(tightened(BOOK, [tighten(*named, value)])) == found
    assert answer(BOOK) != found


@pytest.mark.parametrize("code", CLOCKS)
def test_a_tightened_clock_reaches_the_plan_of_a_case(code: str):
    step, start = CLOCKS[code]
    story = [Done(step="apply", on=SINCE), Done(step=start, on=date(2027, 1, 1))]
    asked = [tighten(code, "months", 1)]
    days = [
        next(node.due_on for node in case_plan(story, date(2027, 1, 2), additions=held) if node.key == step)
        for held in ([], asked)
    ]
    assert days[1] == date(2027, 2, 1) < days[0]


def test_no_figure_may_be_tightened_in_vain():
    by_other_means = {
        ("admission.contacts", "minimum"),
        ("admission.contacts", "maximum"),
        ("admission.training", "days"),
        ("admission.training", "hours"),
        ("admission.public_notice", "working_days"),
        ("admission.development_object", "months"),
        ("admission.approval_special", "months"),
    }  # read by AdmissionClocks and the plan, as the clocks above
    may_be = {(rule.code, name) for rule in BOOK.rules for name in rule.tighten}
    assert may_be == set(REACHES) | by_other_means | {(code, "months") for code in CLOCKS}


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


# ── Properties ───────────────────────────────────────────────────────────────────────────────────────

codes = st.sampled_from(sorted({rule.code for rule in BOOK.rules}))
days = st.dates(date(2012, 1, 1), date(2032, 1, 1))
names = sorted({name for rule in BOOK.rules for name in rule.parameters} | {"every", "needed"})
anything = st.builds(
    Tightening,
    code=codes,
    figure=st.sampled_from(names),
    value=st.integers(-5, 80) | st.sampled_from(Every),
    basis=st.just("本单位文件"),
    effective_from=days,
    effective_to=st.none() | days,
)


def strength(rule: rules.Rule) -> dict[str, tuple[float, ...]]:
    """Every figure of a rule, so that a larger number always asks for more."""
    found = {
        name: (-rule.integer(name) if way is Tighter.LOWER else rule.integer(name),)
        for name, way in rule.tighten.items()
    }
    duty = rule.parameters.get("obligation")
    if duty:
        found["duty"] = (-Every(duty["every"]).months, duty.get("needed", 1))
    return found


@given(st.lists(anything, max_size=6), days)
def test_whatever_was_saved_a_national_rule_is_never_loosened(additions: list[Tightening], on: date):
    book = tightened(BOOK, additions)
    assert {rule.code for rule in book.in_force(on)} == {rule.code for rule in BOOK.in_force(on)}
    for national in BOOK.in_force(on):
        local = book.get(national.code, on=on)
        wanted, held = strength(national), strength(local)
        assert all(mine >= theirs for name in wanted for mine, theirs in zip(held[name], wanted[name], strict=True))
        moved = {*national.tighten, "obligation"}
        assert {k: v for k, v in local.parameters.items() if k not in moved} == {
            k: v for k, v in national.parameters.items() if k not in moved
        }
        assert (local.summary, local.article, local.tier, local.verification) == (
            national.summary,
            national.article,
            national.tier,
            national.verification,
        )


@given(st.lists(anything, max_size=6), days)
def test_an_accepted_tightening_really_asks_for_more(additions: list[Tightening], on: date):
    for addition in additions:
        if refusals([addition]) or not addition.holds(on) or not BOOK.holds(addition.code, on=on):
            continue
        national, local = BOOK.get(addition.code, on=on), tightened(BOOK, [addition]).get(addition.code, on=on)
        assert strength(local) != strength(national)
        assert local.local == "本单位文件"


@given(
    st.lists(
        st.builds(
            LocalDeadline,
            step=st.sampled_from([step.code for step in CASE_STEPS]),
            after=st.sampled_from([step.code for step in CASE_STEPS]),
            within=st.builds(Span, months=st.integers(0, 30)) | st.builds(Span, days=st.integers(1, 900)),
            basis=st.just("本单位文件"),
            effective_from=st.just(date(2020, 1, 1)),
        ),
        max_size=4,
    ),
    st.integers(1, 26),
)
def test_local_deadlines_never_move_a_national_one_later_nor_open_a_step_sooner(own: list[LocalDeadline], cut: int):
    story = [
        Done(step=step.code, on=date(2027, 1, 1) + timedelta(days=30 * place)) for place, step in enumerate(CASE_STEPS)
    ][:cut]
    on = date(2030, 1, 1)
    national = {node.key: node for node in case_plan(story, on)}
    for node in case_plan(story, on, additions=own):
        plain = national[node.key]
        assert node.opens_on == plain.opens_on
        if plain.due_on:
            assert node.due_on and node.due_on <= plain.due_on
        if node.opens_on and node.due_on:
            assert node.due_on >= node.opens_on
