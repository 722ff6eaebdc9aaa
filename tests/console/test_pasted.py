"""Lines pasted from a spreadsheet are understood or refused with a reason."""

import pytest

from console import pasted

CODE = "91350100M000100Y43"  # a valid example of GB 32100


def read(text: str, **taken: list[str]) -> list[pasted.Line]:
    return pasted.read(text, **({"names": [], "codes": []} | taken))


@pytest.mark.parametrize(
    "row",
    [
        f"仁和医院\t医院\t北京\t{CODE}\ta@renhe.cn",
        f"仁和医院,a@renhe.cn,{CODE.lower()},北京市,hospital",
        f"仁和医院；Hospital；110000；{CODE}；A@renhe.cn",
    ],
)
def test_the_cells_after_the_name_may_stand_in_any_order(row: str) -> None:
    line = read(row)[0]
    assert (line.name, line.kind, line.region) == ("仁和医院", "hospital", "110000")
    assert (line.credit_code, line.email) == (CODE, "a@renhe.cn")
    assert line.is_good


def test_a_name_alone_is_enough() -> None:
    assert read("仁和医院")[0].is_good


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("\t医院", "缺单位名称"),
        ("甲\t火星", "看不懂"),
        ("甲\t北京\t上海", "重复"),
        ("甲\ta@", "邮箱"),
        (f"甲\t{CODE[:-1]}0", "信用代码"),
        ("甲" * 121, "超过"),
    ],
)
def test_what_cannot_be_sent_says_why(row: str, why: str) -> None:
    assert why in "；".join(read(row)[0].problems)


def test_an_organisation_is_asked_once() -> None:
    lines = read(f"甲\n甲\n乙\n丙\t{CODE}\n丁\t{CODE}", names=["乙"])
    assert [line.is_good for line in lines] == [True, False, False, True, False]


def test_a_list_too_long_says_so_on_the_lines_that_are_left_out() -> None:
    lines = read("\n".join(f"单位{n}" for n in range(502)))
    assert [line.is_good for line in lines].count(True) == pasted.MOST_LINES
    assert "500" in lines[-1].problems[0]
