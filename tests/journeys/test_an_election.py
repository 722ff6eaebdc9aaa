"""A whole election: the secretary on a phone, from the request to the result; the administrator above answers."""

from playwright.sync_api import Page, expect

from tests.journeys.running import Running
from tests.journeys.steps import PASSWORD, follow, looks_right, open_workspace, press, sign_in

SLUG = "huanjie"


def test_from_the_request_to_the_posts(running: Running, phone: Page, desk: Page) -> None:
    open_workspace(running, SLUG)
    running.python(f"from tests.journeys import beside; beside.may_elect({SLUG!r})")
    here = running.url(SLUG, "").rstrip("/")
    sign_in(phone, here, "shuji", PASSWORD)
    expect(phone.locator("main")).to_contain_text("任期将满，准备换届")
    follow(phone, "任期将满，准备换届")
    phone.get_by_label("委员名额").fill("3")
    press(phone, "开始办理")
    case = phone.url
    sign_in(desk, here, f"admin@{SLUG}.example", PASSWORD)
    ask(phone, "报送换届请示")
    answer(desk, here, "换届请示")
    phone.goto(f"{case}candidates/")
    phone.locator("select[name=people]").select_option(index=list(range(4)), force=True)
    press(phone, "保存")
    ask(phone, "候选人报上级批复")
    answer(desk, here, "候选人预备人选")
    phone.goto(case)
    follow(phone, "登记党员大会")
    phone.get_by_label("实到会有选举权的党员人数").fill("8")
    press(phone, "开会，固定名单")
    looks_right(phone, "election-meeting")
    count(phone, "委员", ballots="8", votes=("8", "7", "6", "2"))
    count(phone, "书记", ballots="3", votes=("3",))
    count(phone, "副书记", ballots="3", votes=("2",))
    follow(phone, "登记委员分工")
    press(phone, "保存")
    ask(phone, "选举结果报上级")
    looks_right(phone, "election-asked")
    answer(desk, here, "选举结果")
    expect(desk.locator("main")).to_contain_text("已办结：新一届从")
    looks_right(desk, "election-done")


def ask(page: Page, name: str) -> None:
    follow(page, name)
    press(page, "报送上级")
    expect(page.locator("main")).to_contain_text("已报上级，等待批复")


def answer(page: Page, here: str, what: str) -> None:
    """From the first page of the one above."""
    page.goto(f"{here}/elections/board/")
    expect(page.locator("main")).to_contain_text(what)
    follow(page, "批复")
    page.get_by_label("批复文号").fill("党组〔2026〕3号")
    press(page, "提交批复")
    expect(page.locator("main .timeline")).to_contain_text("上级批复")


def count(page: Page, post: str, *, ballots: str, votes: tuple[str, ...]) -> None:
    """Enter one round; who is left empty does not stand."""
    follow(page, f"登记计票：{post}")
    for label in ("实到会人数", "发出选票", "收回选票", "有效票"):
        page.get_by_label(label, exact=True).fill(ballots)
    for place, yes in enumerate(votes):
        page.locator("input[name$=_yes]").nth(place).fill(yes)
        page.locator("input[name$=_no]").nth(place).fill(str(int(ballots) - int(yes)))
    press(page, "登记计票结果")
    expect(page.locator("main")).to_contain_text(f"选举{post}")
