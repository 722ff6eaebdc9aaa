"""Which member field a column name means, and how sure that is."""

from difflib import SequenceMatcher

from shared.spreadsheets.cells import header_key
from workspace.members.importing.columns import FIELDS

OFFICIAL = 1.0
ALIAS = 0.95
ENDING = 0.6
SIMILAR = 0.5

# Columns that stand on many rosters and are none of ours, though some look like one.
_STRANGERS = {
    header_key(label)
    for label in [
        "序号",
        "编号",
        "备注",
        "说明",
        "籍贯",
        "邮箱",
        "电子邮箱",
        "申请入党日期",
        "申请入党时间",
        "递交入党申请书时间",
        "递交申请书日期",
        "入团日期",
        "入团时间",
        "参加工作日期",
        "参加工作时间",
        "确定入党积极分子日期",
        "列为积极分子时间",
        "列为发展对象时间",
        "确定发展对象日期",
        "介绍人",
        "入党介绍人",
        "年龄",
        "身高",
        "工号",
        "照片",
        "签名",
        "党内职务",
        "支部书记",
        "党支部书记",
        "书记",
        "紧急联系人",
        "紧急联系电话",
        "毕业院校",
        "毕业时间",
        "专业",
        "所学专业",
        "接受申请党组织",
        "背景信息",
        "党籍状态",
        "工作单位",
        "单位",
        "部门",
        "固定电话",
        "办公电话",
        "微信",
        "组织关系转入时间",
        "转入时间",
        "转出时间",
    ]
}
# "申请入党日期" ends like "入党日期" and is something else.
_OTHERS_PREFIXES = ("申请", "紧急", "家庭成员", "介绍人", "配偶", "父亲", "母亲", "书记", "联系人", "原", "拟", "单位")
_SHORTEST_ENDING = 3
_SIMILAR_FROM = 0.8


def _spellings() -> dict[str, tuple[str, float]]:
    known: dict[str, tuple[str, float]] = {}
    for field in FIELDS:
        known[header_key(field.zh)] = (field.name, OFFICIAL)
    for field in FIELDS:
        for place, alias in enumerate((field.name, field.en, *field.aliases)):
            # Earlier aliases are surer: 政治面貌 means 人员类别 only where nothing better stands.
            known.setdefault(header_key(alias), (field.name, ALIAS - place / 200))
    return known


_KNOWN = _spellings()
_ENDINGS = sorted((key for key in _KNOWN if len(key) >= _SHORTEST_ENDING), key=len, reverse=True)


def field_for(label: str) -> tuple[str | None, float]:
    """(field name, confidence from 0 to 1) for a column name; (None, 0) when it is none of ours."""
    key = header_key(label)
    if not key or key in _STRANGERS:
        return None, 0.0
    if key in _KNOWN:
        return _KNOWN[key]
    if len(key) > 20 or key.startswith(_OTHERS_PREFIXES):
        return None, 0.0
    for ending in _ENDINGS:
        if key.endswith(ending):
            return _KNOWN[ending][0], ENDING
    return None, 0.0


def likely_field_for(label: str) -> tuple[str | None, float]:
    """The same, and for what it does not know the one field whose name differs by a slip of the pen."""
    field, confidence = field_for(label)
    key = header_key(label)
    if field or key in _STRANGERS or key.startswith(_OTHERS_PREFIXES) or not 4 <= len(key) <= 20:
        return field, confidence
    return _similar(key)


def _similar(key: str) -> tuple[str | None, float]:
    for known, (name, _confidence) in _KNOWN.items():
        if abs(len(known) - len(key)) <= 1 and SequenceMatcher(None, known, key).ratio() >= _SIMILAR_FROM:
            return name, SIMILAR
    return None, 0.0


class Labels:
    """Answers for the texts of one sheet, each worked out once; nothing outlives the sheet."""

    def __init__(self) -> None:
        self._seen: dict[str, tuple[str | None, float]] = {}

    def field_for(self, label: str) -> tuple[str | None, float]:
        """As the function of this name."""
        if label not in self._seen:
            self._seen[label] = field_for(label)
        return self._seen[label]
