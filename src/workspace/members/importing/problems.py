"""What can be wrong with a cell: a code and its values, said in words when shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from workspace.members.importing.columns import BY_NAME


class Severity(StrEnum):
    """An error keeps the row out; a warning lets it in and says so."""

    ERROR = "error"
    WARNING = "warning"


# Errors that a person may look at and accept, with which the row goes in after all.
ACCEPTABLE = frozenset(
    {"birth_conflict", "sex_conflict", "joined_young", "name_differs", "namesake", "likely_duplicate"}
)

MESSAGES = {
    "required": _("“{label}”必填。"),
    "too_long": _("“{label}”最多 {limit} 个字，现有 {length} 个。"),
    "bad_name": _("姓名“{text}”里有数字或符号。"),
    "unknown_code": _("不认识“{text}”，这一项将留空。"),
    "unknown_category": _("不认识的人员类别“{text}”。"),
    "bad_boolean": _("“{text}”应写“是”或“否”，这一项将留空。"),
    "bad_months": _("“{text}”不是月数，这一项将留空。"),
    "lost_precision": _("身份证号被表格存成了数字，后几位已经丢失（{text}）。请把这一列设为文本格式后重新填写。"),
    "citizen_length": _("身份证号应为 18 位，现有 {length} 位。"),
    "citizen_characters": _("身份证号里有不该出现的字符。"),
    "citizen_legacy": _("这是 15 位旧号码，请填写 18 位新号码。"),
    "citizen_date": _("身份证号里的出生日期不存在。"),
    "bad_check_digit": _("身份证号校验位不对（应为 {expected}），请核对是否抄错。"),
    "unknown_region": _("身份证号开头的地区代码 {region} 不存在，请核对。"),
    "bad_phone": _("“{text}”不是 11 位手机号码，这一项将留空。"),
    "landline": _("“{text}”是固定电话，收不到短信。"),
    "bad_date": _("“{text}”不是能识别的日期，例如应写 2019-03-05。"),
    "two_digit_year": _("“{text}”的年份只有两位，无法确定世纪，请写四位年份。"),
    "year_only": _("“{text}”只有年份，请补上月和日。"),
    "ambiguous_month": _("“{text}”被存成了数字，分不清是 1 月还是 10 月，请按文本重新填写。"),
    "no_such_day": _("“{text}”这一天不存在。"),
    "day_missing": _("“{text}”没有写日，按 {date} 记。"),
    "date_out_of_range": _("日期 {date} 不在合理范围内。"),
    "in_future": _("日期 {date} 在将来。"),
    "birth_conflict": _("出生日期 {date} 与身份证号中的 {derived} 不一致。"),
    "sex_conflict": _("性别“{text}”与身份证号中的“{derived}”不一致。"),
    "no_identity": _("身份证号和出生日期至少填一项，否则无法区分同名的人。"),
    "no_citizen_number": _("没有身份证号，只能按姓名和出生日期辨认。"),
    "joined_young": _("入党时 {years} 岁，未满 18 岁。"),
    "joined_before_birth": _("入党日期 {date} 早于出生日期。"),
    "converted_before_joined": _("转正日期 {date} 早于入党日期 {joined}。"),
    "converted_early": _("预备期 {months} 个月，不满一年，请核对。"),
    "probationary_converted": _("预备党员不应有转正日期。"),
    "conversion_missing": _("正式党员没有转正日期。"),
    "probation_overdue": _("预备期应于 {date} 届满，尚无转正日期。"),
    "not_yet_member": _("{category}不应有入党日期。"),
    "bad_extension": _("延长预备期应为 6 至 12 个月。"),
    "party_age_differs": _("党龄写的是 {text} 年，按转正日期计算为 {years} 年，以计算为准。"),
    "unknown_unit": _("没有名为“{text}”的党支部。"),
    "ambiguous_unit": _("“{text}”对应多个党组织：{candidates}。请写全称。"),
    "duplicate_number": _("身份证号与第 {rows} 行相同。"),
    "likely_duplicate": _("姓名和出生日期与第 {rows} 行相同，可能是同一人。"),
    "name_differs": _("这个身份证号在本单位登记的姓名是“{name}”。"),
    "namesake": _("本单位已有同名同生日的人，身份证号不同，请核对是否同一人。"),
    "registered_elsewhere": _("这个人已登记在本单位的其他党组织,请联系单位管理员核对。"),
    "left_here": _("这个人在名册中已记为离开,请先在名册中恢复在册,再导入。"),
    "several_matches": _("本单位有多个同名同生日的人，请补上身份证号。"),
    "needs_event": _("“{label}”由“{old}”变为“{new}”需要办理相应手续，导入不直接改。"),
    "newer_here": _("“{label}”在本系统中于 {date} 改过，比文件新，保留“{old}”。"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with one field of a row ("" for the whole row).

    `values` fill the message; `suggestion` is a text that, typed into the cell, would settle it.
    """

    field: str
    code: str
    severity: Severity = Severity.ERROR
    suggestion: str = ""
    values: Mapping[str, Any] = dataclass_field(default_factory=dict)

    @property
    def message(self) -> str:
        """In the reader's language."""
        label = BY_NAME[self.field].label if self.field in BY_NAME else ""
        return str(MESSAGES[self.code]).format(**{"label": label, **self.values})

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR

    @property
    def is_acceptable(self) -> bool:
        return self.is_error and self.code in ACCEPTABLE

    def as_plain(self) -> dict[str, Any]:
        """JSON types only, for storing."""
        values = {key: str(value) for key, value in self.values.items()}
        return {
            "field": self.field,
            "code": self.code,
            "severity": self.severity.value,
            "suggestion": self.suggestion,
            "values": values,
        }


def error(field: str, code: str, *, suggestion: str = "", **values: Any) -> Problem:
    """A problem that keeps the row out."""
    return Problem(field, code, Severity.ERROR, suggestion, values)


def warning(field: str, code: str, *, suggestion: str = "", **values: Any) -> Problem:
    """A problem that is said and lets the row in."""
    return Problem(field, code, Severity.WARNING, suggestion, values)
