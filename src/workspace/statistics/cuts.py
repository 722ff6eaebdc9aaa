"""How the people at a cut-off day are cut into columns (分组): each cut is a table."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workspace.members.models import Member
from workspace.members.queries.ages import BANDS, years_before
from workspace.members.queries.register import EDUCATION_GROUPS
from workspace.statistics.conditions import Among, Between, Condition, Neither, Starting

Text = str | Promise
IS_MEMBER = Among("category", tuple(str(one) for one in Member.MEMBERS))
_C = Member.Category


@dataclass(frozen=True)
class Bucket:
    """One column: its key in addresses, its words, and who is in it."""

    key: str
    label: Text
    condition: Condition


@dataclass(frozen=True)
class Cut:
    """`whole` says who is counted at all; in a partition everybody of them is in exactly one bucket."""

    name: str
    title: Text
    buckets: Sequence[Bucket]
    whole: Condition = field(default=IS_MEMBER)
    is_partition: bool = True
    note: Text = ""
    chart: str = "bar"


def cuts(on: date) -> list[Cut]:
    """All of them, for figures at the end of a day."""
    return [_category(), _sex(), _ethnic(), _age(on), _education(), _joining(), _situation(), _candidates()]


def _category() -> Cut:
    buckets = [Bucket(str(one), one.label, Among("category", (str(one),))) for one in (_C.FULL, _C.PROBATIONARY)]
    return Cut("category", _("党员类别"), buckets, chart="donut")


MEN, WOMEN = Among("sex", ("1",)), Among("sex", ("2",))


def _sex() -> Cut:
    known = [Bucket("1", _("男"), MEN), Bucket("2", _("女"), WOMEN)]
    return Cut("sex", _("性别"), _with_rest(known), chart="donut")


HAN = Among("ethnic_group", ("01",))
UNSAID_GROUP = Among("ethnic_group", ("", "97", "98"))
MINORITY = Neither((HAN, UNSAID_GROUP))


def _ethnic() -> Cut:
    buckets = [
        Bucket("han", _("汉族"), HAN),
        Bucket("minority", _("少数民族"), MINORITY),
        Bucket("rest", _("未填写或其他"), UNSAID_GROUP),
    ]
    return Cut("ethnic", _("民族"), buckets, chart="donut")


def aged(youngest: int, oldest: int, on: date) -> Between:
    """Whole years on that day from `youngest` to `oldest`."""
    first = years_before(on, oldest + 1) + timedelta(days=1)
    return Between("birth_date", first, years_before(on, youngest))


def _age(on: date) -> Cut:
    known = [Bucket(key, label, aged(low, high, on)) for key, (label, low, high) in BANDS.items()]
    return Cut("age", _("年龄"), _with_rest(known), note=_("截止日的周岁年龄。"))


JUNIOR_COLLEGE_UP = Starting("education", "123")


def _education() -> Cut:
    lowest = {"7": "789"}
    known = [Bucket(key, label, Starting("education", lowest.get(key, key))) for key, label in EDUCATION_GROUPS.items()]
    return Cut("education", _("学历"), _with_rest(known), note=_("按名册现在登记的学历。"))


# (key, words, first day, last day): the stretches that the Party's yearly statistics bulletin tells apart.
_PERIODS: tuple[tuple[str, Text, date | None, date | None], ...] = (
    ("1949", _("1949.9以前"), None, date(1949, 9, 30)),
    ("1978", _("1949.10—1978.12"), date(1949, 10, 1), date(1978, 12, 31)),
    ("2002", _("1979.1—2002.10"), date(1979, 1, 1), date(2002, 10, 31)),
    ("2012", _("2002.11—2012.10"), date(2002, 11, 1), date(2012, 10, 31)),
    ("2022", _("2012.11—2022.10"), date(2012, 11, 1), date(2022, 10, 31)),
    ("now", _("2022.11以后"), date(2022, 11, 1), None),
)


def _joining() -> Cut:
    known = [Bucket(key, label, Between("joined_on", first, last)) for key, label, first, last in _PERIODS]
    return Cut(
        "joining", _("入党时间"), _with_rest(known), note=_("按加入党组织的日期；分期取整到月，起止月份都算在内。")
    )


def _situation() -> Cut:
    buckets = [
        Bucket("floating", _("流动党员"), Among("is_floating", (True,))),
        Bucket("lost", _("失联党员"), Among("is_lost_contact", (True,))),
    ]
    note = _("同一个人可能两项都算，两项相加不等于合计。")
    return Cut("situation", _("流动和失联"), buckets, is_partition=False, note=note)


def _candidates() -> Cut:
    kinds = (_C.APPLICANT, _C.ACTIVIST, _C.DEVELOPMENT_OBJECT)
    buckets = [Bucket(str(one), one.label, Among("category", (str(one),))) for one in kinds]
    whole = Among("category", tuple(str(one) for one in kinds))
    return Cut("candidates", _("入党申请人和培养对象"), buckets, whole=whole, note=_("还不是党员，不计入党员总数。"))


def _with_rest(known: list[Bucket]) -> list[Bucket]:
    """The last column is what the others leave over, so that they add up to the whole."""
    return [*known, Bucket("rest", _("未填写"), Neither(tuple(bucket.condition for bucket in known)))]
