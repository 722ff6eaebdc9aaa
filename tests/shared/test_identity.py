from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.identity import (
    BadCitizenNumber,
    BadPhone,
    Fault,
    is_uscc,
    landline,
    mask_citizen_number,
    mask_name,
    mask_phone,
    mobile,
    name_pinyin,
    read_citizen_number,
)
from shared.identity.citizen import check_digit, upgraded

# The worked example printed in GB 11643-1999.
EXAMPLE = "11010519491231002X"


def test_a_citizen_number_tells_birth_date_and_sex() -> None:
    number = read_citizen_number(EXAMPLE)
    assert (number.value, number.birth_date, number.sex) == (EXAMPLE, date(1949, 12, 31), "2")


@pytest.mark.parametrize(
    "typed", ["11010519491231002x", " 110105 19491231 002X ", "１１０１０５１９４９１２３１００２Ｘ", "'" + EXAMPLE]
)
def test_width_case_spaces_and_quotes_do_not_matter(typed: str) -> None:
    assert read_citizen_number(typed).value == EXAMPLE


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("110105194912310021", Fault.CHECK_DIGIT),
        ("110105194913310021", Fault.DATE),
        ("110105491231002", Fault.LEGACY),
        ("1101051949123100", Fault.LENGTH),
        ("11010519491231OO2X", Fault.CHARACTERS),
        ("", Fault.LENGTH),
    ],
)
def test_a_wrong_number_is_refused_by_name(typed: str, fault: Fault) -> None:
    with pytest.raises(BadCitizenNumber) as refused:
        read_citizen_number(typed)
    assert refused.value.fault is fault


def test_a_wrong_check_digit_comes_with_the_expected_one() -> None:
    with pytest.raises(BadCitizenNumber) as refused:
        read_citizen_number("110105194912310021")
    assert refused.value.expected == "X"


@given(st.dates(date(1900, 1, 1), date(2020, 12, 31)), st.integers(1, 999), st.integers(0, 16), st.integers(1, 9))
def test_no_single_mistyped_digit_goes_unseen(born: date, serial: int, at: int, by: int) -> None:
    body = f"330106{born:%Y%m%d}{serial:03}"
    typo = body[:at] + str((int(body[at]) + by) % 10) + body[at + 1 :] + check_digit(body)
    with pytest.raises(BadCitizenNumber):
        read_citizen_number(typo)


def test_a_legacy_number_has_a_suggested_form() -> None:
    assert upgraded("110105491231002") == EXAMPLE


def test_an_unknown_province_is_told() -> None:
    body = "20010119900101001"
    assert not read_citizen_number(body + check_digit(body)).region_is_known
    assert read_citizen_number(EXAMPLE).region_is_known


@pytest.mark.parametrize(
    "typed", ["13812341234", "+86 138-1234-1234", "0086 13812341234", "１３８ １２３４ １２３４", "(+86)13812341234"]
)
def test_mobiles_come_out_in_one_form(typed: str) -> None:
    assert mobile(typed) == "13812341234"


@pytest.mark.parametrize("typed", ["12812341234", "1381234123", "138123412345", "010-12345678", ""])
def test_other_texts_are_no_mobiles(typed: str) -> None:
    with pytest.raises(BadPhone):
        mobile(typed)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("(010)6234 5678", "010-62345678"),
        ("0571-87654321转801", "0571-87654321-801"),
        ("+86 10 62345678", None),
        ("87654321", "87654321"),
        ("abc", None),
    ],
)
def test_landlines_are_read_where_the_area_code_is_clear(typed: str, number: str | None) -> None:
    if number is None:
        with pytest.raises(BadPhone):
            landline(typed)
    else:
        assert landline(typed) == number


def test_a_credit_code_is_checked_to_its_last_character() -> None:
    assert is_uscc("91110000600037341L") and is_uscc(" 91110000600037341l ")
    assert not is_uscc("91110000600037341X") and not is_uscc("")


def test_masks_hide_all_but_a_hint() -> None:
    assert mask_name("张三") == mask_name("张三丰") == "张*"
    assert mask_name("欧阳修") == "欧阳*" and mask_name("") == ""
    assert mask_phone("13812341234") == "138****1234" and mask_phone("010-62345678") == "**********78"
    assert mask_citizen_number("110105194912311234") == "110***********1234"
    assert mask_citizen_number("1234567") == "*******"


@pytest.mark.parametrize(
    ("name", "spoken"),
    [
        ("单国华", "shan guo hua"),
        ("仇英", "qiu ying"),
        ("曾国藩", "zeng guo fan"),
        ("区小明", "ou xiao ming"),
        ("解放", "xie fang"),
        ("查良镛", "zha liang yong"),
        ("尉迟恭", "yu chi gong"),
        ("万俟卨", "mo qi xie"),
        ("单于丹", "chan yu dan"),
        ("张 三", "zhang san"),
    ],
)
def test_names_are_read_as_their_bearers_read_them(name: str, spoken: str) -> None:
    pinyin = name_pinyin(name)
    assert pinyin.spaced == spoken
    assert pinyin.full == spoken.replace(" ", "")
    assert pinyin.initials == "".join(s[0] for s in spoken.split())
