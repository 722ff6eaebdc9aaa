"""GB/T 2261.1-2003, codes for human sexes."""

from shared.codes.entries import CodeSet, table

MALE = "1"
FEMALE = "2"

SEXES = CodeSet(
    "GB/T 2261.1",
    table(
        [
            (MALE, "男", "Male", "男性", "男士", "M", "man"),
            (FEMALE, "女", "Female", "女性", "女士", "F", "woman"),
            ("0", "未知的性别", "Unknown", "未知"),
            ("9", "未说明的性别", "Not stated", "未说明"),
        ]
    ),
)
