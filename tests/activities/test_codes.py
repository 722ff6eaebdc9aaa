"""The codes on the big screen turn, and are good in one place only."""

from datetime import timedelta

import pytest

from tenants import context
from tests.support.activities import at, branch_of, member, planned
from tests.support.cast import Cast
from workspace.activities.actions import check_in
from workspace.activities.models import Activity, CheckIn
from workspace.activities.queries import codes

START = at("2026-09-15", 14)


def open_activity() -> Activity:
    activity = planned(branch_of(4), start=START)
    return check_in.open_check_in(activity, by=Cast.user("secretary"), at=START)


def test_a_code_lives_for_its_own_stretch_and_the_next(cast: Cast) -> None:
    with context.inside(cast.jia):
        activity = open_activity()
        shown = codes.qr_code(activity, at=START)
        assert codes.accepts(activity, shown, at=START + timedelta(seconds=24))
        assert codes.accepts(activity, shown, at=START + timedelta(seconds=49))
        assert not codes.accepts(activity, shown, at=START + timedelta(seconds=50))


def test_a_code_of_the_future_is_not_good_yet(cast: Cast) -> None:
    with context.inside(cast.jia):
        activity = open_activity()
        assert not codes.accepts(activity, codes.qr_code(activity, at=START + timedelta(seconds=25)), at=START)


def test_the_same_activity_in_another_workspace_has_other_codes(cast: Cast) -> None:
    with context.inside(cast.jia):
        activity = open_activity()
        ours, spoken = codes.qr_code(activity, at=START), codes.spoken_code(activity, at=START)
    with context.inside(cast.yan):
        # a copy with the same key and seed, as a restored backup would be
        assert not codes.accepts(activity, ours, at=START)
        assert not codes.accepts_spoken(activity, spoken, at=START)


def test_opening_again_makes_earlier_codes_worthless(cast: Cast) -> None:
    with context.inside(cast.jia):
        activity = open_activity()
        before = codes.qr_code(activity, at=START)
        by = cast.user("secretary")
        check_in.close_check_in(activity, by=by, at=START)
        check_in.open_check_in(activity, by=by, at=START)
        assert not codes.accepts(activity, before, at=START)


def test_spoken_codes_forgive_spaces_and_wide_digits(cast: Cast) -> None:
    with context.inside(cast.jia):
        activity = open_activity()
        spoken = codes.spoken_code(activity, at=START)
        assert len(spoken) == 6
        wide = "".join(chr(ord("０") + int(digit)) for digit in spoken)
        assert codes.accepts_spoken(activity, f" {spoken[:3]} {spoken[3:]} ", at=START)
        assert codes.accepts_spoken(activity, wide, at=START + timedelta(seconds=119))
        assert not codes.accepts_spoken(activity, spoken, at=START + timedelta(seconds=120))


@pytest.mark.parametrize("code", ["", "x", "-", "12", "1-", "99999999999999999999-abc", "١-abc"])
def test_nonsense_is_not_a_code(cast: Cast, code: str) -> None:
    with context.inside(cast.jia):
        assert not codes.accepts(open_activity(), code, at=START)
        codes.activity_key(code)


def test_five_wrong_words_are_enough_for_ten_minutes(cast: Cast) -> None:
    with context.inside(cast.jia):
        activity = open_activity()
        person, user = member("member"), cast.user("member")
        good = codes.spoken_code(activity, at=START)
        wrong = "000000" if good != "000000" else "111111"
        for left in (4, 3, 2, 1, 0):
            with pytest.raises(check_in.WrongCode) as refused:
                check_in.check_in_by_code(activity, person, wrong, by=user, at=START)
            assert refused.value.values["left"] == left
            check_in.note_wrong_code(activity, person, at=START)
        with pytest.raises(check_in.TooManyWrongCodes):
            check_in.check_in_by_code(activity, person, good, by=user, at=START + timedelta(seconds=30))
        later = START + timedelta(minutes=10, seconds=1)
        arrived = check_in.check_in_by_code(activity, person, codes.spoken_code(activity, at=later), by=user, at=later)
        assert arrived.method == CheckIn.Method.CODE
