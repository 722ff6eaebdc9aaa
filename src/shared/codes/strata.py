"""新社会阶层类型: the groups usually named; no published numbers were found."""

from shared.codes.entries import CodeSet, table

NEW_SOCIAL_STRATA = CodeSet(
    "新社会阶层类型",
    table(
        [
            ("none", "非新社会阶层", "Not of a new social stratum", "否", "不是", "无", "非新社会阶层人员", "不属于"),
            ("tech_founder", "民营科技企业创业人员和技术人员", "Founder or engineer of a private technology firm"),
            (
                "foreign_staff",
                "受聘于外资企业的管理技术人员",
                "Manager or engineer of a foreign firm",
                "外资企业管理技术人员",
            ),
            (
                "private_staff",
                "民营企业和外商投资企业管理技术人员",
                "Manager or engineer of a private or foreign-invested firm",
                "民营企业管理技术人员",
                "私营企业管理技术人员",
            ),
            ("self_employed", "个体户", "Self-employed", "个体工商户", "个体"),
            ("owner", "私营企业主", "Owner of a private firm", "民营企业主", "企业主"),
            (
                "intermediary",
                "中介组织和社会组织从业人员",
                "Staff of an intermediary or social organisation",
                "中介组织从业人员",
                "社会组织从业人员",
                "中介组织的从业人员",
            ),
            ("freelance", "自由职业人员", "Freelance", "自由职业者", "自由职业"),
            ("new_media", "新媒体从业人员", "New media", "新媒体"),
            ("other", "其他", "Other", "其它"),
        ],
        verified=False,
    ),
)
