"""A workspace ends: asked for, taken back, asked for again, taken away, sealed; two operators destroy it; the proof."""

import json
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.journeys.running import Running
from tests.journeys.steps import activate, follow, looks_right, open_workspace, operator, press, reload_until

SLUG, NAME = "leaving", "江城市第二医院"
CONTACT = f"admin@{SLUG}.example"
READ_ONLY = "关闭，目前只读"


def left(running: Running) -> dict[str, int]:
    return json.loads(running.python(f"from tests.journeys import ends; ends.left({NAME!r})"))


def days_pass(running: Running, days: int) -> None:
    running.python(f"from tests.journeys import ends; ends.days_pass({NAME!r}, {days})")


def ask_to_close(page: Page, here: str, reason: str) -> None:
    """Read what happens, type the name, ask; then everything is read-only."""
    page.goto(f"{here}/archives/closing/")
    expect(page.get_by_text("封存再保留 30 天")).to_be_visible()
    page.get_by_label("原因").fill(reason)
    page.get_by_label(f"请输入单位名称“{NAME}”以确认").fill(NAME)
    press(page, "申请关闭")
    expect(page.get_by_text("已提交，一分钟内变为只读")).to_be_visible()
    reload_until(page, page.get_by_text(READ_ONLY).first)


def test_a_workspace_ends_and_two_operators_see_that_nothing_is_left(
    running: Running, browser: Browser, desk: Page, tmp_path: Path
) -> None:
    activate(desk, open_workspace(running, SLUG, name=NAME))
    here = running.url(SLUG, "").rstrip("/")
    desk.goto(f"{here}/archives/closing/")
    looks_right(desk, "closing-asked")
    ask_to_close(desk, here, "合并到江城市第一医院")
    looks_right(desk, "closing-in-grace")
    nothing_can_be_written(desk, here)
    assert "管理员可以在工作空间里撤销关闭" in running.mailbox.newest(CONTACT)

    take_back(desk, here)
    ask_to_close(desk, here, "还是合并")
    archive = take_everything_away(desk, here, tmp_path)
    assert json.loads(running.manage("workspace", "verify", str(archive), "--json"))["workspace"] == SLUG

    first = operator(running, browser, "first@platform.example", "周运营")
    second = operator(running, browser, "second@platform.example", "吴复核")
    page_of_closing(first, running)
    expect(first.locator("main").get_by_text("期限内，可撤销")).to_be_visible()
    looks_right(first, "console-closing-in-grace")
    before = left(running)
    assert (before["schema"], before["role"], before["key"]) == (1, 1, 1)
    assert before["tables"] > 20 and before["files"] >= 1

    days_pass(running, 31)
    reload_until(first, first.locator("main").get_by_text("已封存").first)
    looks_right(first, "console-closing-sealed")
    assert left(running) == {"schema": 0, "role": 0, "tables": 0, "jobs": 0, "files": 0, "key": 1, "sealed": 1}
    assert desk.goto(f"{here}/sign-in/").status == 404  # type: ignore[union-attr]

    destroy_with_two(first, second, running)
    assert set(left(running).values()) == {0}
    proof = read_the_proof(first, tmp_path)
    assert set(proof["stores"].values()) == {0}
    assert proof["sha256"] in running.mailbox.newest(CONTACT)
    for page in (first, second):
        page.context.close()


def nothing_can_be_written(page: Page, here: str) -> None:
    page.goto(f"{here}/access/invitations/new/")
    page.get_by_label("加入到").select_option(index=1)
    with page.expect_response(lambda answer: answer.request.method == "POST") as answered:
        page.get_by_role("button", name="生成邀请").click()
    assert answered.value.status == 409


def take_back(page: Page, here: str) -> None:
    page.goto(f"{here}/archives/closing/")
    page.get_by_label("原因").fill("再用一个季度")
    press(page, "撤销关闭，继续使用")
    expect(page.get_by_text("已提交，一分钟内恢复正常使用")).to_be_visible()
    reload_until(page, page.get_by_role("button", name="申请关闭"))
    expect(page.get_by_text(READ_ONLY)).to_have_count(0)


def take_everything_away(page: Page, here: str, folder: Path) -> Path:
    """From the closing's page to the archive, and down onto the disk."""
    page.goto(f"{here}/archives/closing/")
    follow(page, "导出全部数据")
    press(page, "开始导出")
    there = page.locator("main").get_by_role("link", name="下载")
    reload_until(page, there)
    looks_right(page, "closing-archive")
    with page.expect_download() as download:
        there.first.click()
    target = folder / "taken.zip"
    download.value.save_as(target)
    return target


def page_of_closing(page: Page, running: Running) -> None:
    page.goto(running.url("console", "/closings/"))
    page.locator("main").get_by_role("link", name=NAME).first.click()
    expect(page.locator("main").get_by_text("单位管理员").first).to_be_visible()


def destroy_with_two(first: Page, second: Page, running: Running) -> None:
    """One asks, and cannot agree; another one does. Leaves the first at the page of the closing."""
    closing = first.url
    follow(first, NAME)
    follow(first, "提前销毁封存数据")
    first.get_by_label("原因").fill("单位来函要求立即清除")
    first.get_by_label(f"请输入网址“{SLUG}”以确认").fill(SLUG)
    press(first, "提前销毁封存数据")
    expect(first.get_by_text("等另一位运营人员").first).to_be_visible()
    expect(first.get_by_role("button", name="复核通过")).to_have_count(0)
    second.goto(running.url("console", "/closings/"))
    looks_right(second, "console-closings-waiting")
    press(second, "复核通过")
    second.get_by_role("alertdialog").get_by_role("button", name="复核通过").click()
    expect(second.get_by_text("已复核通过")).to_be_visible()
    first.goto(closing)
    reload_until(first, first.locator("main").get_by_text("已清除").first)
    expect(first.get_by_role("heading", name="删除证明")).to_be_visible()


def read_the_proof(page: Page, folder: Path) -> dict[str, dict[str, int]]:
    """On the page, and as the file it offers."""
    proof = page.locator("section", has=page.get_by_role("heading", name="删除证明"))
    for store in ("独立空间", "数据库角色", "数据表", "文件", "封存件", "任务", "密钥", "网址"):
        expect(proof.locator("dt", has_text=store).first).to_be_visible()
    looks_right(page, "console-proof")
    with page.expect_download() as download:
        proof.get_by_role("link", name="JSON").click()
    target = folder / "proof.json"
    download.value.save_as(target)
    return json.loads(target.read_text())
