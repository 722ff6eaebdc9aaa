"""人员类别: where a person stands on the way into the Party. No published numbers were found: plain words."""

from shared.codes.entries import CodeSet, table

FULL = "full"
PROBATIONARY = "probationary"
DEVELOPMENT_OBJECT = "development_object"
ACTIVIST = "activist"
APPLICANT = "applicant"

MEMBERS = frozenset({FULL, PROBATIONARY})  # the others are on the way and have no joining date

PERSON_CATEGORIES = CodeSet(
    "人员类别",
    table(
        [
            (FULL, "正式党员", "Full member", "党员", "正式", "中共党员", "中共正式党员"),
            (PROBATIONARY, "预备党员", "Probationary member", "预备", "中共预备党员", "预备期党员"),
            (DEVELOPMENT_OBJECT, "发展对象", "Development object", "党员发展对象"),
            (ACTIVIST, "入党积极分子", "Activist", "积极分子", "重点积极分子"),
            (APPLICANT, "入党申请人", "Applicant", "申请人", "申请入党人员"),
        ],
        verified=False,
    ),
)
