"""Cases in flight come in from a sheet: tried out first, each row good or given back with its reasons."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO

import openpyxl
import pytest
import time_machine
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from tenants import context
from tests.support.cast import Cast, Client
from tests.support.development import applicant, opened, plan
from workspace.development.models import Case, Step
from workspace.members.models import Member

HEADER = (
    "姓名",
    "公民身份号码",
    "隶属党组织",
    "申请入党日期",
    "确定入党积极分子日期",
    "考察日期",
    "确定发展对象日期",
    "培养联系人",
)
NUMBER = "11010119900307109X"


@pytest.fixture(autouse=True)
def _in_july() -> Iterator[None]:
    with time_machine.travel("2026-07-20T02:00:00+00:00", tick=False):
        yield


def sheet(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> SimpleUploadedFile:
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["在办发展党员情况表"])
        for number, row in enumerate((header, *rows), start=1):
            page.write_row(number, 0, row)
    return SimpleUploadedFile("cases.xlsx", out.getvalue())


def tried(client: Client, *rows: tuple[str, ...], fills: bool = True, **options) -> str:
    sent = {"file": sheet(*rows, **options)} | ({"fills": "on"} if fills else {})
    answer = client.post("/development/imports/new/", sent)
    assert answer.status_code in {200, 422}
    return answer.content.decode()


def signed(page: str, name: str = "signed") -> str:
    return page.partition(f'name="{name}" value="')[2].partition('"')[0]


def test_a_dry_run_writes_nothing_and_the_import_writes_the_case(cast):
    client = cast.signed_in("secretary")
    row = (
        "孙在办",
        NUMBER,
        "第一党支部",
        "2024.3.1",
        "2024年6月30日",
        "2024-12-30、2025-06-30",
        "2025/8/1",
        "李书记、王党员",
    )
    page = tried(client, row)
    with context.inside(cast.jia):
        assert not Case.objects.exists() and not Member.objects.filter(name="孙在办").exists()
    assert "孙在办" in page and "新登记" in page
    assert client.post("/development/imports/start/", {"signed": signed(page)}).status_code == 302
    with context.inside(cast.jia):
        case = Case.objects.get()
        assert (case.opened_on, case.member.category) == (date(2024, 3, 1), "development_object")
        # what lies before the last dated step is done on a day nobody wrote down
        undated = set(Step.objects.filter(on=None).values_list("code", flat=True))
        assert {"talk", "file_activist", "contacts"} <= undated and "introducers" not in undated
        found = plan(case, "2026-07-20")
        assert found.clocks.rule("admission.talk").key == "admission.talk@2014-05-28"
        assert {one.step.code for one in found.now} == {"file_object", "introducers", "political_review", "training"}
        assert not found.overdue


def test_without_filling_in_the_undated_steps_stay_to_be_done(cast):
    client = cast.signed_in("secretary")
    page = tried(client, ("孙在办", NUMBER, "第一党支部", "2026-05-20", "2026-06-30"), fills=False)
    client.post("/development/imports/start/", {"signed": signed(page)})
    with context.inside(cast.jia):
        assert set(Step.objects.values_list("code", flat=True)) == {"apply", "recommend"}
        case = Case.objects.get()
        assert case.next_step == "talk"
        assert plan(case, "2026-07-20").clocks.rule("admission.talk").key == "admission.talk@2026-05-11"


def test_somebody_on_the_register_is_found_by_number_or_by_name_in_the_branch(cast):
    with context.inside(cast.jia):
        known = applicant("周积极", category="activist").pk
    client = cast.signed_in("secretary")
    page = tried(client, ("周积极", "", "第一党支部", "2025-01-10", "2025-06-30"))
    assert "新登记" not in page
    client.post("/development/imports/start/", {"signed": signed(page)})
    with context.inside(cast.jia):
        assert Case.objects.get().member_id == known
        assert Member.objects.filter(name="周积极").count() == 1


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (("孙在办", NUMBER, "第九党支部", "2025-01-10"), "没有名为“第九党支部”的党支部"),
        (("孙在办", NUMBER, "第一党支部", "去年"), "不是能识别的日期"),
        (("孙在办", NUMBER, "第一党支部", "2026-07-21"), "在将来"),
        (("孙在办", "110101199003071091", "第一党支部", "2025-01-10"), "校验位不对"),
        (("孙在办", "", "第一党支部", "2025-01-10"), "公民身份号码或出生日期"),
        (("孙在办", NUMBER, "第一党支部", ""), "没有任何步骤的日期"),
        (("李书记", "", "第一党支部", "2025-01-10"), "已是正式党员"),
        (("吴有档", "", "第一党支部", "2025-01-10"), "已有一份进行中的发展档案"),
    ],
)
def test_a_row_that_cannot_be_is_given_back_with_its_reason(cast, row, why):
    with context.inside(cast.jia):
        opened(applicant("吴有档"))
    client = cast.signed_in("secretary")
    page = tried(client, row)
    assert why in page and "下载退回的行" in page and 'name="signed"' not in page
    given = client.post("/development/imports/returned/", {"returned": signed(page, "returned")})
    back = openpyxl.load_workbook(BytesIO(given.content)).active
    assert back.cell(1, back.max_column).value == "退回原因"
    assert back.cell(2, 1).value == row[0] and why in back.cell(2, back.max_column).value


def test_the_same_person_twice_and_odd_days_are_told(cast):
    row = ("孙在办", NUMBER, "第一党支部", "2024-03-01", "2024-06-30", "", "2024-09-01")
    page = tried(cast.signed_in("secretary"), row, row)
    assert "与第 3 行是同一个人" in page
    assert "不能早于2025年6月30日" in page  # a development object after two months: imported, and said


def test_a_sheet_without_steps_and_a_file_that_is_none_are_refused(cast):
    client = cast.signed_in("secretary")
    assert "没有找到" in tried(client, ("孙在办", NUMBER, "第一党支部"), header=("姓名", "公民身份号码", "隶属党组织"))
    answer = client.post("/development/imports/new/", {"file": SimpleUploadedFile("x.pdf", b"%PDF-1.4 nothing")})
    assert answer.status_code == 422 and "PDF" in answer.content.decode()


def test_what_was_tried_out_belongs_to_one_person_in_one_workspace(cast):
    page = tried(cast.signed_in("secretary"), ("孙在办", NUMBER, "第一党支部", "2025-01-10"))
    for other in (cast.signed_in("owner"), cast.signed_in("secretary", at="yan")):
        answer = other.post("/development/imports/start/", {"signed": signed(page)})
        assert answer.status_code == 400
    assert cast.signed_in("member").get("/development/imports/new/").status_code == 403
    with context.inside(cast.yan):
        assert not Case.objects.exists()


def test_a_case_opened_since_the_dry_run_is_told_and_left_out(cast):
    with context.inside(cast.jia):
        who = applicant("周积极")
    client = cast.signed_in("secretary")
    page = tried(client, ("周积极", "", "第一党支部", "2025-01-10"))
    with context.inside(cast.jia):
        opened(who)
    answer = client.post("/development/imports/start/", {"signed": signed(page)}, follow=True)
    assert "周积极已有一份进行中的发展档案" in answer.content.decode()


def test_the_template_reads_itself_back(cast: Cast):
    from workspace.development.importing.columns import COLUMNS, fields_of

    body = cast.signed_in("secretary").get("/development/imports/template/").content
    first = [cell.value for cell in openpyxl.load_workbook(BytesIO(body)).worksheets[0][1]]
    assert set(fields_of(tuple(first))) == {column.field for column in COLUMNS}
