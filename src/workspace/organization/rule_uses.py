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
)
