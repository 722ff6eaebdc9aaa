"""Majorities are of those entitled, never of those present."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import (
    Ballot,
    ImpossibleCount,
    MorePresentThanEntitled,
    MoreVotesThanPresent,
    MoreWithoutVoteThanMembers,
    NegativeCount,
    NobodyEntitled,
    VoteKind,
    WrittenOpinionsNotCounted,
    committee_present_needed,
    entitled_count,
    present_needed,
    yes_needed,
)

ORDINARY, ADMISSION, ELECTION = VoteKind.ORDINARY, VoteKind.ADMISSION, VoteKind.ELECTION


def test_probationary_members_and_those_under_probation_within_the_party_have_no_vote():
    assert entitled_count(25, probationary=3, on_probation_within_party=1) == 21


@pytest.mark.parametrize(
    ("kind", "entitled", "present", "yes", "opens", "passes"),
    [
        (ADMISSION, 21, 12, 11, True, True),
        (ADMISSION, 21, 12, 10, True, False),
        (ADMISSION, 20, 10, 10, False, False),
        (ADMISSION, 20, 11, 10, True, False),
        (ADMISSION, 20, 11, 11, True, True),
        (ORDINARY, 20, 10, 10, True, False),
        (ORDINARY, 20, 11, 10, True, False),
        (ORDINARY, 20, 11, 11, True, True),
        (ORDINARY, 20, 9, 9, False, False),
        (ORDINARY, 21, 10, 10, False, False),
        (ELECTION, 20, 15, 15, False, False),
        (ELECTION, 20, 16, 10, True, False),
        (ELECTION, 20, 16, 11, True, True),
        (ELECTION, 21, 16, 16, False, False),
    ],
)
def test_a_vote_opens_and_passes_by_those_entitled(
    kind: VoteKind, entitled: int, present: int, yes: int, opens: bool, passes: bool
):
    ballot = Ballot(entitled=entitled, present=present, yes=yes)
    assert ballot.may_open(kind) is opens
    assert ballot.passes(kind) is passes


def test_the_chair_is_told_how_many_are_needed():
    assert [present_needed(20, kind) for kind in (ORDINARY, ADMISSION, ELECTION)] == [10, 11, 16]
    assert [present_needed(21, kind) for kind in (ORDINARY, ADMISSION, ELECTION)] == [11, 11, 17]
    assert [yes_needed(entitled) for entitled in (1, 2, 20, 21)] == [1, 2, 11, 11]


@pytest.mark.parametrize(("size", "needed"), [(1, 1), (3, 2), (4, 2), (5, 3), (7, 4)])
def test_a_branch_committee_meets_with_at_least_half_of_its_members(size: int, needed: int):
    assert committee_present_needed(size) == needed


def test_a_committee_of_nobody_does_not_meet():
    with pytest.raises(NobodyEntitled):
        committee_present_needed(0)


def test_written_opinions_count_for_admission_but_not_for_the_quorum():
    assert Ballot(entitled=20, present=11, yes=11, written=2).passes(ADMISSION)
    assert Ballot(entitled=20, present=11, yes=12, no=1, written=2).passes(ADMISSION)
    assert not Ballot(entitled=20, present=10, yes=12, written=5).may_open(ADMISSION)
    with pytest.raises(WrittenOpinionsNotCounted):
        Ballot(entitled=20, present=11, yes=11, written=2).passes(ORDINARY)


@pytest.mark.parametrize(
    ("counts", "refusal"),
    [
        ({"entitled": 0, "present": 0, "yes": 0}, NobodyEntitled),
        ({"entitled": 5, "present": 6, "yes": 1}, MorePresentThanEntitled),
        ({"entitled": 5, "present": 4, "yes": 1, "written": 2}, MorePresentThanEntitled),
        ({"entitled": 9, "present": 5, "yes": 4, "no": 1, "abstain": 1}, MoreVotesThanPresent),
        ({"entitled": 9, "present": 5, "yes": -1}, NegativeCount),
    ],
)
def test_impossible_counts_are_refused_by_name(counts: dict[str, int], refusal: type[ImpossibleCount]):
    with pytest.raises(refusal):
        Ballot(**counts)


def test_more_without_a_vote_than_members_is_refused():
    with pytest.raises(MoreWithoutVoteThanMembers):
        entitled_count(3, probationary=2, on_probation_within_party=2)


counted = st.integers(1, 300).flatmap(
    lambda entitled: st.integers(0, entitled).flatmap(
        lambda present: st.builds(
            Ballot, entitled=st.just(entitled), present=st.just(present), yes=st.integers(0, present)
        )
    )
)


@given(counted, st.sampled_from(VoteKind))
def test_what_passes_has_more_than_half_of_those_entitled(ballot: Ballot, kind: VoteKind):
    if ballot.passes(kind):
        assert ballot.may_open(kind)
        assert ballot.yes * 2 > ballot.entitled


@given(counted)
def test_an_election_asks_for_at_least_what_an_admission_asks_and_that_for_an_ordinary_vote(ballot: Ballot):
    needed = [present_needed(ballot.entitled, kind) for kind in (ORDINARY, ADMISSION, ELECTION)]
    assert needed[0] <= needed[1] <= ballot.entitled
    assert needed[0] <= needed[2] <= ballot.entitled
    assert needed[0] * 2 >= ballot.entitled > (needed[0] - 1) * 2
    assert needed[1] * 2 > ballot.entitled >= (needed[1] - 1) * 2
    assert needed[2] * 5 >= ballot.entitled * 4 > (needed[2] - 1) * 5
