"""Export and print: what the reader sees, in the official columns."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from tenants import context
from workspace.organization.models import Unit


@pytest.fixture
def owner(cast):
    return cast.signed_in("owner")


def test_csv_opens_in_office_programs_and_lists_every_unit(owner):
    answer = owner.get("/organization/units.csv")
    text = answer.content.decode("utf-8")

    assert text.startswith("\ufeff编码,全称,简称,组织类别,上级党组织")
    assert "第一党支部" in text
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_name_that_looks_like_a_formula_does_not_run(cast, owner):
    with context.inside(cast.jia):
        Unit.objects.filter(name="第二党支部").update(name="=HYPERLINK(1)")

    assert ",'=HYPERLINK(1)," in owner.get("/organization/units.csv").content.decode("utf-8")
    sheet = load_workbook(BytesIO(owner.get("/organization/units.xlsx").content)).active
    cell = next(row[1] for row in sheet.iter_rows() if "HYPERLINK" in str(row[1].value))
    assert cell.data_type == "s"


def test_the_workbook_says_who_stands_above(owner):
    sheet = load_workbook(BytesIO(owner.get("/organization/units.xlsx").content)).active
    rows = {row[1]: row[4] for row in sheet.iter_rows(values_only=True)}

    assert rows["第一党支部"] == "jia单位党委"


def test_a_member_takes_the_own_branch_only(cast):
    text = cast.signed_in("member").get("/organization/units.csv").content.decode("utf-8")

    assert "第一党支部" in text
    assert "第二党支部" not in text


def test_the_printed_sheet_indents_by_level(owner):
    assert "\u3000第一党支部" in owner.get("/organization/sheet/").content.decode()
