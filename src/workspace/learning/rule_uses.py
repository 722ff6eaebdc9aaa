"""What this app does because of rules."""

from rules.uses import Use, codes, declare

declare(
    "learning",
    Use(
        label="年度学时",
        label_en="Hours of study in a year",
        modules=("queries.figures",),
        codes=codes("education.study_hours", "education.leaders_hours"),
        url_name="learning:me",
    ),
)
