"""Democratic appraisal (民主评议党员): the four grades and the cap on the highest."""

from datetime import date
from enum import StrEnum

from rules.rulebook import Rulebook, rulebook


class AppraisalGrade(StrEnum):
    EXCELLENT = "excellent"
    QUALIFIED = "qualified"
    BASIC = "basic"
    UNQUALIFIED = "unqualified"

    @property
    def label(self) -> str:
        return {"excellent": "优秀", "qualified": "合格", "basic": "基本合格", "unqualified": "不合格"}[self.value]

    @property
    def label_en(self) -> str:
        return {
            "excellent": "Excellent",
            "qualified": "Qualified",
            "basic": "Basically qualified",
            "unqualified": "Not qualified",
        }[self.value]


def excellent_cap(graded: int, *, on: date | None = None, book: Rulebook | None = None) -> int:
    """How many may generally be graded excellent. `graded` leaves out probationary members, who take part ungraded."""
    if graded < 0:
        raise ValueError("graded must not be negative")
    share = (book or rulebook()).get("appraisal.excellent_cap", on=on).parameters
    return int(graded * share["numerator"] // share["denominator"])


def too_many_excellent(excellent: int, graded: int, *, on: date | None = None, book: Rulebook | None = None) -> int:
    """How many excellent grades are above the cap; 0 when none is. A number to look at, no grade is changed."""
    if not 0 <= excellent <= graded:
        raise ValueError("excellent must lie between 0 and graded")
    return max(0, excellent - excellent_cap(graded, on=on, book=book))


def is_graded(*, is_probationary: bool, on: date | None = None) -> bool:
    """Probationary members take part without a grade, where the rule is in force."""
    return not (is_probationary and rulebook().holds("appraisal.probationary", on=on or date.max))
