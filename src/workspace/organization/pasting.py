"""A pasted list of units: lines of cells, with or without a heading line, in the official column names."""

import csv
import io
import unicodedata
from dataclasses import dataclass

from shared.codes.unit_types import UNIT_TYPES
from workspace.organization.models import Unit

MOST_LINES = 300

# How a heading may be written; the first of each is the official one. Without a heading line this is the order.
COLUMNS = {
    "name": ("全称", "名称", "党组织名称", "组织名称", "党组织", "支部名称"),
    "type": ("组织类别", "类别", "类型", "党组织类别"),
    "parent": ("上级党组织", "上级", "上级组织", "隶属党组织", "批准成立的上级"),
    "code": ("编码", "党组织编码", "代码"),
    "short_name": ("简称",),
}


@dataclass(frozen=True, slots=True)
class Line:
    """`number` counts from 1 as in the pasted text; texts are cleaned of stray spaces and full-width digits."""

    number: int
    name: str
    type: str = ""
    parent: str = ""
    code: str = ""
    short_name: str = ""

    @property
    def kind(self) -> Unit.Type | None:
        """The type as written, by number or by name; guessed from the name when left out; None when unknown."""
        if not self.type:
            return guessed(self.name)
        found = UNIT_TYPES.find(self.type)
        return Unit.Type(found.code) if found and found.code in Unit.Type.values else None


def read(text: str) -> list[Line]:
    """Lines with a name, at most `MOST_LINES`. Cells are parted by tabs, as sheets paste them, or by commas."""
    plain = text.replace("\r\n", "\n").replace("，", ",")
    separator = "\t" if "\t" in plain else ","
    rows = [[_clean(cell) for cell in row] for row in csv.reader(io.StringIO(plain), delimiter=separator)]
    order, first = _order(rows)
    lines = []
    for number, row in enumerate(rows[first:], start=first + 1):
        cells = {name: row[at] for name, at in order.items() if at < len(row)}
        if cells.get("name"):
            lines.append(Line(number, **cells))
    return lines[:MOST_LINES]


def _order(rows: list[list[str]]) -> tuple[dict[str, int], int]:
    """Which cell is which column, and how many heading lines there are."""
    heading = rows[0] if rows else []
    found = {name: heading.index(word) for name, words in COLUMNS.items() for word in words if word in heading}
    if "name" in found:
        return found, 1
    return {name: at for at, name in enumerate(COLUMNS)}, 0


def _clean(cell: str) -> str:
    return "".join(unicodedata.normalize("NFKC", cell).split())


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
