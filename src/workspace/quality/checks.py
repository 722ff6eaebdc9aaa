"""What can be wrong with an entry of the register (检查项): lacking, contradicting itself, there twice, out of date."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Family(StrEnum):
    """Kinds of findings, what counts most first."""

    MISSING = "missing"
    CONFLICTING = "conflicting"
    DUPLICATE = "duplicate"
    OUTDATED = "outdated"

    @property
    def label(self) -> Promise:
        return _FAMILIES[self]


_FAMILIES = {
    Family.MISSING: _("缺项"),
    Family.CONFLICTING: _("矛盾"),
    Family.DUPLICATE: _("疑似重复"),
    Family.OUTDATED: _("久未更新"),
}
# What a branch can be asked to put right.
TO_COMPLETE = (Family.MISSING, Family.CONFLICTING)


@dataclass(frozen=True)
class Check:
    """`column` is the column of the register to look at; empty for the entry as a whole."""

    code: str
    family: Family
    label: Promise
    column: str = ""


def _missing(column: str, label: Promise) -> Check:
    return Check(f"no_{column}", Family.MISSING, label, column)


def _conflict(code: str, column: str, label: Promise) -> Check:
    return Check(code, Family.CONFLICTING, label, column)


CHECKS = (
    _missing("citizen_number", _("缺身份证号")),
    _missing("birth_date", _("缺出生日期")),
    _missing("sex", _("缺性别")),
    _missing("ethnic_group", _("缺民族")),
    _missing("education", _("缺学历")),
    _missing("phone", _("缺手机号码")),
    _missing("joined_on", _("缺入党日期")),
    _missing("converted_on", _("正式党员缺转正日期")),
    _conflict("bad_number", "citizen_number", _("身份证号校验不通过")),
    _conflict("birth_conflict", "birth_date", _("出生日期与身份证号不一致")),
    _conflict("sex_conflict", "sex", _("性别与身份证号不一致")),
    _conflict("joined_before_birth", "joined_on", _("入党早于出生")),
    _conflict("joined_young", "joined_on", _("入党时未满十八岁")),
    _conflict("converted_before_joined", "converted_on", _("转正早于入党")),
    _conflict("converted_early", "converted_on", _("预备期不满一年就转正")),
    _conflict("probation_overdue", "converted_on", _("预备期满未转正")),
    _conflict("probationary_converted", "converted_on", _("预备党员有转正日期")),
    _conflict("not_yet_member", "joined_on", _("还不是党员却有入党日期")),
    Check("same_birth", Family.DUPLICATE, _("姓名和出生日期相同")),
    Check("same_phone", Family.DUPLICATE, _("姓名和手机号码相同")),
    Check("stale", Family.OUTDATED, _("两年没有核对过")),
    Check("unchecked", Family.OUTDATED, _("导入一年后还没有核对过")),
)
BY_CODE = {check.code: check for check in CHECKS}
