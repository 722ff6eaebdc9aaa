"""Types of party organisation, and what unit (单位) it is in.

The eight numbers of types are published; 党组 and 党小组 differ between systems, and so do the codes of situations.
"""

from shared.codes.entries import CodeSet, table

_PUBLISHED = [
    ("611", "党委", "Party committee", "党的基层委员会", "基层党委", "党委会"),
    ("621", "党总支部", "General branch", "党总支", "总支部", "总支", "党总支部委员会"),
    ("631", "党支部", "Branch", "支部", "党支部委员会"),
    ("632", "联合党支部", "Joint branch", "联合支部"),
    ("911", "临时党委", "Temporary committee"),
    ("921", "临时党总支部", "Temporary general branch", "临时党总支"),
    ("931", "临时党支部", "Temporary branch", "临时支部"),
    ("932", "临时联合党支部", "Temporary joint branch", "临时联合支部"),
]
# Our own words, never exported as official numbers.
_OURS = [
    ("leading_group", "党组", "Leading party group"),
    ("group", "党小组", "Party group", "小组"),
]

UNIT_TYPES = CodeSet("党组织类别", table(_PUBLISHED) + table(_OURS, verified=False))

UNIT_SITUATIONS = CodeSet(
    "所在单位情况",
    table(
        [
            ("as_above", "与上级党组织相同", "Same as the organisation above", "与上级相同"),
            ("legal", "法人单位", "Legal entity of its own", "独立法人", "独立法人单位"),
            ("joint", "联合党支部", "Joint branch of several units", "多个单位联合", "联合支部"),
        ],
        verified=False,
    ),
)
