"""What this app does because of rules."""

from rules.uses import Use, codes, declare

declare(
    "appraisal",
    Use(
        label="民主评议：自评、互评、测评的顺序，优秀的三分之一，预备党员不评定等次",
        label_en="Appraisal: self, mutual, ballot; a third excellent; probationary members ungraded",
        modules=(
            "actions.opening",
            "queries.guide",
            "queries.people",
            "queries.progress",
            "views.ballots",
            "views.index",
            "views.opening",
            "views.verdicts",
        ),
        codes=codes(
            "appraisal.excellent_cap",
            "appraisal.no_scores",
            "appraisal.probationary",
            "branch.appraisal",
            "education.appraisal_order",
        ),
        url_name="appraisal:index",
        needs="appraisal.view",
    ),
)
