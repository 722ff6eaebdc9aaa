"""What nobody does alone: taking many people away in full, and putting a workspace's content back to what it was."""

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.journeys.browsing import PHONE, opened
from tests.journeys.running import Running
from tests.journeys.steps import activate, follow, looks_right, open_workspace, operator, press, reload_until, sign_in

SLUG, RESTORED, NAME = "seconded", "restored", "江城市大学"


def test_many_people_leave_in_full_once_another_administrator_agrees(
    running: Running, browser: Browser, desk: Page
) -> None:
    activate(desk, open_workspace(running, SLUG, name=NAME))
    beside(running, f"fill_up({SLUG!r})")
    here = running.url(SLUG, "").rstrip("/")
    second = signed_in(browser, here, "second")
    desk.goto(f"{here}/members/export/")
    looks_right(desk, "export-form")
    desk.get_by_label("CSV").check()
    desk.get_by_label("包含完整的身份证号、手机号和住址").check()
    desk.get_by_label("用途").fill("上级组织部年度统计")
    press(desk, "导出")
    expect(desk.get_by_text("已提交复核")).to_be_visible()
    expect(desk.get_by_text("吴副书记").first).to_be_visible()
    looks_right(desk, "consent-asked")
    second.goto(f"{here}/access/consents/")
    looks_right(second, "consents-waiting")
    follow(second, "查看并决定 陈主任")
    expect(second.get_by_text("上级组织部年度统计")).to_be_visible()
    looks_right(second, "consent-to-decide")
    press(second, "同意")
    expect(second.get_by_text("已同意，并通知了申请人")).to_be_visible()
    desk.reload()
    looks_right(desk, "consent-agreed")
    with desk.expect_download() as download:
        follow(desk, "下载名册")
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert "138****" not in text and len(text.splitlines()) > 200
    desk.goto(f"{here}/archives/")
    expect(desk.get_by_text("要有另一位管理员同意，才开始导出")).to_be_visible()
    looks_right(desk, "archives-of-many")
    second.context.close()


def test_operators_go_on_with_a_restore_and_take_it_back_together(
    running: Running, browser: Browser, tmp_path: Path
) -> None:
    open_workspace(running, RESTORED, name=NAME)
    archive = tmp_path / "restored.zip"
    running.manage("workspace", "export", RESTORED, "--to", str(archive), "--json")
    beside(running, f"stop_a_restore({RESTORED!r}, {str(archive)!r})")
    first = operator(running, browser, "third@platform.example", "郑运营")
    second = operator(running, browser, "fourth@platform.example", "王复核")
    first.goto(running.url("console", "/restorings/"))
    looks_right(first, "console-restorings")
    follow(first, NAME)
    expect(first.get_by_text("没有后台任务在做")).to_be_visible()
    looks_right(first, "console-restoring-stopped")
    restoring = first.url
    press(first, "从这一步继续")
    reload_until(first, first.locator("main").get_by_text("已完成").first, within_s=90)
    looks_right(first, "console-restoring-done")
    assert beside(running, f"root_of({RESTORED!r})") == f"{NAME}党委"
    follow(first, "退回恢复之前")
    first.get_by_label("原因").fill("其实没有改坏")
    first.get_by_label(f"请输入网址“{RESTORED}”以确认").fill(RESTORED)
    press(first, "退回恢复之前")
    expect(first.get_by_text("等另一位运营人员").first).to_be_visible()
    second.goto(running.url("console", "/restorings/"))
    looks_right(second, "console-restorings-waiting")
    press(second, "复核通过")
    second.get_by_role("alertdialog").get_by_role("button", name="复核通过").click()
    expect(second.get_by_text("已复核通过")).to_be_visible()
    second.goto(running.url("console", "/restorings/?kind=back&result=done"))
    reload_until(second, second.locator("main").get_by_role("link", name=NAME).first, within_s=90)
    assert beside(running, f"root_of({RESTORED!r})") == "改坏了的名称"
    first.goto(restoring)
    for page in (first, second):
        page.context.close()


def beside(running: Running, call: str) -> str:
    """Call one of the functions that run over the product's database; returns what it printed."""
    return running.python(f"from tests.journeys import beside; beside.{call}").strip()


def signed_in(browser: Browser, here: str, who: str) -> Page:
    page = opened(browser, **PHONE)
    sign_in(page, here, who)
    return page
