"""A unit's own spreadsheets, dirt and all, become its register; every way back is open."""

import io
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import xlsxwriter
from playwright.sync_api import Locator, Page, expect

from shared.clock import now
from shared.synthetic import Person, people
from tests.journeys.running import Running
from tests.journeys.steps import activate, follow, open_workspace, press

UNITS = ("内科党支部", "外科党支部")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FULL = [who for who in people(20, on=now().date(), seed=77) if who.converted_on]
FINE, BAD_DIGIT, WARD, COPY, TWIN = _FULL[:5]


def test_a_list_written_by_hand_is_mended_imported_undone_and_imported_again(running: Running, desk: Page) -> None:
    here = arrive(desk, running, "dirty-a")
    sheet = by_hand()
    upload(desk, here, "2026年党员情况（最终版）.xlsx", sheet)
    press(desk, "试算")
    expect(stat(desk, "有问题")).to_contain_text("4")

    mend_a_number(desk, BAD_DIGIT)
    expect(stat(desk, "有问题")).to_contain_text("3")
    say_which_unit_is_meant(desk, "肿瘤科支部", "内科党支部")
    expect(stat(desk, "有问题")).to_contain_text("2")
    reasons = error_workbook(desk, "下载有问题的行（附原因）")
    assert len(reasons) == 2 and all("相同" in " ".join(row) for row in reasons)

    press(desk, "导入没有问题的 3 人")
    finished(desk, "新增 3 人")
    assert len(error_workbook(desk, "下载这些行（附原因），改好再导入")) == 2
    assert registered(desk, here) == {FINE.name, BAD_DIGIT.name, WARD.name}

    desk.go_back()
    press(desk, "撤销这批导入")
    desk.locator("[data-go]").click()
    expect(desk.get_by_text("撤销了这批导入")).to_be_visible()
    assert registered(desk, here) == set()


def arrive(desk: Page, running: Running, slug: str) -> str:
    activate(desk, open_workspace(running, slug))
    return running.url(slug, "").rstrip("/")


def by_hand() -> bytes:
    """As an office keeps it: titles, a header in two rows, dates of every kind, notes and a signature below."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.add_worksheet("封面").write(0, 0, "内部资料 注意保存")
    sheet = book.add_worksheet("名单")
    sheet.merge_range("A1:H1", "东城医院党员情况一览表")
    sheet.merge_range("A2:H2", "（截至2026年11月，单位：人）")
    sheet.merge_range("A4:D4", "基本情况")
    sheet.merge_range("E4:H4", "党内情况")
    sheet.write_row("A5", ["编号", "党员姓名", "身份证", "手机", "支部", "类别", "入党时间", "转正日期"])
    day = book.add_format({"num_format": "yyyy/m/d"})
    number = BAD_DIGIT.citizen_number[:-1] + ("0" if BAD_DIGIT.citizen_number[-1] != "0" else "1")
    rows: list[tuple[Person, str, str, Callable[[date], str]]] = [
        (FINE, FINE.citizen_number, UNITS[0], lambda d: f"{d.year}.{d.month}.{d.day}"),
        (BAD_DIGIT, number, UNITS[1], lambda d: f"{d.year}年{d.month}月{d.day}日"),
        (WARD, WARD.citizen_number, "肿瘤科支部", lambda d: f"{d:%Y%m%d}"),
        (COPY, TWIN.citizen_number, UNITS[1], lambda d: f"{d.year}/{d.month}/{d.day}"),
        (TWIN, TWIN.citizen_number, UNITS[1], lambda d: d.isoformat()),
    ]
    for at, (who, citizen_number, unit, written) in enumerate(rows):
        assert who.converted_on
        spaced = f" {who.name[0]}　{who.name[1:]}"
        sheet.write_row(5 + at, 0, [f"{at + 1}、", spaced, citizen_number, who.phone, unit, "正式"])
        sheet.write(5 + at, 6, written(who.joined_on))
        sheet.write_datetime(5 + at, 7, datetime.combine(who.converted_on, time()), day)
    sheet.write(11, 0, "填表人：张干事")
    sheet.merge_range("A13:H13", "备注：流动党员另行造册；以上人员均已核对档案。")
    book.close()
    return out.getvalue()


def upload(desk: Page, here: str, name: str, data: bytes) -> None:
    desk.goto(f"{here}/members/imports/new/")
    desk.get_by_label("花名册文件").set_input_files({"name": name, "mimeType": XLSX, "buffer": data})
    press(desk, "上传并核对列")
    expect(desk.get_by_role("heading", name="每一列是什么")).to_be_visible()


def stat(desk: Page, label: str) -> Locator:
    return desk.locator("#counts .stat", has_text=label)


def mend_a_number(desk: Page, who: Person) -> None:
    """In the page, without a new upload."""
    line = desk.locator("article", has_text=who.name)
    line.get_by_role("textbox").fill(who.citizen_number)
    line.get_by_role("button", name="改好了").click()
    expect(line.get_by_text("新增")).to_be_visible()


def say_which_unit_is_meant(desk: Page, text: str, unit: str) -> None:
    strange = desk.locator(".field", has=desk.locator("strong", has_text=text))
    strange.get_by_label("对应的支部").select_option(label=unit)
    strange.get_by_role("button", name="就是它").click()
    expect(desk.get_by_role("heading", name="不认识的支部名称")).to_have_count(0)


def downloaded(desk: Page, link: str) -> Path:
    with desk.expect_download() as waiting:
        follow(desk, link)
    return Path(waiting.value.path())


def rows_of(path: Path) -> list[list[str]]:
    """Every cell of the first sheet as text."""
    sheet = openpyxl.load_workbook(io.BytesIO(path.read_bytes())).worksheets[0]
    return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]


def error_workbook(desk: Page, link: str) -> list[list[str]]:
    """The rows below the header."""
    return [row for row in rows_of(downloaded(desk, link))[1:] if any(row)]


def finished(desk: Page, said: str) -> None:
    """The bar arrives by itself."""
    expect(desk.get_by_role("progressbar")).to_be_visible()
    desk.get_by_role("link", name="查看结果").click(timeout=60_000)
    expect(desk.get_by_text(said)).to_be_visible()


def registered(desk: Page, here: str) -> set[str]:
    """The names in the register, the sample branch left out."""
    desk.goto(f"{here}/members/?size=100")
    return set(desk.locator("tbody th a").all_inner_texts())
