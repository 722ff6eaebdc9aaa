import pytest

from shared.codes import (
    DEGREES,
    EDUCATION,
    ETHNIC_GROUPS,
    PERSON_CATEGORIES,
    POLITICAL_STATUSES,
    PROVINCES,
    REGIONS,
    SEXES,
    UNIT_TYPES,
    Code,
    CodeSet,
)


def test_there_are_fifty_six_verified_ethnic_groups() -> None:
    assert [e.code for e in ETHNIC_GROUPS if e.verified] == [f"{n:02}" for n in range(1, 57)]


@pytest.mark.parametrize(
    ("codes", "typed", "code"),
    [
        (ETHNIC_GROUPS, "汉", "01"),
        (ETHNIC_GROUPS, "汉族", "01"),
        (ETHNIC_GROUPS, " 土家 ", "15"),
        (ETHNIC_GROUPS, "土", "30"),
        (ETHNIC_GROUPS, "维吾尔", "05"),
        (ETHNIC_GROUPS, "1", "01"),
        (ETHNIC_GROUPS, "han", "01"),
        (EDUCATION, "大学", "21"),
        (EDUCATION, "本科", "21"),
        (EDUCATION, "大学本科", "21"),
        (EDUCATION, "大专学历", "31"),
        (EDUCATION, "硕士研究生", "14"),
        (SEXES, "男", "1"),
        (SEXES, "男性", "1"),
        (SEXES, "M", "1"),
        (SEXES, "女 ", "2"),
        (DEGREES, "学士", "4"),
        (DEGREES, "法学学士学位", "403"),
        (PERSON_CATEGORIES, "预备党员", "probationary"),
        (PERSON_CATEGORIES, "积极分子", "activist"),
        (POLITICAL_STATUSES, "团员", "03"),
        (UNIT_TYPES, "支部", "631"),
        (UNIT_TYPES, "党总支", "621"),
        (PROVINCES, "浙江", "330000"),
        (PROVINCES, "内蒙古", "150000"),
    ],
)
def test_a_code_is_found_from_what_people_type(codes: CodeSet, typed: str, code: str) -> None:
    found = codes.find(typed)
    assert found is not None and found.code == code


@pytest.mark.parametrize("typed", ["", "  ", "火星族", "博学", "3.5"])
def test_what_is_not_known_is_not_guessed(typed: str) -> None:
    assert ETHNIC_GROUPS.find(typed) is None


def test_a_set_with_one_word_for_two_things_does_not_load() -> None:
    with pytest.raises(ValueError, match="means two things"):
        CodeSet("x", (Code("1", "甲", "A"), Code("2", "乙", "B", ("甲",))))


def test_there_are_thirty_four_provinces_and_their_prefectures() -> None:
    assert len(PROVINCES) == 34
    zhejiang = REGIONS.prefectures_of("330000")
    assert [p.zh for p in zhejiang][:2] == ["杭州市", "宁波市"] and len(zhejiang) == 11
    assert sum(len(REGIONS.prefectures_of(p.code)) for p in PROVINCES) == 333
    assert REGIONS.prefectures_of("110000") == []


def test_labels_come_in_both_languages() -> None:
    assert SEXES.choices()[0] == ("1", "男") and SEXES.choices("en")[0] == ("1", "Male")
