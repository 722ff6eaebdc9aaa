"""One member: seen by the right people, changed with care, left and brought back."""

import json
from datetime import date
from typing import Any

import pytest

from shared.identity.citizen import SYNTHETIC_REGION, check_digit
from tenants import context
from tests.members.people import admit, branch
from tests.support.cast import Cast, Client
from workspace.audit.models import Entry
from workspace.members.models import Member

BODY = SYNTHETIC_REGION + "19850305123"
NUMBER = BODY + check_digit(BODY)  # a man born 1985-03-05


def lines(cast: Cast, verb: str) -> list[dict[str, Any]]:
    with context.inside(cast.jia):
        return list(Entry.objects.filter(verb=verb).values_list("details", flat=True))


def typed(cast: Cast, **facts: Any) -> dict[str, Any]:
    with context.inside(cast.jia):
        unit = branch().pk
    return {
        "unit": unit,
        "name": "周小明",
        "category": "full",
        "citizen_number": NUMBER,
        "joined_on": "2010-07-01",
        "converted_on": "2011-07-01",
    } | facts


def opened(client: Client, member: Member) -> dict[str, Any]:
    """What the edit form would send if nothing were typed."""
    form = client.get(f"/members/{member.pk}/edit/").context["form"]
    fields = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in fields.items() if value not in (None, False, "")}


def test_a_member_added_by_hand_gets_birth_date_and_sex_from_the_number(cast: Cast) -> None:
    answer = cast.signed_in("secretary").post("/members/new/", typed(cast))
    assert answer.status_code == 302
    with context.inside(cast.jia):
        made = Member.objects.get(citizen_number=NUMBER)
        assert (made.birth_date, made.sex, made.pinyin) == (date(1985, 3, 5), "1", "zhouxiaoming")
    assert lines(cast, "member.created") == [{"unit": "第一党支部"}]


def test_a_conflict_with_the_number_is_named_and_may_be_accepted(cast: Cast) -> None:
    secretary = cast.signed_in("secretary")
    refused = secretary.post("/members/new/", typed(cast, sex="2"))
    assert refused.status_code == 422
    assert "与身份证号中的“男”不一致" in refused.content.decode()
    assert secretary.post("/members/new/", typed(cast, sex="2", accepted="on")).status_code == 302


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"citizen_number": NUMBER[:-1] + ("0" if NUMBER[-1] != "0" else "1")}, "校验位不对"),
        ({"name": ""}, "必填"),
        ({"joined_on": "1990-01-01"}, "未满 18 岁"),
        ({"phone": "12345"}, None),
    ],
)
def test_what_cannot_be_is_refused_by_hand_as_in_an_import(cast: Cast, facts: dict[str, str], said: str | None) -> None:
    answer = cast.signed_in("secretary").post("/members/new/", typed(cast, **facts))
    if said is None:
        assert answer.status_code in {302, 422}
        return
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_known_number_names_whom_it_belongs_to_only_if_they_may_be_seen(cast: Cast) -> None:
    admit(cast, "第二党支部", name="吴别处", citizen_number=NUMBER)
    for_owner = cast.signed_in("owner").post("/members/new/", typed(cast)).content.decode()
    assert "吴别处" in for_owner
    for_secretary = cast.signed_in("secretary").post("/members/new/", typed(cast)).content.decode()
    assert "吴别处" not in for_secretary
    assert "已登记在本单位的其他党组织" in for_secretary


def test_a_change_is_kept_with_old_and_new_and_numbers_masked(cast: Cast) -> None:
    member = admit(cast, citizen_number=NUMBER, birth_date="1985-03-05", sex="1")
    secretary = cast.signed_in("secretary")
    said = opened(secretary, member) | {"job": "车间主任", "phone": "13900005678"}
    assert secretary.post(f"/members/{member.pk}/edit/", said).status_code == 302
    (details,) = lines(cast, "member.changed")
    assert details["changed"] == {"job": ["", "车间主任"], "phone": ["138****1234", "139****5678"]}
    with context.inside(cast.jia):
        assert Member.objects.get(pk=member.pk).citizen_number == NUMBER


def test_two_people_at_once_lose_nothing_that_was_typed(cast: Cast) -> None:
    member = admit(cast)
    secretary, owner = cast.signed_in("secretary"), cast.signed_in("owner")
    hers, his = opened(secretary, member), opened(owner, member)
    owner.post(f"/members/{member.pk}/edit/", his | {"job": "总工程师"})
    late = secretary.post(f"/members/{member.pk}/edit/", hers | {"technical_title": "高级工程师"})
    page = late.content.decode()
    assert late.status_code == 422
    assert "管理员修改了这份资料" in page
    assert "高级工程师" in page
    assert "总工程师" in page
    again = hers | {"technical_title": "高级工程师", "seen_at": late.context["form"]["seen_at"].value()}
    assert secretary.post(f"/members/{member.pk}/edit/", again).status_code == 302


def test_changing_where_somebody_stands_asks_for_the_paper(cast: Cast) -> None:
    member = admit(cast, category="probationary", joined_on="2025-01-10", birth_date="1990-01-01")
    secretary = cast.signed_in("secretary")
    said = opened(secretary, member) | {"category": "full", "converted_on": "2026-01-10"}
    assert "请填写依据" in secretary.post(f"/members/{member.pk}/edit/", said).content.decode()
    assert secretary.post(f"/members/{member.pk}/edit/", said | {"basis": "2026-01-10 支部大会"}).status_code == 302
    assert lines(cast, "member.changed")[0]["basis"] == "2026-01-10 支部大会"


def test_numbers_are_masked_and_one_is_shown_for_a_reason_that_is_kept(cast: Cast) -> None:
    member = admit(cast, citizen_number=NUMBER)
    secretary = cast.signed_in("secretary")
    page = secretary.get(f"/members/{member.pk}/").content.decode()
    assert "138****1234" in page
    assert NUMBER not in page
    assert secretary.post(f"/members/{member.pk}/unmask/phone/", {"reason": ""}).status_code == 422
    shown = secretary.post(f"/members/{member.pk}/unmask/phone/", {"reason": "通知开会"}).content.decode()
    assert "13812341234" in shown
    assert NUMBER not in shown
    assert lines(cast, "member.unmasked") == [{"field": "phone", "reason": "通知开会"}]
    assert "13812341234" not in secretary.get(f"/members/{member.pk}/").content.decode()


def test_nothing_can_be_unmasked_that_is_not_a_hidden_fact(cast: Cast) -> None:
    member = admit(cast)
    answer = cast.signed_in("secretary").post(f"/members/{member.pk}/unmask/user_id/", {"reason": "看看"})
    assert answer.status_code == 400


def test_leaving_takes_off_the_register_and_coming_back_puts_on_again(cast: Cast) -> None:
    member = admit(cast)
    secretary = cast.signed_in("secretary")
    gone = {"on": "2026-11-01", "reason": "transferred", "note": "转往某街道"}
    secretary.post(f"/members/{member.pk}/leaving/", gone)
    assert "组织关系转出" in secretary.get(f"/members/{member.pk}/").content.decode()
    assert "张三丰" not in secretary.get("/members/").content.decode()
    secretary.post(f"/members/{member.pk}/return/", {"reason": "误操作"})
    assert "张三丰" in secretary.get("/members/").content.decode()
    assert len(lines(cast, "member.left")) == len(lines(cast, "member.returned")) == 1


def test_a_day_in_the_future_is_no_day_of_leaving(cast: Cast) -> None:
    member = admit(cast)
    said = {"on": "2999-01-01", "reason": "other"}
    assert cast.signed_in("secretary").post(f"/members/{member.pk}/leaving/", said).status_code == 422


@pytest.mark.parametrize("page", ["", "edit/", "leaving/", "return/", "unmask/phone/", "account/"])
def test_who_may_not_see_a_member_finds_no_page(cast: Cast, page: str) -> None:
    member = admit(cast, "第二党支部")
    assert cast.signed_in("secretary").get(f"/members/{member.pk}/{page}").status_code == 404
    assert cast.signed_in("stranger").get(f"/members/{member.pk}/{page}").status_code == 404
    with context.inside(cast.yan):
        Member.objects.filter(pk=member.pk).delete()
    assert cast.signed_in("owner", at="yan").get(f"/members/{member.pk}/{page}").status_code == 404


def test_a_committee_member_looks_and_does_not_touch(cast: Cast) -> None:
    from workspace.access.models import Grant, Role

    member = admit(cast)
    with context.inside(cast.jia):
        Grant.objects.create(user=cast.user("member"), role=Role.COMMITTEE, unit=branch())
    looking = cast.signed_in("member")
    assert looking.get(f"/members/{member.pk}/").status_code == 200
    assert looking.get(f"/members/{member.pk}/edit/").status_code == 403
    assert looking.post(f"/members/{member.pk}/unmask/phone/", {"reason": "好奇"}).status_code == 403


def test_a_member_sees_and_takes_away_their_own_record(cast: Cast) -> None:
    with context.inside(cast.jia):
        Member.objects.filter(user__username="member").update(phone="13812341234", citizen_number=NUMBER)
    me = cast.signed_in("member")
    page = me.get("/members/me/").content.decode()
    assert NUMBER in page
    taken = json.loads(me.post("/members/me/export/").content)
    columns = {column["field"]: column for column in taken["columns"]}
    assert columns["citizen_number"]["value"] == NUMBER
    assert columns["category"]["text"] == "正式党员"
    assert len(columns) == 26
    assert len(lines(cast, "member.exported_own")) == 1


def test_who_is_on_no_register_is_told_what_to_do(cast: Cast) -> None:
    assert "关联账号" in cast.signed_in("owner").get("/members/me/").content.decode()


def test_an_export_of_many_or_in_full_asks_why(cast: Cast) -> None:
    admit(cast, name="=1+1", citizen_number=NUMBER)
    owner = cast.signed_in("owner")
    masked = owner.post("/members/export/", {"form": "csv"})
    text = masked.content.decode()
    assert text.startswith("\ufeff姓名,性别,公民身份号码")
    assert NUMBER not in text
    assert "'=1+1" in text
    assert owner.post("/members/export/", {"form": "csv", "whole": "on"}).status_code == 422
    full = owner.post("/members/export/", {"form": "xlsx", "whole": "on", "reason": "年度统计"})
    assert full.content[:2] == b"PK"
    assert [line["reason"] for line in lines(cast, "members.exported")] == ["", "年度统计"]
    assert cast.signed_in("member").get("/members/export/").status_code == 403


def test_more_than_two_hundred_are_not_exported_without_a_purpose(cast: Cast) -> None:
    from tests.members.people import fill

    with context.inside(cast.jia):
        fill(201, branch())
    owner = cast.signed_in("owner")
    assert owner.post("/members/export/", {"form": "csv"}).status_code == 422
    assert owner.post("/members/export/?sex=1", {"form": "csv"}).status_code == 200


def test_the_dictionary_lists_all_columns(cast: Cast) -> None:
    page = cast.signed_in("owner").get("/members/dictionary/").content.decode()
    assert "GB/T 3304" in page
    assert page.count('<section class="panel"') == 26
