"""The reasons of a refusal, in words."""

from dataclasses import dataclass
from enum import StrEnum

from rules.local.additions import Addition
from rules.rule import Rule

Words = tuple[str, str]  # Chinese, English


class Why(StrEnum):
    """The reason of a refusal; its words carry {name}, {national} and {asked}."""

    BASIS_MISSING = "basis_missing"
    DAYS_REVERSED = "days_reversed"
    UNKNOWN_RULE = "unknown_rule"
    NOT_IN_FORCE = "not_in_force"
    FIXED = "fixed"
    LOOSER = "looser"
    SHORTER = "shorter"
    IMPOSSIBLE = "impossible"
    UNKNOWN_STEP = "unknown_step"
    REWRITES = "rewrites"
    TWICE = "twice"
    WRONG_ORDER = "wrong_order"
    NO_LENGTH = "no_length"

    @property
    def text(self) -> str:
        return _WORDS[self][0]

    @property
    def text_en(self) -> str:
        return _WORDS[self][1]


_WORDS: dict[Why, tuple[str, str]] = {
    Why.BASIS_MISSING: ("请写明依据的文件。", "Name the document this rests on."),
    Why.DAYS_REVERSED: ("结束日期早于开始日期。", "It ends before it begins."),
    Why.UNKNOWN_RULE: ("没有编号为“{name}”的规则。", "No rule has the code {name}."),
    Why.NOT_IN_FORCE: ("规则“{name}”在所填日期内没有生效。", "Rule {name} is not in force on these days."),
    Why.FIXED: (
        "“{name}”由全国性规定确定，不能在本单位修改。",
        "{name} is set by a national rule and cannot be changed here.",
    ),
    Why.LOOSER: (
        "全国性规定为{national}，本单位只能更严，不能放宽到{asked}。",
        "The national rule says {national}; it can be made stricter here, not looser, as {asked} would be.",
    ),
    Why.SHORTER: (
        "全国性规定至少为{national}，不能缩短到{asked}。",
        "The national rule says at least {national}; it cannot be shortened to {asked}.",
    ),
    Why.IMPOSSIBLE: ("“{name}”不能是{asked}。", "{name} cannot be {asked}."),
    Why.UNKNOWN_STEP: ("没有编号为“{name}”的步骤。", "No step has the code {name}."),
    Why.REWRITES: (
        "“{name}”是全国性步骤或材料，不能改写；请换一个编号作为本单位的增加项。",
        "{name} is national and cannot be rewritten; give your own addition another code.",
    ),
    Why.TWICE: ("“{name}”重复。", "{name} is there twice."),
    Why.WRONG_ORDER: ("“{name}”须在“{asked}”之前，顺序不成立。", "{name} has to come before {asked}, and does not."),
    Why.NO_LENGTH: (
        "期限须为一个大于零的月数、天数或工作日数。",
        "The time must be one number of months, days or working days, above zero.",
    ),
}


@dataclass(frozen=True, slots=True)
class LocalRefusal:
    """One addition, and one reason against it. `rule` is the national rule it would touch."""

    addition: Addition
    why: Why
    name: str = ""
    national: Words = ("", "")
    asked: Words = ("", "")
    rule: Rule | None = None

    @property
    def message(self) -> str:
        return self.why.text.format(name=self.name, national=self.national[0], asked=self.asked[0])

    @property
    def message_en(self) -> str:
        return self.why.text_en.format(name=self.name, national=self.national[1], asked=self.asked[1])
