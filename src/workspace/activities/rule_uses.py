"""What this app does because of rules."""

from rules.uses import Use, codes, declare, with_parameter

declare(
    "activities",
    Use(
        label="年度组织生活要求",
        label_en="What each organisation owes in a year",
        modules=("actions.obligations",),
        codes=with_parameter("obligation"),
        url_name="activities:obligations",
    ),
    Use(
        label="会议表决：到会人数和通过票数",
        label_en="Votes at meetings: quorum and majority",
        modules=("actions.record", "forms.record", "models.minutes", "queries.verdicts", "views.record"),
        codes=codes("branch.general_meeting_vote", "admission.ballot", "election.ballot"),
        url_name="activities:index",
    ),
)
