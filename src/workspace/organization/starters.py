"""The tree that a kind of organisation starts with. People rename and add from there; nothing here is a rule.

Names are the workspace's own text and not part of the interface: they are stored as they stand.
"""

from dataclasses import dataclass

from workspace.organization.models import Unit

_Type = Unit.Type
SAMPLE_NAME = "示例党支部"


@dataclass(frozen=True, slots=True)
class Starter:
    """`root` is the type of the highest unit, `branches` the names and types of the units below it."""

    root: Unit.Type
    branches: tuple[tuple[str, Unit.Type], ...]

    def root_name(self, organisation: str) -> str:
        """市第一医院 → 市第一医院党委."""
        return f"{organisation}{_SUFFIXES[self.root]}"


_SUFFIXES = {_Type.COMMITTEE: "党委", _Type.GENERAL_BRANCH: "党总支"}


def _branches(*names: str) -> tuple[tuple[str, Unit.Type], ...]:
    return tuple((name, _Type.BRANCH) for name in names)


_BY_KIND: dict[str, Starter] = {
    "government": Starter(_Type.COMMITTEE, _branches("办公室党支部", "业务处室党支部", "离退休干部党支部")),
    "state_enterprise": Starter(_Type.COMMITTEE, _branches("机关党支部", "生产党支部", "经营党支部")),
    "private_enterprise": Starter(_Type.GENERAL_BRANCH, _branches("管理党支部", "研发党支部", "市场党支部")),
    "university": Starter(_Type.COMMITTEE, _branches("机关党支部", "教师党支部", "学生党支部")),
    "hospital": Starter(_Type.COMMITTEE, _branches("行政后勤党支部", "内科党支部", "外科党支部")),
    "community": Starter(_Type.COMMITTEE, _branches("第一网格党支部", "第二网格党支部", "离退休党员党支部")),
    "association": Starter(
        _Type.GENERAL_BRANCH, (("秘书处党支部", _Type.BRANCH), ("会员单位联合党支部", _Type.JOINT_BRANCH))
    ),
    "other": Starter(_Type.COMMITTEE, _branches("机关党支部", "基层党支部")),
}


def starter(kind: str) -> Starter:
    """The starter of a unit type (单位类型); an unknown type gets the plainest."""
    return _BY_KIND.get(kind, _BY_KIND["other"])
