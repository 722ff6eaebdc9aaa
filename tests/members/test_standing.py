"""Where a member stands follows from the events alone, in whatever order they were recorded."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workspace.members.models import Event
from workspace.members.standing import columns, derive, in_order

Kind = Event.Kind
START = date(2020, 1, 1)
RECORDED = datetime(2026, 11, 20, tzinfo=UTC)


def event(kind: str, on: str | date, unit: int = 1, at: datetime = RECORDED, **details: Any) -> Event:
    day = date.fromisoformat(on) if isinstance(on, str) else on
    return Event(kind=kind, on=day, unit_id=unit, details=details, at=at)


def registered(on: str = "2026-01-10", category: str = "full", **details: Any) -> Event:
    return event(Kind.REGISTERED, on, category=category, **details)


DETAILS = {
    Kind.EXTENDED: {"months": 6},
    Kind.DISCIPLINED: {"punishment": "observation"},
    Kind.LEFT_OTHERWISE: {"left_for": "other"},
    Kind.CORRECTED: {"fields": {"joined_on": [None, "2019-05-04"]}},
    Kind.HONOURED: {"title": "优秀共产党员"},
}
ANY_KIND = st.sampled_from([kind for kind in Kind if kind != Kind.REGISTERED])
# Legal or not: the fold must not care. One event a day, so that their days alone say the order.
LIVES = st.dictionaries(st.integers(1, 2000), st.tuples(ANY_KIND, st.integers(1, 3)), max_size=12)


def live(days: dict[int, tuple[str, int]]) -> list[Event]:
    return [
        event(kind, START + timedelta(days=day), unit, **DETAILS.get(kind, {})) for day, (kind, unit) in days.items()
    ]


@given(LIVES, st.randoms(use_true_random=False), st.integers(0, 2100))
def test_any_order_of_arrival_gives_the_same_standing(days: dict[int, tuple[str, int]], chance: Any, day: int) -> None:
    events = [registered(category="activist"), *live(days)]
    on = START + timedelta(days=day)
    expected = derive(events), derive(events, on=on)
    chance.shuffle(events)
    for number, each in enumerate(events):
        each.at = RECORDED + timedelta(minutes=number)
    assert (derive(events), derive(events, on=on)) == expected


@given(LIVES, st.integers(0, 2100))
def test_what_comes_later_does_not_change_the_past_but_for_corrections(
    days: dict[int, tuple[str, int]], day: int
) -> None:
    on = START + timedelta(days=day)
    events = [registered("2020-01-01", "activist"), *live(days)]
    plain = [each for each in events if each.kind not in {Kind.CORRECTED, Kind.TRANSFERRED_IN}]
    until = [each for each in plain if each.on <= on]
    assert derive(plain, on=on) == derive(until, on=on)


def test_a_life_from_application_to_full_membership() -> None:
    events = [
        registered("2023-01-09", "applicant"),
        event(Kind.ACTIVIST, "2023-09-01"),
        event(Kind.DEVELOPMENT_OBJECT, "2024-10-08"),
        event(Kind.ADMITTED, "2025-03-10"),
        event(Kind.EXTENDED, "2026-03-11", months=6),
        event(Kind.CONVERTED, "2026-09-10"),
    ]
    seen = {
        day: derive(events, on=date.fromisoformat(day)).category
        for day in ("2022-12-31", "2023-01-09", "2024-01-01", "2025-01-01", "2025-03-10", "2026-09-09", "2026-09-10")
    }
    assert list(seen.values()) == [
        "",
        "applicant",
        "activist",
        "development_object",
        "probationary",
        "probationary",
        "full",
    ]
    assert derive(events, on=date(2025, 12, 31)).probation_ends == date(2026, 3, 10)
    assert derive(events, on=date(2026, 5, 1)).probation_ends == date(2026, 9, 10)
    assert (derive(events).joined_on, derive(events).converted_on) == (date(2025, 3, 10), date(2026, 9, 10))


def test_the_registration_speaks_for_the_days_before_it_as_far_as_its_dates_allow() -> None:
    events = [registered(joined_on="2010-07-01", converted_on="2011-07-01")]
    assert derive(events, on=date(2010, 6, 30)).category == ""
    assert derive(events, on=date(2010, 7, 1)).category == "probationary"
    assert derive(events, on=date(2015, 1, 1)).has_vote
    assert derive([registered()], on=date(2001, 1, 1)).has_vote, "without dates the registration is believed"
    assert not derive([registered(category="activist")], on=date(2001, 1, 1)).is_present


def test_who_came_by_transfer_was_not_here_before() -> None:
    events = [
        registered("2026-06-05", joined_on="2010-07-01", converted_on="2011-07-01"),
        event(Kind.TRANSFERRED_IN, "2026-06-01", unit=4),
    ]
    assert not derive(events, on=date(2026, 5, 31)).is_present
    assert derive(events, on=date(2026, 6, 1)).unit_id == 4
    assert derive(events, on=date(2026, 6, 1)).has_vote


def test_nobody_votes_under_observation_until_its_end_is_recorded() -> None:
    events = [registered(), event(Kind.DISCIPLINED, "2026-02-01", punishment="observation", until="2026-03-01")]
    assert derive(events, on=date(2026, 1, 31)).has_vote
    assert not derive(events, on=date(2026, 10, 1)).has_vote
    assert derive([*events, event(Kind.DISCIPLINE_ENDED, "2026-09-01")], on=date(2026, 10, 1)).has_vote


def test_a_warning_takes_no_vote_and_runs_until_its_day() -> None:
    standing = derive([registered(), event(Kind.DISCIPLINED, "2026-02-01", punishment="warning", until="2027-02-01")])
    assert standing.has_vote
    assert standing.is_punished(date(2027, 2, 1))
    assert not standing.is_punished(date(2027, 2, 2))


def test_a_correction_says_what_was_so_all_along() -> None:
    wrong = registered("2026-01-10", "probationary", joined_on="2019-05-04")
    right = event(
        Kind.CORRECTED,
        "2026-11-01",
        fields={"category": ["probationary", "full"], "converted_on": [None, "2020-05-04"]},
    )
    assert derive([wrong, right], on=date(2026, 2, 1)).category == "full"
    assert derive([wrong, right], on=date(2020, 5, 3)).category == "probationary"
    assert derive([wrong], on=date(2026, 2, 1)).category == "probationary"


def test_who_was_cancelled_may_begin_again() -> None:
    events = [
        registered("2024-01-01", "probationary", joined_on="2023-06-01"),
        event(Kind.CANCELLED, "2024-06-10"),
        event(Kind.APPLIED, "2026-02-01"),
    ]
    assert derive(events[:2]).left_for == "ended"
    again = derive(events)
    assert (again.is_present, again.category, again.joined_on) == (True, "applicant", None)


def test_steps_before_joining_are_history() -> None:
    events = [registered(joined_on="2010-07-01"), event(Kind.APPLIED, "2008-03-01")]
    assert derive(events).category == "full"
    assert derive(events, on=date(2009, 1, 1)).category == "applicant"


def test_a_move_changes_the_branch_from_its_day() -> None:
    events = [registered(), event(Kind.MOVED, "2026-05-01", unit=2)]
    assert (derive(events, on=date(2026, 4, 30)).unit_id, derive(events).unit_id) == (1, 2)


def test_the_columns_never_lose_branch_and_category() -> None:
    assert {"unit_id", "category"}.isdisjoint(columns(derive([])))


@pytest.mark.parametrize("kinds", [(Kind.FLOATING_OUT, Kind.FLOATING_IN), (Kind.FLOATING_IN, Kind.FLOATING_OUT)])
def test_back_and_forth_on_one_day_counts_as_it_was_recorded(kinds: tuple[str, str]) -> None:
    events = [event(kind, "2026-05-01", at=RECORDED + timedelta(hours=n)) for n, kind in enumerate(kinds)]
    assert [each.kind for each in in_order(reversed(events))] == list(kinds)


def test_who_left_and_came_back_on_one_day_is_here() -> None:
    out = event(Kind.TRANSFERRED_OUT, "2026-06-01", at=RECORDED)
    back = event(Kind.TRANSFERRED_IN, "2026-06-01", unit=4, at=RECORDED + timedelta(hours=2))
    events = [registered("2010-07-01"), back, out]
    assert [each.kind for each in in_order(events)] == [Kind.REGISTERED, Kind.TRANSFERRED_OUT, Kind.TRANSFERRED_IN]
    assert derive(events).is_present
    assert derive(events).unit_id == 4


def test_who_came_and_left_on_one_day_is_gone() -> None:
    back = event(Kind.TRANSFERRED_IN, "2026-06-01", unit=4, at=RECORDED)
    out = event(Kind.TRANSFERRED_OUT, "2026-06-01", at=RECORDED + timedelta(hours=2))
    assert not derive([registered("2010-07-01"), out, back]).is_present
