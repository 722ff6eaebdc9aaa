"""A workspace adds steps and tightens figures; it never deletes, shortens or rewrites what is national."""

from datetime import date, timedelta

import pytest

import rules
from rules import Every, Structure, UnitType, obligations
from rules.cases import Done, case_plan
from rules.local import (
    LocalStep,
    Tightening,
    Why,
    refusals,
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
