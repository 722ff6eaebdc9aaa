"""What this app does because of rules."""

from rules.uses import Use, codes, declare, with_parameter

declare(
    "organization",
    Use(
        label="合并、分设、改设之前的人数核对",
        label_en="What is checked before units are merged, split or turned into others",
        modules=("queries.effects",),
        codes=with_parameter("check") | codes("committee.threshold"),
        url_name="organization:tree",
    ),
    Use(
        label="任期：从本届选举日期起算，经批准可以延期",
        label_en="Terms: from the day of the election, moved where the level above agreed",
        modules=("terms",),
        codes=codes(
            "branch.term",
            "branch.term_village_or_community",
            "committee.term",
            "general_branch.term",
            "election.postponement",
        ),
        url_name="organization:tree",
    ),
    Use(
        label="结构检查：人数、班子、任期、临时组织",
        label_en="Structure checks: size, committee, term, temporary units",
        modules=("queries.checks",),
        codes=with_parameter("check")
        | codes(
            "branch.term",
            "branch.term_village_or_community",
            "committee.term",
            "general_branch.term",
            "election.postponement",
            "temporary.review",
        ),
        url_name="organization:checks",
        needs="unit.dashboard",
    ),
)
