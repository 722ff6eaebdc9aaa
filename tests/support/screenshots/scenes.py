"""What must happen in the demo before a picture is worth taking. Each is done through the pages, as people do it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page

from tests.support.screenshots.camera import DESK, PHONE, Camera
from tests.support.screenshots.roster import roster

SHANGHAI = ZoneInfo("Asia/Shanghai")
MARKED = 18
FIRST_PASSWORD = "Arrived-here-88"


def first_hour(camera: Camera) -> Page:
    """The home page of an administrator who has just set the first password."""
    activation = camera.demo.open_workspace("江城市实验中学", "shiyan", "community")
    page = camera.page("", DESK)
    page.goto(activation)
    page.get_by_label("新密码").fill(FIRST_PASSWORD)
    page.get_by_label("再输入一次").fill(FIRST_PASSWORD)
    page.get_by_role("button", name="设置密码并进入").click()
    page.get_by_text("开始使用：已完成").wait_for()
    return page


def rehearsed_import(camera: Camera) -> str:
    """The address of an import that waits at its dry run."""
    page = camera.page("admin", DESK)
    page.goto(camera.url("admin", "/members/imports/new/"))
    page.locator("input[type=file]").set_input_files(
        {
            "name": "总装车间党员花名册.xlsx",
            "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "buffer": roster(on=datetime.now(SHANGHAI).date()),
        }
    )
    page.get_by_role("button", name="上传并核对列").click()
    page.get_by_role("button", name="试算").click()
    page.wait_for_url("**/review/**")
    address = page.url
    page.close()
    return address


def rehearsed_list(camera: Camera) -> Page:
    """A list of units, rehearsed: one is new, one is said otherwise, one cannot be."""
    page = camera.page("admin", DESK)
    page.goto(camera.url("admin", "/organization/"))
    root = page.locator("main .tree-label").first.get_attribute("href")
    page.goto(camera.url("admin", f"{root}children/listing/"))
    lines = (
        "全称\t组织类别\t成立日期\t行政区划",
        "物流配送党支部\t党支部\t2026年7月1日\t上海市",
        "离退休党支部\t\t2019-06-30\t",
        "云计算党支部\t党支部\t去年\t",
    )
    page.get_by_label("或者粘贴名单").fill("\n".join(lines))
    page.get_by_role("button", name="试算").click()
    page.locator("#shown-title").wait_for()
    return page


def late_case(camera: Camera) -> str:
    """The address of a development case with a step that is overdue."""
    page = camera.page("admin", DESK)
    page.goto(camera.url("admin", "/development/overdue/"))
    address = page.locator("main th a").first.get_attribute("href")
    page.close()
    return camera.url("admin", address or "")


def meeting_now(camera: Camera) -> str:
    """The address of a meeting that is going on, with check-in open and people coming in."""
    page = camera.page("shuji", DESK)
    page.goto(camera.url("shuji", "/activities/new/"))
    begins = datetime.now(SHANGHAI).replace(second=0, microsecond=0) - timedelta(minutes=5)
    page.get_by_label("主题", exact=True).fill("主题党日：安全生产大家谈")
    page.get_by_label("主题党日", exact=True).check()
    page.get_by_label("开始时间").fill(begins.strftime("%Y-%m-%dT%H:%M"))
    page.get_by_label("结束时间").fill((begins + timedelta(minutes=90)).strftime("%Y-%m-%dT%H:%M"))
    page.get_by_label("地点").fill("党员活动室")
    page.get_by_label("议程").fill("一、学习安全生产法\n二、岗位隐患大家谈\n三、形成整改清单")
    page.get_by_role("button", name="保存", exact=True).click()
    page.wait_for_url(lambda address: not address.endswith("/new/"))
    address = page.url
    page.get_by_role("button", name="开放签到").click()
    page.goto(address + "roll/")
    boxes = page.locator("input[name=present]")
    for number in range(min(MARKED, boxes.count())):
        boxes.nth(number).check()
    page.get_by_role("button", name="保存点名").click()
    page.close()
    return address


def checked_in(camera: Camera, meeting: str) -> Page:
    """A member's phone, a moment after the code was typed."""
    screen = camera.page("shuji", DESK)
    screen.goto(meeting + "screen/")
    code = screen.locator(".qr-code").inner_text()
    screen.close()
    phone = camera.page("dangyuan", PHONE)
    phone.goto(meeting + "check-in/")
    phone.locator("input[name=code]").fill("".join(code.split()))
    phone.get_by_role("button", name="签到").click()
    phone.get_by_text("签到成功").wait_for()
    return phone
