"""Party dues (党费): what a member pays a month, from when, and when arrears call for people.

Amounts are yuan as Decimal. The regulation does not say how to round; here every amount is rounded to the fen, half up,
and `ROUNDING_NOTE` says so wherever an amount is explained.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from rules.rule import Rule
from rules.rulebook import rulebook
from rules.workdays import Deadline, add_months

FEN = Decimal("0.01")
ROUNDING_NOTE = "按月计算，四舍五入到分"
ROUNDING_NOTE_EN = "Per month, rounded half up to the fen"


class DuesRefused(ValueError):
    """A base or amount the rules do not allow."""


class NegativeBase(DuesRefused):
    pass


class BaseMissing(DuesRefused):
    """This kind of payer pays a share of a base, and none was given."""


class AmountOutOfRange(DuesRefused):
    """A fixed amount outside what the rule allows."""


class Payer(StrEnum):
    """How a member's dues are found."""

    WAGE = "wage"
    ANNUAL_SALARY = "annual_salary"
    SELF_EMPLOYED = "self_employed"
    RETIRED = "retired"
    FARMER = "farmer"
    MINIMUM = "minimum"

    @property
    def label(self) -> str:
        return _PAYERS[self][0]

    @property
    def label_en(self) -> str:
        return _PAYERS[self][1]

    @property
    def pays_a_share(self) -> bool:
        """False for those who pay a fixed amount whatever they earn."""
        return self not in {Payer.FARMER, Payer.MINIMUM}

    def rule(self, on: date | None = None) -> Rule:
        return rulebook().get(_PAYERS[self][2], on=on)


_PAYERS: dict[Payer, tuple[str, str, str]] = {
    Payer.WAGE: ("按月领取工资", "Monthly wage", "dues.wage"),
    Payer.ANNUAL_SALARY: ("实行年薪制", "Annual salary", "dues.annual_salary"),
    Payer.SELF_EMPLOYED: ("个体经营等不按月取得收入", "Self-employed", "dues.self_employed"),
    Payer.RETIRED: ("离退休", "Retired", "dues.retired"),
    Payer.FARMER: ("农民", "Farmer", "dues.farmer"),
    Payer.MINIMUM: ("学生、下岗失业、领取抚恤补助等", "Students, laid-off, on allowance", "dues.minimum"),
}


@dataclass(frozen=True, slots=True)
class Assessment:
    """What is due a month. `rate` and `base` are None for fixed amounts."""

    amount: Decimal
    base: Decimal | None
    rate: Decimal | None
    rule: Rule


class ArrearsLevel(StrEnum):
    NONE = "none"
    REMIND = "remind"
    FLAG = "flag"

    @property
    def label(self) -> str:
        return {"none": "无欠交", "remind": "提醒交纳", "flag": "连续六个月未交，请党组织核实"}[self.value]


@dataclass(frozen=True, slots=True)
class Arrears:
    """The longest run of unpaid months, each as its first day. A flag is for people to judge."""

    months: tuple[date, ...]
    level: ArrearsLevel
    rule: Rule


def monthly(
    payer: Payer, base: Decimal | None = None, *, chosen: Decimal | None = None, on: date | None = None
) -> Assessment:
    """The monthly dues. `base` is yuan a month for those who pay a share; `chosen` is a farmer's amount."""
    rule = payer.rule(on)
    if not payer.pays_a_share:
        return Assessment(_fixed(rule, chosen), None, None, rule)
    if base is None:
        raise BaseMissing(f"payer {payer.value} needs a base")
    rate = _rate(rule, base)
    return Assessment((base * rate).quantize(FEN, ROUND_HALF_UP), base, rate, rule)


def first_month(admitted_on: date) -> date:
    """Dues start with the month of the general meeting that admitted; probationary members pay too."""
    return admitted_on.replace(day=1)


def new_base_month(first_new_pay_on: date) -> date:
    """A new base counts from the month in which the new pay is first received; the first day of it."""
    return first_new_pay_on.replace(day=1)


def goes_to_the_centre(extra: Decimal, *, on: date | None = None) -> bool:
    """Whether a voluntary extra payment, made at once, is passed up to the centre."""
    return extra > rulebook().get("dues.voluntary", on=on).decimal("over")


def make_good_until(month: date, *, on: date | None = None) -> Deadline:
    """The last day on which the dues of a month may still be paid: six months on, at the end of the month."""
    rule = rulebook().get("dues.monthly", on=on)
    first = add_months(month.replace(day=1), rule.integer("arrears_months") + 1)
    return Deadline(first - timedelta(days=1), rule)


def quarterly_mean(quarter_net_income: Decimal) -> Decimal:
    """The base of the self-employed: a third of the last quarter's net income."""
    return (quarter_net_income / 3).quantize(FEN, ROUND_HALF_UP)


def arrears(settled: Collection[date], *, since: date, today: date) -> Arrears:
    """How a member stands. `settled` holds any day of each month that was paid or waived; `since` when dues began.

    The running month is not counted: it can still be paid.
    """
    rule = rulebook().get("dues.six_months_unpaid")
    run = _longest_run(_unpaid(settled, since, today))
    if not run:
        level = ArrearsLevel.NONE
    else:
        level = ArrearsLevel.FLAG if len(run) >= rule.integer("months") else ArrearsLevel.REMIND
    return Arrears(tuple(run), level, rule)


def _rate(rule: Rule, base: Decimal) -> Decimal:
    """The band is found on the whole base and applies to all of it, not to the part above its floor."""
    if base < 0:
        raise NegativeBase(f"base is {base}")
    for band in rule.parameters["bands"]:
        if "up_to" not in band or base <= Decimal(band["up_to"]):
            return Decimal(band["rate"])
    raise DuesRefused(f"rule {rule.key} has no band for {base}")


def _fixed(rule: Rule, chosen: Decimal | None) -> Decimal:
    lowest, highest = rule.decimal("minimum"), rule.decimal("maximum")
    amount = lowest if chosen is None else chosen
    if not lowest <= amount <= highest:
        raise AmountOutOfRange(f"{amount} is not between {lowest} and {highest}")
    return amount.quantize(FEN, ROUND_HALF_UP)


def _unpaid(settled: Collection[date], since: date, today: date) -> list[date]:
    paid = {day.replace(day=1) for day in settled}
    month, unpaid = since.replace(day=1), []
    while month < today.replace(day=1):
        if month not in paid:
            unpaid.append(month)
        month = add_months(month, 1)
    return unpaid


def _longest_run(months: list[date]) -> list[date]:
    longest: list[date] = []
    run: list[date] = []
    for month in months:
        run = [*run, month] if run and add_months(run[-1], 1) == month else [month]
        longest = run if len(run) >= len(longest) else longest
    return longest
