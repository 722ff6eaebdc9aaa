"""入党类型 and 转正情况: words seen on registers; no published numbers were found."""

from shared.codes.entries import CodeSet, table

JOINING_TYPES = CodeSet(
    "入党类型",
    table(
        [
            ("admitted", "新发展", "Admitted", "发展", "正常发展", "新发展党员", "正常入党", "组织发展", "支部发展"),
            ("restored", "恢复党籍", "Membership restored", "恢复"),
            ("rejoined", "重新入党", "Joined again"),
            ("posthumous", "追认党员", "Recognised after death", "追认"),
            ("frontline", "火线入党", "Admitted at the front line", "火线发展"),
            ("other", "其他", "Other", "其它"),
        ],
        verified=False,
    ),
)

CONVERSION_STATUSES = CodeSet(
    "转正情况",
    table(
        [
            ("on_time", "按期转正", "Converted on time", "已转正", "转正", "正常转正", "按时转正"),
            ("extended", "延长预备期", "Probation extended", "延长", "延期", "预备期延长"),
            ("after_extension", "延期转正", "Converted after extension", "延长后转正", "延长预备期后转正"),
            ("pending", "尚未转正", "Not yet converted", "未转正", "预备期内", "未到期", "待转正"),
            ("cancelled", "取消预备党员资格", "Probation cancelled", "取消资格", "取消预备资格"),
        ],
        verified=False,
    ),
)
