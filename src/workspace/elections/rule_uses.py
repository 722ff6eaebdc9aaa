"""What this app does because of rules."""

from rules.uses import Use, codes, declare

_SEES_ELECTIONS = {"url_name": "elections:index", "needs": "election.view"}

declare(
    "elections",
    Use(
        label="换届：任期、提醒、提前和延期、是否设委员会",
        label_en="Elections: terms, reminders, earlier or later, with or without a committee",
        modules=("actions.opening", "actions.reminding", "queries.terms", "views.board", "views.opening"),
        codes=codes(
            "branch.committee_largest",
            "branch.committee_required",
            "branch.committee_smallest",
            "election.postponement",
            "election.reminders",
        ),
        **_SEES_ELECTIONS,
    ),
    Use(
        label="换届：名单、候选人差额、到会、有效票、报批和备案",
        label_en="Elections: who votes, how many stand, quorum, valid ballots, approval and filing",
        modules=(
            "actions.candidates",
            "actions.meeting",
            "models.rounds",
            "queries.guide",
            "views.ballots",
            "views.candidates",
            "views.election",
            "views.rolls",
        ),
        codes=codes(
            "branch.committee_quorum",
            "branch.election_filed_above",
            "election.ballot",
            "election.more_candidates",
            "election.no_vote",
            "election.not_counted",
            "election.postponement",
            "election.valid_ballots",
        ),
        **_SEES_ELECTIONS,
    ),
)
