"""The register: who sees whom, how people are found."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tenants import context
from tests.members.people import admit, branch, fill
from tests.support.cast import Cast
from workspace.members.models import Member
from workspace.organization.models import Unit


def names(cast: Cast, words: str) -> list[str]:
    with context.inside(cast.jia):
        return sorted(Member.objects.matching(words).values_list("name", flat=True))


@pytest.mark.parametrize("words", ["张三丰", "三丰", "张", "zhangsanfeng", "zhang san", "sanfeng", "zsf", "ZS", "1234"])
def test_a_member_is_found_by_name_pinyin_initials_and_phone_tail(cast: Cast, words: str) -> None:
    admit(cast)
    assert "张三丰" in names(cast, words)


@pytest.mark.parametrize("words", ["李", "san feng z", "123", "5234", "'", "\\", ":*", "a'b:*|c", "!", "张三丰x"])
def test_what_does_not_fit_finds_nobody_and_breaks_nothing(cast: Cast, words: str) -> None:
    admit(cast)
    assert "张三丰" not in names(cast, words)


def test_a_new_name_or_phone_is_found_after_a_change(cast: Cast) -> None:
    member = admit(cast)
    with context.inside(cast.jia):
        member.name, member.phone = "欧阳修", "13900005678"
        member.save(update_fields=["name", "phone"])
    assert names(cast, "oyx") == ["欧阳修"] == names(cast, "5678")
    assert names(cast, "zsf") == []


def test_search_is_served_by_the_index_with_twenty_thousand_members(cast: Cast) -> None:
    with context.inside(cast.jia):
        unit = branch()
        Member.objects.bulk_create([Member(unit=unit, name=f"李{n:05d}") for n in range(20_000)], batch_size=2_000)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE members_member")
        for words in ("王党员", "wangd", "wdy"):
            plan = Member.objects.matching(words).explain()
            assert "member_search" in plan, plan
            assert "Seq Scan on members_member" not in plan, plan


def test_the_secretary_sees_their_own_branch_and_nobody_else(cast: Cast) -> None:
    page = cast.signed_in("secretary").get("/members/").content.decode()
    assert "王党员" in page
    assert "赵外人" not in page


def test_the_administrator_sees_everybody_with_phones_masked(cast: Cast) -> None:
    admit(cast)
    page = cast.signed_in("owner").get("/members/").content.decode()
    assert "赵外人" in page
    assert "138****1234" in page
    assert "13812341234" not in page


def test_a_plain_member_is_sent_to_their_own_record(cast: Cast) -> None:
    assert cast.signed_in("member").get("/members/").headers["Location"] == "/members/me/"


def test_filters_narrow_and_nonsense_in_the_address_does_not_raise(cast: Cast) -> None:
    admit(cast, name="钱流动", is_floating=True, sex="2", education="21", birth_date="1990-01-01")
    owner = cast.signed_in("owner")
    for query in ("condition=floating", "sex=2", "education=2", "age=40", "q=qld", "category=full&sort=-age"):
        page = owner.get(f"/members/?{query}").content.decode()
        assert "钱流动" in page, query
    assert "王党员" not in owner.get("/members/?condition=floating").content.decode()
    assert "钱流动" not in owner.get("/members/?standing=left").content.decode()
    assert owner.get("/members/?unit=99999&age=x&page=zz&sort=;drop&col=nope").status_code == 200


def test_chosen_columns_are_remembered(cast: Cast) -> None:
    owner = cast.signed_in("owner")
    owner.get("/members/?col=job")
    again = owner.get("/members/").content.decode()
    assert "工作岗位" in again.split("<thead>")[1].split("</thead>")[0]
    assert "手机号码" not in again.split("<thead>")[1].split("</thead>")[0]


def test_the_list_asks_as_many_queries_for_fifty_as_for_three(cast: Cast) -> None:
    owner = cast.signed_in("owner")
    owner.get("/members/")
    with CaptureQueriesContext(connection) as few:
        owner.get("/members/")
    with context.inside(cast.jia):
        fill(60, branch())
    with CaptureQueriesContext(connection) as many:
        owner.get("/members/")
    assert len(many) == len(few)
    assert len(many) <= 20


def test_an_empty_register_leads_to_the_import(cast: Cast) -> None:
    with context.inside(cast.jia):
        Member.objects.all().delete()
    page = cast.signed_in("owner").get("/members/").content.decode()
    assert "/members/imports/new/" in page.split("名册里还没有人")[1]


def test_the_picker_finds_present_members_only(cast: Cast) -> None:
    admit(cast, name="孙在册")
    admit(cast, name="孙离开", left_on="2026-01-01")
    found = cast.signed_in("owner").get("/members/search/?q=sun").json()["results"]
    assert [one["text"] for one in found] == ["孙在册"]
    assert cast.signed_in("member").get("/members/search/?q=sun").json()["results"] == []


def test_a_units_page_counts_its_people_and_opens_the_register_there(cast: Cast) -> None:
    admit(cast, category="applicant")
    with context.inside(cast.jia):
        root = Unit.objects.get(depth=1).pk
    page = cast.signed_in("owner").get(f"/organization/units/{root}/").content.decode()
    assert f"/members/?unit={root}&amp;category=applicant" in page
    stranger = cast.signed_in("stranger").get(f"/organization/units/{root}/")
    assert "/members/?unit=" not in stranger.content.decode()
