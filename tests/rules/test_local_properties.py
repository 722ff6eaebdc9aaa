"""Whatever a workspace saved, no national rule becomes looser."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

import rules
from rules import CASE_STEPS, Every, Tighter
from rules.cases import Done, case_plan
from rules.local import (
    LocalDeadline,
    LocalStep,
    Span,
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
