"""One line of a list of units, in the official column names."""

import csv
import io
import math
from dataclasses import asdict, dataclass

from shared.codes.unit_types import UNIT_TYPES
from workspace.organization.models import Unit

MOST_LINES = 500

# How a heading may be written; the first of each is the official one. Without a heading line the first five are the
# order.
COLUMNS = {
    "name": ("全称", "名称", "党组织名称", "组织名称", "党组织", "支部名称", "党组织全称"),
    "type": ("组织类别", "类别", "类型", "党组织类别"),
    "parent": ("上级党组织", "上级", "上级组织", "隶属党组织", "批准成立的上级"),
    "code": ("编码", "党组织编码", "代码", "组织编码"),
    "short_name": ("简称", "党组织简称"),
    "established_on": ("成立日期", "建立日期", "成立时间", "建立党组织日期"),
    "elected_on": ("本届选举日期", "换届日期", "本届班子选举日期"),
    "contact": ("联系人", "党组织联系人"),
    "contact_phone": ("联系电话", "电话", "联系方式"),
    "situation": ("所在单位情况", "单位情况", "党组织所在单位情况"),
    "region": ("行政区划", "所在地", "行政区划代码"),
    "order": ("显示排序", "排序", "序号"),
    "closed_on": ("撤销日期",),
}
WITHOUT_HEADING = ("name", "type", "parent", "code", "short_name")


@dataclass(frozen=True, slots=True)
class Line:
    """`number` counts from 1 as in the text or the sheet; texts are cleaned of stray spaces and full-width digits.

    An empty text says nothing: a list erases nothing. `order` places new units only.
    """

    number: int
    name: str
    type: str = ""
    parent: str = ""
    code: str = ""
    short_name: str = ""
    established_on: str = ""
    elected_on: str = ""
    contact: str = ""
    contact_phone: str = ""
    situation: str = ""
    region: str = ""
    order: str = ""

    @property
    def kind(self) -> Unit.Type | None:
        """The type as written, by number or by name; guessed from the name when left out; None when unknown."""
        if not self.type:
            return guessed(self.name)
        found = UNIT_TYPES.find(self.type)
        return Unit.Type(found.code) if found and found.code in Unit.Type.values else None

    @property
    def place(self) -> float:
        """Where the line wants to stand among those beside it, if it is new; last where it does not say."""
        return float(self.order) if self.order.isdecimal() else math.inf


def as_text(lines: list[Line]) -> str:
    """With a heading line, cells parted by tabs: what `read` reads back."""
    said = [asdict(line) for line in lines]
    used = [name for name in COLUMNS if name in {"name", "parent"} or any(each.get(name) for each in said)]
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow(COLUMNS[name][0] for name in used)
    writer.writerows([each[name] for name in used] for each in said)
    return out.getvalue()


def guessed(name: str) -> Unit.Type:
    """内科党总支 is a general branch, 联合党支部 a joint one; anything unclear is a branch."""
    endings = (
        ("临时党支部", Unit.Type.TEMPORARY_BRANCH),
        ("联合党支部", Unit.Type.JOINT_BRANCH),
        ("党支部", Unit.Type.BRANCH),
        ("党总支", Unit.Type.GENERAL_BRANCH),
        ("党总支部", Unit.Type.GENERAL_BRANCH),
        ("党委", Unit.Type.COMMITTEE),
        ("委员会", Unit.Type.COMMITTEE),
        ("党小组", Unit.Type.GROUP),
    )
    return next((kind for ending, kind in endings if name.endswith(ending)), Unit.Type.BRANCH)
