"""A letter moves nobody; acceptance does."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.transfers import ImpossibleLetter, Letter, LetterState, Paper, paper_for

ISSUED = date(2026, 3, 1)


def test_a_letter_is_open_until_its_last_day_and_expired_after_it():
    letter = Letter(issued_on=ISSUED)
    assert letter.expires.day == date(2026, 3, 31)
    assert letter.expires.rule.badge == "待核实"
    assert letter.state(date(2026, 3, 31)) is LetterState.OPEN
    assert letter.state(date(2026, 4, 1)) is LetterState.EXPIRED
    assert Letter(issued_on=ISSUED, valid_days=90).state(date(2026, 4, 1)) is LetterState.OPEN


def test_the_old_organisation_is_responsible_until_the_new_one_accepts():
    letter = Letter(issued_on=ISSUED, accepted_on=date(2026, 3, 20))
    assert not letter.has_moved(date(2026, 3, 19))
    assert letter.has_moved(date(2026, 3, 20))
    assert not Letter(issued_on=ISSUED).has_moved(date(2027, 1, 1))


@pytest.mark.parametrize(
    ("closed", "state"),
    [
        ({"rejected_on": date(2026, 3, 9)}, LetterState.REJECTED),
        ({"revoked_on": date(2026, 3, 9)}, LetterState.REVOKED),
        ({"accepted_on": date(2026, 6, 1)}, LetterState.ACCEPTED),
    ],
)
def test_a_letter_is_closed_by_people(closed: dict, state: LetterState):
    assert Letter(issued_on=ISSUED, **closed).state(date(2026, 7, 1)) is state


@pytest.mark.parametrize(
    "wrong",
    [
        {"accepted_on": date(2026, 3, 5), "rejected_on": date(2026, 3, 6)},
        {"accepted_on": date(2026, 2, 28)},
        {"valid_days": 0},
    ],
)
def test_letters_that_cannot_be_are_refused(wrong: dict):
    with pytest.raises(ImpossibleLetter):
        Letter(issued_on=ISSUED, **wrong)


@pytest.mark.parametrize(
    ("returns", "fixed", "paper"),
    [
        (date(2026, 8, 31), True, Paper.CERTIFICATE),
        (date(2026, 9, 1), True, Paper.LETTER),
        (date(2026, 9, 1), False, Paper.CERTIFICATE),
        (date(2026, 9, 2), False, Paper.FLOATING_CARD),
        (None, True, Paper.LETTER),
        (None, False, Paper.FLOATING_CARD),
    ],
)
def test_the_paper_depends_on_how_long_and_where(returns: date | None, fixed: bool, paper: Paper):
    assert paper_for(ISSUED, returns, has_fixed_place=fixed).paper is paper


def test_nobody_returns_before_leaving():
    with pytest.raises(ValueError, match="before"):
        paper_for(ISSUED, date(2026, 2, 1), has_fixed_place=False)


def test_every_word_is_there_in_both_languages():
    for word in (*Paper, *LetterState):
        assert word.label
        assert word.label_en.isascii()


days = st.dates(date(2026, 3, 1), date(2027, 3, 1))


@given(st.none() | days, st.integers(1, 200), days, days)
def test_a_letter_never_moves_back(accepted: date | None, valid: int, one: date, other: date):
    letter = Letter(issued_on=ISSUED, valid_days=valid, accepted_on=accepted)
    earlier, later = sorted((one, other))
    assert letter.has_moved(later) or not letter.has_moved(earlier)
