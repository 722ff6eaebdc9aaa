"""An invited hospital signs up on a phone and holds its first meeting; the operator sees it move and reads no name."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from shared.clock import now
from shared.synthetic import Person, people
from tests.journeys.browsing import PHONE, opened
from tests.journeys.running import Running
from tests.journeys.steps import PASSWORD, activate, follow, local, press, reload_until
from tests.support.qr import read_qr

NAME = "江城市第一医院"
CREDIT_CODE = "91420100MA00000012"  # well formed, nobody's
SHANGHAI = ZoneInfo("Asia/Shanghai")
PEOPLE = list(people(3, on=now().date(), seed=31))
SECRETARY, SCANS, TYPES = PEOPLE


@pytest.fixture
def pocket(browser: Browser) -> Iterator[Callable[[], Page]]:
    """Another person's phone each time it is asked for."""
    pages: list[Page] = []

    def take_out() -> Page:
        pages.append(opened(browser, **PHONE))
        return pages[-1]

    yield take_out
    for page in pages:
        page.context.close()


def test_from_an_invitation_to_the_first_meeting(running: Running, desk: Page, pocket: Callable[[], Page]) -> None:
    console = running.url("console", "").rstrip("/")
    operator = running.manage("create_operator", "--email", "yunying@platform.example", "--name", "吴运营")
    activate(desk, operator.strip())
    invitation = invite_the_hospital(desk, console)

    admin = pocket()
    answer_the_nine_questions(admin, running, invitation)
    watch_it_open_and_go_in(admin)
    here = running.url("jiangcheng", "").rstrip("/")
    ticked(admin, 0)

    branch = set_up_a_branch(admin)
    import_three_members(admin, here, branch)
    appoint_the_secretary(admin, here, branch)
    ticked(admin, 3, at=here)

    link = invite_by_link(admin, here, branch)
    phones = {who.name: join_by(pocket(), link, who) for who in (SCANS, TYPES)}
    meeting = plan_what_is_owed(admin, here, branch)
    check_in_by_qr(admin, meeting, phones[SCANS.name])
    check_in_by_code(admin, meeting, phones[TYPES.name], here)
    write_up_and_close(admin, meeting)
    expect(row_of(admin, here, branch)).to_contain_text("已完成")

    admin.goto(here)
    expect(admin.get_by_role("heading", name="开始使用")).to_have_count(0)
    the_operator_sees_it_and_no_name(desk, console)


def invite_the_hospital(desk: Page, console: str) -> str:
    """From the console; returns the link."""
    desk.goto(f"{console}/invitations/")
    follow(desk, "发邀请")
    desk.get_by_label("单位名称").fill(NAME)
    desk.get_by_label("单位类型").select_option("hospital")
    desk.get_by_label("地区").select_option("420000")
    desk.get_by_label("统一社会信用代码").fill(CREDIT_CODE)
    desk.get_by_label("批次").fill("2026 秋季试点")
    press(desk, "生成邀请链接")
    return desk.get_by_label("邀请链接").input_value()


def answer_the_nine_questions(phone: Page, running: Running, invitation: str) -> None:
    phone.goto(invitation)
    expect(phone.get_by_role("heading", name=NAME)).to_be_visible()
    press(phone, "开始")
    expect(phone.get_by_label("单位全称")).to_have_value(NAME)
    press(phone, "继续")
    expect(phone.get_by_label("医院")).to_be_checked()
    press(phone, "继续")
    expect(phone.get_by_label("统一社会信用代码")).to_have_value(CREDIT_CODE)
    press(phone, "继续")
    phone.get_by_label("党员大约有多少人").fill("3")
    press(phone, "继续")
    phone.get_by_label("姓名").fill("陈主任")
    phone.get_by_label("邮箱").fill("chen@jiangcheng.example")
    press(phone, "继续")
    phone.get_by_label("六位验证码").fill(running.mailbox.code("chen@jiangcheng.example"))
    press(phone, "继续")
    phone.get_by_label("网址").fill("jiangcheng")
    expect(phone.locator("#availability")).to_contain_text("可以使用")
    press(phone, "继续")
    phone.get_by_label("我已阅读并同意").check()
    press(phone, "继续")
    expect(phone.get_by_text("费用：0 元")).to_be_visible()
    press(phone, "开通")


def watch_it_open_and_go_in(phone: Page) -> None:
    expect(phone.get_by_role("heading", name="工作空间已开通")).to_be_visible(timeout=60_000)
    link = phone.get_by_role("link", name="设置密码并进入").get_attribute("href")
    assert link
    activate(phone, link)
    expect(phone.get_by_role("heading", name="陈主任，你好")).to_be_visible()


def ticked(phone: Page, number: int, *, at: str = "") -> None:
    if at:
        phone.goto(at)
    expect(phone.get_by_role("heading", name=f"开始使用：已完成 {number} / 5")).to_be_visible()
    expect(phone.locator(".checklist li.done")).to_have_count(number)


def set_up_a_branch(phone: Page) -> str:
    """Below the root of the template's tree; returns the name."""
    phone.locator(".checklist").get_by_role("link", name="调整组织架构").click()
    follow(phone, "新增组织")
    phone.get_by_label("全称").fill("急诊医学科党支部")
    phone.get_by_label("组织类别").select_option(label="党支部")
    press(phone, "设立")
    expect(phone.get_by_role("heading", name="急诊医学科党支部")).to_be_visible()
    return "急诊医学科党支部"


def import_three_members(phone: Page, here: str, branch: str) -> None:
    lines = ["姓名,公民身份号码,所在党支部,人员类别,入党日期,转正日期,手机号"]
    membership = f"{branch},正式党员,2015-07-01,2016-07-01"
    lines += [f"{who.name},{who.citizen_number},{membership},{who.phone}" for who in PEOPLE]
    phone.goto(here)
    phone.locator(".checklist").get_by_role("link", name="导入党员名册").click()
    phone.get_by_label("花名册文件").set_input_files(
        {"name": "党员.csv", "mimeType": "text/csv", "buffer": "\n".join(lines).encode()}
    )
    press(phone, "上传并核对列")
    press(phone, "试算")
    press(phone, "导入这 3 人")
    phone.get_by_role("link", name="查看结果").click(timeout=30_000)
    expect(phone.get_by_text("新增 3 人")).to_be_visible()


def appoint_the_secretary(phone: Page, here: str, branch: str) -> None:
    go_to_branch(phone, here, branch)
    follow(phone, "登记书记")
    phone.get_by_role("combobox", name="党员").fill(SECRETARY.name)
    phone.get_by_role("option", name=SECRETARY.name).click()
    phone.get_by_label("任职日期").fill(str(now().date() - timedelta(days=30)))
    press(phone, "登记任职")
    expect(phone.get_by_text("还没有登记书记")).to_have_count(0)
    expect(phone.locator("main")).to_contain_text(SECRETARY.name)


def go_to_branch(phone: Page, here: str, branch: str) -> None:
    phone.goto(f"{here}/organization/?q={branch}")
    follow(phone, branch)


def invite_by_link(phone: Page, here: str, branch: str) -> str:
    phone.goto(f"{here}/access/invitations/new/")
    phone.get_by_label("加入到").select_option(label=f"　{branch}")
    phone.get_by_label("加入前由管理员或书记审核").uncheck()
    press(phone, "生成邀请")
    return phone.get_by_label("邀请链接").input_value()


def join_by(phone: Page, link: str, who: Person) -> Page:
    """On the person's own phone; the register knows name and number, so they are linked at once."""
    phone.goto(link)
    phone.get_by_label("姓名").fill(who.name)
    phone.get_by_label("手机号").fill(who.phone)
    phone.get_by_label("设置密码").fill(PASSWORD)
    phone.get_by_label("再输入一次").fill(PASSWORD)
    press(phone, "加入")
    return phone


def plan_what_is_owed(phone: Page, here: str, branch: str) -> str:
    """From the year's obligations, for this very hour; returns the activity's address."""
    row = row_of(phone, here, branch)
    row.get_by_role("link", name="安排").click()
    start = now().astimezone(SHANGHAI) - timedelta(minutes=5)
    phone.get_by_label("开始时间").fill(local(start))
    phone.get_by_label("结束时间").fill(local(start + timedelta(hours=1)))
    phone.get_by_label("地点").fill("门诊楼三楼会议室")
    press(phone, "保存")
    expect(phone.get_by_text("应到 3 人，实到 0 人")).to_be_visible()
    return phone.url


def row_of(phone: Page, here: str, branch: str) -> Locator:
    """This quarter's general meeting among the year's obligations."""
    phone.goto(f"{here}/organization/?q={branch}")
    follow(phone, branch)
    follow(phone, "年度要求")
    return phone.locator("li", has=phone.locator("strong", has_text="党员大会")).last


def check_in_by_qr(phone: Page, meeting: str, member: Page) -> None:
    """The screen shows a QR; a camera opens what it says."""
    phone.goto(meeting)
    press(phone, "开放签到")
    drawn = phone.locator(".qr path.qrline").get_attribute("d")
    member.goto(read_qr(drawn or ""))
    press(member, "签到")
    expect(member.get_by_text("签到成功")).to_be_visible()
    expect(phone.locator("#screen").get_by_role("status")).to_contain_text("1 / 3")


def check_in_by_code(phone: Page, meeting: str, member: Page, here: str) -> None:
    """Six digits, spoken in the room."""
    member.goto(here)
    follow(member, phone.get_by_role("heading", level=1).inner_text())
    follow(member, "签到")
    member.get_by_label("六位口令").fill(phone.locator(".qr-code").inner_text())
    press(member, "签到")
    expect(member.get_by_text("签到成功")).to_be_visible()
    expect(phone.locator("#screen").get_by_role("status")).to_contain_text("2 / 3")


def write_up_and_close(phone: Page, meeting: str) -> None:
    phone.goto(meeting)
    follow(phone, "会议记录")
    phone.locator("textarea").fill("会议传达了上级文件精神，讨论了急诊绿色通道的党员责任区。")
    press(phone, "保存记录")
    follow(phone, "登记决议")
    phone.get_by_label("决议事项").fill("设立急诊绿色通道党员责任区")
    press(phone, "保存")
    expect(phone.get_by_role("link", name="设立急诊绿色通道党员责任区")).to_be_visible()
    follow(phone, "归档")
    press(phone, "归档")
    expect(phone.get_by_text("已归档，完成：")).to_be_visible()


def the_operator_sees_it_and_no_name(desk: Page, console: str) -> None:
    desk.goto(f"{console}/workspaces/")
    follow(desk, NAME)
    press(desk, "立即刷新")
    reload_until(desk, desk.locator(".checklist li.done").nth(4))
    text = desk.locator("main").inner_text()
    assert "使用中" in text and "少于 5" in text
    for path in ("", "workspaces/", "openings/", "entries/", "health/"):
        desk.goto(f"{console}/{path}")
        text += desk.locator("body").inner_text()
    said = ("急诊", "责任区", "陈主任", "chen@", *(who.name for who in PEOPLE), *(who.phone for who in PEOPLE))
    assert [words for words in said if words in text] == []
