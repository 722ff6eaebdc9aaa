"""The figures of a rule in words, for people who read the rules and not the data."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from rules.kinds import EventKind
from rules.periods import Every
from rules.rule import Rule

Words = tuple[str, str]  # Chinese, English


def figures(rule: Rule) -> list[Words]:
    """Every parameter of a rule as a short phrase in both languages, in the order of the data; empty when it has none.

    A parameter without words is an error in the data, and a test asks for each.
    """
    found: list[Words] = []
    left = dict(rule.parameters)
    for names, words in _TOGETHER.items():
        if all(name in left for name in names):
            found.append(words(*(left.pop(name) for name in names)))
    return found + [phrase for name, value in left.items() for phrase in _WORDS[name](value)]


def _number(chinese: str, english: str) -> Callable[[Any], list[Words]]:
    """English says `{s}` where a plural may follow: 1 month, 2 months."""
    return lambda value: [(chinese.format(value), english.format(value, s="" if value == 1 else "s"))]


def _share(part: int, whole: int) -> Words:
    return f"不超过{_part(part, whole)}", f"no more than {part}/{whole}"


def _part(part: int, whole: int) -> str:
    return "半数" if (part, whole) == (1, 2) else f"{_DIGITS[whole]}分之{_DIGITS[part]}"


_DIGITS = "零一二三四五六七八九十"


def _range(least: Any, most: Any) -> Words:
    # money is kept as text, so that no float comes near it; the rest are people
    unit, unit_en = ("元", "yuan") if isinstance(least, str) else ("人", "people")
    if least == most:
        return f"{least}{unit}", f"{least} {unit_en}"
    return f"{least}至{most}{unit}", f"{least} to {most} {unit_en}"


def _between(chinese: str, english: str) -> Callable[[Any, Any], Words]:
    return lambda one, other: (chinese.format(one, other), english.format(one, other))


_TOGETHER: dict[tuple[str, ...], Callable[..., Words]] = {
    ("numerator", "denominator"): _share,
    ("minimum", "maximum"): _range,
    ("minimum_months", "maximum_months"): _between("{}至{}个月", "{} to {} months"),
    ("minimum_years", "maximum_years"): _between("{}至{}年", "{} to {} years"),
    ("usual_minimum", "usual_maximum"): _between("通常{}至{}人", "usually {} to {} people"),
    ("cut_off_month", "cut_off_day"): _between("截止日{}月{}日", "cut-off day {}/{}"),
}


def _duty(duty: Mapping[str, Any]) -> list[Words]:
    every = Every(duty["every"])
    kinds = [EventKind(kind) for kind in duty["kinds"]]
    needed = duty.get("needed", 1)
    each, each_en = ("（每个党小组）", " (each group)") if "needed_per" in duty else ("", "")
    names, names_en = "、".join(kind.label for kind in kinds), " or ".join(kind.label_en.lower() for kind in kinds)
    return [(f"{every.label}{needed}次{names}{each}", f"{names_en}: {needed} {every.label_en}{each_en}")]


def _check(check: Mapping[str, Any]) -> list[Words]:
    for name, (chinese, english) in _LIMITS.items():
        if name in check:
            return [(chinese.format(check[name]), english.format(check[name]))]
    return []


_LIMITS = {
    "below": ("少于{}时提示", "pointed to below {}"),
    "above": ("多于{}时提示", "pointed to above {}"),
    "at_least": ("达到{}时提示", "pointed to from {} on"),
}


def _quorum(terms: Mapping[str, Any]) -> list[Words]:
    part, whole = terms["quorum_numerator"], terms["quorum_denominator"]
    least, least_en = ("不少于", "at least") if terms["quorum_inclusive"] else ("超过", "more than")
    return [(f"到会{least}应到的{_part(part, whole)}", f"present: {least_en} {part}/{whole} of those entitled")]


def _ballot(terms: Mapping[str, Any]) -> list[Words]:
    return [*_quorum(terms), ("赞成超过应到的半数", "yes: more than half of those entitled")]


def _bands(bands: tuple[Mapping[str, str], ...]) -> list[Words]:
    found: list[Words] = []
    for band in bands:
        percent = f"{(Decimal(band['rate']) * 100).normalize():f}%"
        if "up_to" in band:
            found.append((f"{band['up_to']}元以下（含）{percent}", f"up to {band['up_to']} yuan: {percent}"))
        else:
            found.append((f"以上{percent}", f"above: {percent}"))
    return found


def _list(values: tuple[Any, ...]) -> list[Words]:
    return [("、".join(map(str, values)), "")]


def _months_before(months: tuple[int, ...]) -> list[Words]:
    chinese = "、".join(f"{number}个月" for number in months)
    return [(f"届满前{chinese}提醒", f"reminders {', '.join(map(str, months))} months before")]


def _care(kinds: tuple[str, ...]) -> list[Words]:
    names = [EventKind(kind) for kind in kinds]
    return [
        (
            "、".join(kind.label for kind in names) + "计入关怀",
            " and ".join(kind.label_en.lower() for kind in names) + " count as care",
        )
    ]


_WORDS: dict[str, Callable[[Any], list[Words]]] = {
    "age": _number("年满{}岁", "{} years old"),
    "arrears_months": _number("补交不超过{}个月", "arrears made good within {} months"),
    "ballot": _ballot,
    "bands": _bands,
    "care_kinds": _care,
    "check": _check,
    "count": _number("{}名", "{} people"),
    "days": _number("{}天", "{} day{s}"),
    "grades": lambda grades: [("、".join(grades), "four grades")],
    "hours": _number("{}学时", "{} hour{s}"),
    "maximum": _number("最多{}人", "no more than {} people"),
    "maximum_members": _number("一般不超过{}人", "generally no more than {} members"),
    "maximum_units": _number("一般不超过{}个单位", "generally no more than {} units"),
    "minimum_full_members": _number("正式党员{}人以上", "from {} full members"),
    "minimum_members": _number("党员{}人以上", "from {} members"),
    "minimum_project_months": _number("项目为期{}个月以上", "a project of {} months or more"),
    "months": _number("{}个月", "{} month{s}"),
    "months_before": _months_before,
    "obligation": _duty,
    "over": _number("一次超过{}元", "more than {} yuan at once"),
    "percent": _number("不少于{}%", "at least {} %"),
    "quorum": _quorum,
    "reasons": _list,
    "stages": _number("{}个阶段", "{} stage{s}"),
    "steps": _number("{}个步骤", "{} step{s}"),
    "times": _number("只能{}次", "{} time only"),
    "uses": _list,
    "usual_quarter": _number("一般在第{}季度", "generally in quarter {}"),
    "working_days": _number("{}个工作日", "{} working day{s}"),
    "years": _number("{}年", "{} year{s}"),
}
