"""The guess of columns can be seen, changed and stored."""

import pytest

from tests.support.sheets import HEADER, ZHANG, xlsx
from workspace.members.importing import Table, best_table, from_plain, guess, read
from workspace.members.importing.columns import FIELDS
from workspace.members.importing.mapping import MappedTwice, UnknownField


def table(*labels: str) -> Table:
    return best_table(read(xlsx(list(labels), ["张三", *["x"] * (len(labels) - 1)])))


def test_all_twenty_six_official_names_are_recognised_for_certain() -> None:
    mapping = guess(table(*[field.zh for field in FIELDS]))
    assert [column.field for column in mapping.columns] == [field.name for field in FIELDS]
    assert {column.confidence for column in mapping.columns} == {1.0}
    assert len(FIELDS) == 26


def test_every_alias_means_one_field_only() -> None:
    spellings = [alias for field in FIELDS for alias in (field.zh, *field.aliases)]
    for field in FIELDS:
        for alias in (field.zh, *field.aliases):
            assert guess(table("姓名" if field.name != "name" else "性别", alias)).fields.get(field.name) == 1, alias
    assert len(spellings) > 100


def test_the_surer_of_two_columns_has_the_field() -> None:
    mapping = guess(table("姓名", "政治面貌", "人员类别"))
    assert mapping.fields["category"] == 2
    assert mapping.columns[1].field is None


def test_columns_carry_samples() -> None:
    mapping = guess(best_table(read(xlsx(HEADER, ZHANG))))
    assert mapping.columns[2].samples == ("同心公司第二党支部",)


def test_a_field_is_given_to_one_column_only() -> None:
    mapping = guess(table("姓名", "甲", "性别"))
    assert mapping.assign(1, "phone").fields["phone"] == 1
    assert mapping.assign(2, None).fields == {"name": 0}
    with pytest.raises(MappedTwice, match="第 3 列"):
        mapping.assign(1, "sex")
    with pytest.raises(UnknownField):
        mapping.assign(1, "salary")


def test_two_columns_may_trade_places_in_one_form() -> None:
    mapping = guess(table("姓名", "入党日期", "转正日期")).chosen({1: "converted_on", 2: "joined_on"})
    assert mapping.fields == {"name": 0, "converted_on": 1, "joined_on": 2}


def test_a_stored_mapping_comes_back_the_same() -> None:
    sheet = table("姓名", "甲", "性别")
    mapping = guess(sheet).assign(1, "phone").assign(2, None)
    assert from_plain(sheet, mapping.as_plain()).fields == mapping.fields == {"name": 0, "phone": 1}


def test_what_is_still_missing_is_named() -> None:
    mapping = guess(table("姓名", "入党日期"))
    assert mapping.missing() == ["category", "unit"]
    assert mapping.missing(given=["unit"]) == ["category"]
