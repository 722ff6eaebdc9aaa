"""The columns of a sheet of cases, and the names people give them."""

from dataclasses import dataclass

from rules import CASE_STEPS
from shared.spreadsheets.cells import header_key

# The official names come first, as the information system for members writes them.
_ALIASES = {
    "name": ("姓名", "名字"),
    "citizen_number": ("公民身份号码", "身份证号", "身份证号码", "身份证"),
    "birth_date": ("出生日期", "出生年月日"),
    "phone": ("手机号码", "手机", "联系电话", "电话"),
    "job": ("工作单位及职务", "工作单位", "工作岗位"),
    "unit": ("隶属党组织", "接受申请党组织", "所在党支部", "党支部"),
    "apply": ("申请入党日期", "申请入党时间", "递交入党申请书时间", "递交入党申请书日期"),
    "talk": ("党组织派人谈话日期", "谈话日期"),
    "recommend": ("确定入党积极分子日期", "列为积极分子时间", "确定积极分子日期"),
    "file_activist": ("积极分子备案日期", "入党积极分子备案日期"),
    "contacts": ("指定培养联系人日期",),
    "examine": ("考察日期", "培养教育考察日期", "半年考察日期"),
    "public_notice": ("公示日期", "公示开始日期"),
    "decide_object": ("确定发展对象日期", "列为发展对象时间", "列为发展对象日期"),
    "file_object": ("发展对象备案日期",),
    "introducers": ("确定入党介绍人日期",),
    "political_review": ("政治审查日期", "政审日期"),
    "training": ("集中培训日期", "培训日期"),
    "committee_review": ("支部委员会审查日期",),
    "prereview": ("预审日期", "上级党委预审日期"),
    "application_form": ("填写入党志愿书日期",),
    "general_meeting": ("加入党组织日期", "接收预备党员支部大会日期", "入党日期", "接收预备党员日期"),
    "talk_above": ("上级党委派人谈话日期",),
    "approval": ("接收预备党员审批日期", "上级党委审批日期"),
    "file_approval": ("接收预备党员备案日期",),
    "join_group": ("编入党支部和党小组日期",),
    "oath": ("入党宣誓日期", "宣誓日期"),
    "apply_conversion": ("提出转正申请日期", "转正申请日期"),
    "contact_names": ("培养联系人",),
    "introducer_names": ("入党介绍人", "介绍人"),
    "training_hours": ("培训学时", "集中培训学时"),
}
PERSON = ("name", "citizen_number", "birth_date", "phone", "job", "unit")
STEPS = tuple(step.code for step in CASE_STEPS if step.code in _ALIASES)
# What a step says beside its day, by the column that says it.
BESIDE = ("contact_names", "introducer_names", "training_hours")
REQUIRED = frozenset({"name", "unit", "apply"})


@dataclass(frozen=True)
class Column:
    """A column by its field, its official name, and whether the template marks it as needed."""

    field: str
    label: str
    required: bool


COLUMNS = tuple(Column(field, names[0], field in REQUIRED) for field, names in _ALIASES.items())
LABELS = {column.field: column.label for column in COLUMNS}
_KNOWN = {header_key(name): field for field, names in reversed(_ALIASES.items()) for name in names}


def fields_of(labels: tuple[str, ...]) -> dict[str, int]:
    """Field → column of the sheet; where two columns mean the same, the first stands."""
    found: dict[str, int] = {}
    for place, label in enumerate(labels):
        field = _KNOWN.get(header_key(label)) if label else None
        if field:
            found.setdefault(field, place)
    return found
