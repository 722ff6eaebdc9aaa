"""What this app does because of rules."""

from rules.uses import Use, codes, declare

declare(
    "development",
    Use(
        label="发展党员档案：二十五步、时限和表决",
        label_en="Development cases: the 25 steps, their clocks and ballots",
        modules=("queries.plans",),
        codes=codes("admission.talk"),
        url_name="development:index",
    ),
)
