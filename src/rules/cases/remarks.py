"""What is odd about a step that was done: for people to put right or to explain. Nothing is undone by itself."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rules.rule import Rule, Severity


class RemarkKind(StrEnum):
    TOO_EARLY = "too_early"
    LATE = "late"
    OUT_OF_ORDER = "out_of_order"
    STEP_MISSING = "step_missing"
    FAILED = "failed"
    TOO_FEW = "too_few"
    TOO_MANY = "too_many"
    TOO_SHORT = "too_short"
    EXTENSION_LENGTH = "extension_length"
    EXTENDED_TWICE = "extended_twice"
    UNDER_AGE = "under_age"
    FUTURE = "future"

    @property
    def severity(self) -> Severity:
        """A late step is a warning: it cannot be made earlier. The rest should not be saved without a second look."""
        return Severity.WARNING if self in {RemarkKind.LATE, RemarkKind.STEP_MISSING} else Severity.ERROR


_WORDS: dict[RemarkKind, tuple[str, str]] = {
    RemarkKind.TOO_EARLY: ("不能早于{limit}。", "Not before {limit}."),
    RemarkKind.LATE: ("应在{limit}前完成。", "Was due by {limit}."),
    RemarkKind.OUT_OF_ORDER: ("日期早于前一步“{other}”。", "Dated before the step it follows, {other}."),
    RemarkKind.STEP_MISSING: ("前一步“{other}”没有记录。", "The step it follows, {other}, is not on record."),
    RemarkKind.FAILED: ("没有通过，发展工作停在这一步。", "Not passed: the case stops here."),
    RemarkKind.TOO_FEW: ("有{found}人，应不少于{limit}人。", "{found} people; at least {limit} are needed."),
    RemarkKind.TOO_MANY: ("有{found}人，应不多于{limit}人。", "{found} people; no more than {limit}."),
    RemarkKind.TOO_SHORT: ("培训时间不足{limit}。", "The training was shorter than {limit}."),
    RemarkKind.EXTENSION_LENGTH: (
        "延长了{found}个月，应为{limit}个月。",
        "Extended by {found} months; {limit} are allowed.",
    ),
    RemarkKind.EXTENDED_TWICE: ("预备期只能延长一次。", "Probation may be extended once."),
    RemarkKind.UNDER_AGE: ("申请时未满{limit}周岁。", "Not yet {limit} years old at the application."),
    RemarkKind.FUTURE: ("日期在今天之后。", "The day is still to come."),
}

Words = tuple[str, str]  # Chinese, English


@dataclass(frozen=True, slots=True)
class Remark:
    kind: RemarkKind
    rule: Rule | None = None
    found: str = ""
    limit: Words = ("", "")
    other: Words = ("", "")

    @property
    def severity(self) -> Severity:
        return self.kind.severity

    @property
    def text(self) -> str:
        return _WORDS[self.kind][0].format(found=self.found, limit=self.limit[0], other=self.other[0])

    @property
    def text_en(self) -> str:
        return _WORDS[self.kind][1].format(found=self.found, limit=self.limit[1], other=self.other[1])


def day_words(day: date) -> Words:
    """2026年6月30日"""
    return f"{day.year}年{day.month}月{day.day}日", day.isoformat()
