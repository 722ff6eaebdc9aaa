"""A whole appraisal: the secretary at a desk, a member on a phone, from the self-review to the own timeline."""

from playwright.sync_api import Page, expect

from shared.clock import today
from tests.journeys.running import Running
from tests.journeys.steps import PASSWORD, follow, looks_right, open_workspace, press, sign_in

SLUG = "pingyi"


def test_from_the_self_review_to_the_timeline(running: Running, phone: Page, desk: Page) -> None:
    open_workspace(running, SLUG)
    running.python(f"from tests.journeys import beside; beside.may_appraise({SLUG!r})")
    here = running.url(SLUG, "").rstrip("/")
    year = today().year
    sign_in(desk, here, "shuji", PASSWORD)
    desk.goto(f"{here}/activities/obligations/")
    follow(desk, "办理评议")
    follow(desk, "开展民主评议")
    press(desk, "开始")
    case = desk.url

    sign_in(phone, here, "wangqiang", PASSWORD)
    follow(phone, "写民主评议自评")
    follow(phone, "写自评")
    phone.get_by_label("自评", exact=True).fill("完成了两项工艺改进；学习抓得不紧。")
    press(phone, "保存")
    expect(phone.locator("main")).to_contain_text("完成了两项工艺改进")
    looks_right(phone, "appraisal-mine")
    mine = phone.url

    desk.goto(case)
    follow(desk, "开会，开始互评")
    press(desk, "开始互评")
    phone.goto(mine)
    phone.locator("main li", has_text="吴委员").get_by_role("link", name="写意见").click()
    phone.get_by_label("意见").fill("带徒弟很耐心。")
    press(phone, "保存")
    expect(phone.locator("main")).to_contain_text("已写")

    desk.goto(case)
    follow(desk, "开始测评")
    desk.get_by_label("纸质测评表").check()
    press(desk, "开始测评")
    follow(desk, "登记测评结果")
    count(desk)
    follow(desk, "评定等次")
    looks_right(desk, "appraisal-grading")
    press(desk, "保存")
    follow(desk, "公布结果")
    press(desk, "公布")
    looks_right(desk, "appraisal-announced")
    press(desk, "归档")
    desk.get_by_role("alertdialog").get_by_role("button", name="归档").click()
    expect(desk.locator("main")).to_contain_text("已完成")

    phone.goto(mine)
    expect(phone.locator("main")).to_contain_text("优秀")
    phone.goto(f"{here}/members/me/")
    expect(phone.locator("main .timeline").first).to_contain_text(f"{year}年度民主评议 · {year} · 优秀")
    looks_right(phone, "appraisal-timeline")


def count(page: Page) -> None:
    """Eight ballots: 王强 and 吴委员 are excellent to most."""
    for label in ("发出测评表", "收回测评表", "有效测评表"):
        page.get_by_label(label).fill("8")
    for row in page.locator("fieldset.marks").all():
        best = row.locator("legend").inner_text() in {"王强", "吴委员"}
        cells = row.locator("input")
        cells.nth(0).fill("7" if best else "1")
        cells.nth(1).fill("1" if best else "7")
    press(page, "登记")
    expect(page.locator("main")).to_contain_text("有效 8")
