"""GB/T 6864-2003, degrees of the People's Republic of China.

One digit for the level, two more for the discipline. The two-layer structure was seen; the codes were
not compared with the printed table (mark C).
"""

from shared.codes.entries import Code, CodeSet

_LEVELS = (("2", "博士", "Doctor"), ("3", "硕士", "Master"), ("4", "学士", "Bachelor"))
_DISCIPLINES = (
    ("01", "哲学", "Philosophy"),
    ("02", "经济学", "Economics"),
    ("03", "法学", "Law"),
    ("04", "教育学", "Education"),
    ("05", "文学", "Literature"),
    ("06", "历史学", "History"),
    ("07", "理学", "Science"),
    ("08", "工学", "Engineering"),
    ("09", "农学", "Agriculture"),
    ("10", "医学", "Medicine"),
    ("11", "军事学", "Military Science"),
    ("12", "管理学", "Management"),
)
_PROFESSIONAL = (
    ("345", "法律硕士", "Juris Master"),
    ("346", "教育硕士", "Master of Education (professional)"),
    ("347", "工程硕士", "Master of Engineering (professional)"),
    ("350", "工商管理硕士", "Master of Business Administration", "MBA", "EMBA"),
    ("353", "公共管理硕士", "Master of Public Administration", "MPA"),
)


def _entries() -> tuple[Code, ...]:
    found = [Code("1", "名誉博士", "Honorary Doctor", ("名誉博士学位",), verified=False)]
    for level, zh, en in _LEVELS:
        found.append(Code(level, zh, en, (f"{zh}学位",), verified=False))
        for digits, subject, subject_en in _DISCIPLINES:
            found.append(Code(level + digits, subject + zh, f"{en} of {subject_en}", (), verified=False))
    found += [Code(row[0], row[1], row[2], tuple(row[3:]), verified=False) for row in _PROFESSIONAL]
    found.append(Code("0", "无学位", "No degree", ("无", "没有", "无学历学位"), verified=False))
    return tuple(found)


DEGREES = CodeSet("GB/T 6864", _entries(), endings=("学位",))
