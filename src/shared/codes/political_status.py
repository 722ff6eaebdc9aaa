"""GB/T 4762-1984, codes for political status (seen in public listings of the standard)."""

from shared.codes.entries import CodeSet, table

POLITICAL_STATUSES = CodeSet(
    "GB/T 4762",
    table(
        [
            ("01", "中共党员", "Member of the CPC", "党员", "中国共产党党员", "正式党员"),
            ("02", "中共预备党员", "Probationary member of the CPC", "预备党员", "中国共产党预备党员"),
            ("03", "共青团员", "Member of the Youth League", "团员"),
            ("04", "民革党员", "Member of the Revolutionary Committee of the Kuomintang", "民革会员", "民革"),
            ("05", "民盟盟员", "Member of the Democratic League", "民盟"),
            ("06", "民建会员", "Member of the Democratic National Construction Association", "民建"),
            ("07", "民进会员", "Member of the Association for Promoting Democracy", "民进"),
            ("08", "农工党党员", "Member of the Peasants' and Workers' Democratic Party", "农工党", "农工民主党党员"),
            ("09", "致公党党员", "Member of the Zhi Gong Party", "致公党"),
            ("10", "九三学社社员", "Member of the Jiu San Society", "九三学社"),
            ("11", "台盟盟员", "Member of the Taiwan Democratic Self-Government League", "台盟"),
            ("12", "无党派人士", "Without party affiliation", "无党派", "无党派民主人士"),
            ("13", "群众", "Citizen without affiliation", "普通公民"),
        ]
    ),
)
