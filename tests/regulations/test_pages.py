"""规则依据: everybody of a workspace can read every rule, where it is written, how sure it is and what it is for."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
import time_machine

import rules
from rules.uses import uses_of
from tests.support.cast import Cast, Client

LISTING = "/rules/"


@pytest.fixture(autouse=True)
def a_day_in_november():
    with time_machine.travel("2026-11-20 10:00:00+08:00", tick=False):
        yield


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


@pytest.mark.parametrize("who", ["owner", "secretary", "member", "stranger"])
def test_everybody_who_is_signed_in_reads_every_rule_in_force(cast: Cast, who: str) -> None:
    text = page(cast.signed_in(who), LISTING)
    for rule in rules.in_force(date(2026, 11, 20)):
        assert rule.summary in text, rule.key
        assert f"《{rule.document}》" in text


def test_the_entry_stands_in_the_navigation(cast: Cast) -> None:
    assert f'href="{LISTING}"' in page(cast.signed_in("member"), "/")


def test_only_the_text_in_force_on_the_day_is_shown(cast: Cast) -> None:
    client = cast.signed_in("member")
    assert "公示期不少于5个工作日" in page(client, LISTING)
    before = page(client, f"{LISTING}?on=2026-05-10")
    assert "公示期不少于5个工作日" not in before
    assert "中办发〔2014〕33号" in before
    assert "2026-05-10，" in before


def test_versions_of_the_past_and_to_come_are_found(cast: Cast) -> None:
    client = cast.signed_in("member")
    assert "已经失效</strong>" in page(client, f"{LISTING}?standing=past")
    coming = page(client, f"{LISTING}?standing=future&on=2026-05-01&q=公示")
    assert "将要生效</strong>" in coming
    assert "公示期不少于5个工作日" in coming
    both = page(client, f"{LISTING}?standing=all&q=admission.talk_above")
    assert both.count("党委审批前，应当指派人员同发展对象谈话。") == 2


@pytest.mark.parametrize(
    ("asked", "shown", "hidden"),
    [
        ("q=五分之四", "始得当选", "主题党日"),
        ("q=党费 0.5%25", "税后工资收入", "农民党员"),
        ("q=EDUCATION.study", "32学时", "56学时"),
        ("mark=C", "56学时", "32学时"),
        ("tier=local", "地方做法", "税后工资收入"),
        ("document=中国共产党基层组织选举工作条例", "始得当选", "税后工资收入"),
        ("use=Assessing monthly dues", "税后工资收入", "不得垫交"),
        ("use=-", "不得垫交", "税后工资收入"),
    ],
)
def test_rules_are_found_by_word_mark_kind_document_and_use(cast: Cast, asked: str, shown: str, hidden: str) -> None:
    text = page(cast.signed_in("member"), f"{LISTING}?{asked}").partition("</form>")[2]
    assert shown in text
    assert hidden not in text


def test_a_search_that_finds_nothing_says_what_to_do(cast: Cast) -> None:
    text = page(cast.signed_in("member"), f"{LISTING}?q=野餐")
    assert "没有符合条件的规则" in text
    assert "清除筛选" in text


@pytest.mark.parametrize("wrong", ["on=2026-02-30", "on=soon", "standing=never", "mark=Z", "use=nothing"])
def test_nonsense_in_the_address_is_pointed_out_and_the_rest_answered(cast: Cast, wrong: str) -> None:
    text = page(cast.signed_in("member"), f"{LISTING}?{wrong}")
    assert "field-error" in text
    assert "税后工资收入" in text


def test_a_rule_without_verification_is_badged(cast: Cast) -> None:
    text = page(cast.signed_in("member"), f"{LISTING}?q=membership.transfer_letter")
    assert "待核实</span>" in text
    assert "其中 1 条待核实" in text
    assert "核实等级 A</span>" in page(cast.signed_in("member"), f"{LISTING}?q=branch.party_day")


def test_each_rule_says_what_it_is_used_for(cast: Cast) -> None:
    text = page(cast.signed_in("member"), f"{LISTING}?q=dues.six_months_unpaid")
    assert '<a href="/dues/me/">党费欠交提醒</a>' in text
    assert "尚未用到" in page(cast.signed_in("member"), f"{LISTING}?q=dues.no_advance")


def test_a_place_that_is_closed_to_the_reader_is_named_without_a_link(cast: Cast) -> None:
    asked = f"{LISTING}?q=education.roles"
    assert '<a href="/dashboards/">一目了然：业务贡献度</a>' in page(cast.signed_in("owner"), asked)
    member = page(cast.signed_in("member"), asked)
    assert "一目了然：业务贡献度" in member
    assert '<a href="/dashboards/">一目了然：业务贡献度</a>' not in member


def test_one_rule_shows_its_article_figures_source_and_all_versions(cast: Cast) -> None:
    text = page(cast.signed_in("member"), "/rules/admission.development_object/")
    for said in (
        "《中国共产党发展党员工作细则》第十三条",
        "12个月",
        "两处以上互证或见全文",
        "发展党员",
        "可以从严，不能放宽、删除或改写",
        "admission.development_object@2026-05-11",
        "报上级党委备案后",  # what the older text said
    ):
        assert said in text, said


def test_one_rule_follows_the_day_it_is_asked_about(cast: Cast) -> None:
    client = cast.signed_in("member")
    assert "admission.talk@2014-05-28" in page(client, "/rules/admission.talk/?on=2020-01-01")
    assert "这一版还没有生效" in page(client, "/rules/admission.public_notice/?on=2020-01-01")
    newest = page(client, "/rules/admission.talk/?on=nonsense")
    assert "admission.talk@2026-05-11" in newest
    assert "/rules/admission.talk/?on=2014-05-28" in newest  # the way to the older one


def test_every_rule_has_a_page(cast: Cast) -> None:
    client = cast.signed_in("member")
    for code in {rule.code for rule in rules.rulebook().rules}:
        assert client.get(f"/rules/{code}/").status_code == 200, code


def test_an_unknown_rule_is_not_found(cast: Cast) -> None:
    assert cast.signed_in("member").get("/rules/branch.picnic/").status_code == 404


def test_the_page_speaks_english(cast: Cast) -> None:
    client = cast.signed_in("member")
    client.cookies["django_language"] = "en"
    text = page(client, LISTING)
    assert "Before a development object is decided on there is public notice of at least five working days." in text
    assert "5 working days" in text
    assert "Reminding of dues in arrears" in text
    assert "To be verified</span>" in text


def test_what_is_shown_can_be_taken_away(cast: Cast) -> None:
    answer = cast.signed_in("member").get(f"{LISTING}?q=公示期&form=xlsx")
    rows = list(openpyxl.load_workbook(BytesIO(answer.content)).active.values)
    assert rows[0][:4] == ("文件", "文号", "条款", "内容")
    assert [row[11] for row in rows[1:]] == ["admission.public_notice@2026-05-11"]
    assert rows[1][4] == "5个工作日"
    assert cast.signed_in("member").get(f"{LISTING}?form=csv")["Content-Type"].startswith("text/csv")


def test_the_page_asks_the_database_for_nothing_of_its_own(cast: Cast, django_assert_max_num_queries) -> None:
    client = cast.signed_in("member")
    client.get(LISTING)
    with django_assert_max_num_queries(12):
        client.get(LISTING)


# ── The API ──────────────────────────────────────────────────────────────────────────────────────────


def test_the_api_answers_with_the_same_rules(cast: Cast) -> None:
    client = cast.signed_in("member")
    found = client.get("/api/v1/rules/?on=2026-05-11").json()
    assert [one["key"] for one in found] == [rule.key for rule in rules.in_force(date(2026, 5, 11))]
    notice = next(one for one in found if one["code"] == "admission.public_notice")
    assert notice["parameters"] == {"working_days": 5}
    assert notice["figures"] == [{"zh": "5个工作日", "en": "5 working days"}]
    assert notice["may_be_tightened"] == {"working_days": "higher"}
    assert (notice["verification"], notice["needs_verification"], notice["effective_to"]) == ("A", False, None)
    wage = client.get("/api/v1/rules/?q=dues.wage").json()[0]
    assert wage["parameters"]["bands"][0] == {"up_to": "3000", "rate": "0.005"}
    assert {use["zh"] for use in wage["used_in"]} == {use.label for use in uses_of("dues.wage")}


def test_the_api_gives_every_version_of_one_rule(cast: Cast) -> None:
    versions = cast.signed_in("member").get("/api/v1/rules/admission.talk/").json()
    assert [one["effective_from"] for one in versions] == ["2014-05-28", "2026-05-11"]


def test_the_api_refuses_nonsense_by_field(cast: Cast) -> None:
    client = cast.signed_in("member")
    refused = client.get("/api/v1/rules/?on=soon&mark=Z")
    assert refused.status_code == 400
    assert set(refused.json()["fields"]) == {"on", "mark"}
    assert client.get("/api/v1/rules/branch.picnic/").json()["code"] == "not_found"


def test_a_stranger_to_the_workspace_reads_nothing(cast: Cast) -> None:
    assert Client("jia").get("/api/v1/rules/").status_code in {401, 403}
    assert "/sign-in/" in Client("jia").get(LISTING)["Location"]
