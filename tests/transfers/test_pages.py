"""The pages, as the people of two branches, a plain member and a stranger use them."""

from datetime import timedelta

import pytest

from shared.clock import today
from tenants import context
from tests.support.cast import Cast
from tests.transfers.conftest import ZHANG, accept, arrive, first, issue, second, settle, somebody
from workspace.audit.models import Entry
from workspace.members.models import Member
from workspace.transfers.actions import absences
from workspace.transfers.models import Absence, Transfer


@pytest.fixture
def jia_pages(cast: Cast) -> Cast:
    with context.inside(cast.jia):
        settle()
    return cast


def text(response) -> str:
    return response.content.decode()


def form(**said):
    with_defaults = {
        "kind": "within", "reason": "work", "issued_on": today().isoformat(), "valid_days": "30", "word": "组转",
    }  # fmt: skip
    return with_defaults | said


def test_a_letter_is_issued_accepted_and_seen_by_all_who_have_to_do_with_it(jia_pages):
    cast = jia_pages
    with context.inside(cast.jia):
        who, to = somebody().pk, second().pk
    secretary, receiver, member = (cast.signed_in(name) for name in ("secretary", "receiver", "member"))
    page = text(secretary.get(f"/transfers/new/?member={who}"))
    assert "待核实" in page and "说法不一" in page  # how long it is good for is disputed, and said
    made = secretary.post("/transfers/new/", form(people=[who], destination=to))
    where = made.headers["Location"]
    assert "还没有接收" in text(secretary.get(where))
    assert "王党员" in text(receiver.get("/transfers/"))
    assert "王党员" in text(member.get("/transfers/me/"))
    own = text(member.get(where))
    assert "acceptance/" not in own and "revocation/" not in own
    assert receiver.get(f"{where}acceptance/").status_code == 200
    assert receiver.post(f"{where}acceptance/", {"on": today().isoformat()}).status_code == 302
    with context.inside(cast.jia):
        assert somebody().unit == second()
    again = receiver.post(f"{where}acceptance/", {"on": today().isoformat()})
    assert again.status_code == 422 and "不能再接收一次" in text(again)
    assert "已办结" in text(secretary.get("/transfers/closed/"))


def test_several_of_a_branch_go_in_one_go_and_are_printed_together(jia_pages):
    cast = jia_pages
    with context.inside(cast.jia):
        people = [Member.objects.create(unit=first(), name=f"毕业生{n}").pk for n in range(3)]
        unit = first().pk
    secretary = cast.signed_in("secretary")
    assert "毕业生2" in text(secretary.get(f"/transfers/new/?unit={unit}"))
    sent = form(people=people, kind="out", destination_name="中共某区人才中心委员会", reason="graduation")
    made = secretary.post(f"/transfers/new/?unit={unit}", sent)
    listed = text(secretary.get(made.headers["Location"]))
    assert "打印这些介绍信" in listed
    with context.inside(cast.jia):
        keys = ",".join(str(key) for key in Transfer.objects.values_list("pk", flat=True))
    printed = text(secretary.get(f"/transfers/letters/?letters={keys}"))
    assert printed.count("（存　根）") == printed.count("（回执联）") == 3
    with context.inside(cast.jia):
        assert Entry.objects.filter(verb="transfer.printed").count() == 3


def test_the_letter_says_what_the_form_of_the_letter_asks_for(jia_pages):
    cast = jia_pages
    with context.inside(cast.jia):
        Member.objects.filter(pk=somebody().pk).update(
            citizen_number=ZHANG, sex="1", ethnic_group="01", birth_date="1990-01-01", phone="13900000001"
        )
        (row,) = issue(destination_name="中共某大学委员会", paid_until=today().replace(month=3, day=1))
    page = text(cast.signed_in("secretary").get(f"/transfers/{row.pk}/letter/"))
    for words in ("组织关系介绍信", ZHANG, "13900000001", "正式", "有效期30天", f"{today().year}年3月", row.number):
        assert words in page
    assert cast.signed_in("member").get(f"/transfers/{row.pk}/letter/").status_code == 403
    assert cast.signed_in("receiver").get(f"/transfers/{row.pk}/letter/").status_code == 404


def test_of_a_candidate_the_papers_go_along_instead_of_a_relation(jia_pages):
    cast = jia_pages
    with context.inside(cast.jia):
        who = Member.objects.create(unit=first(), name="积极分子", category=Member.Category.ACTIVIST)
        (row,) = issue(who)
    page = text(cast.signed_in("secretary").get(f"/transfers/{row.pk}/letter/"))
    assert (
        "培养材料转递函" in page
        and "培养教育时间连续计算" in page
        and "党费" not in page.split("<article")[1].split("</article>")[0]
    )


def test_an_incomplete_form_keeps_what_was_typed(jia_pages):
    cast = jia_pages
    with context.inside(cast.jia):
        who = somebody().pk
    answer = cast.signed_in("secretary").post("/transfers/new/", form(people=[who], kind="out", note="随函附材料"))
    assert answer.status_code == 422
    assert "请填写接收党组织的名称" in text(answer) and "随函附材料" in text(answer)


def test_two_editors_at_once_the_second_sees_what_changed_and_keeps_what_they_typed(jia_pages):
    cast = jia_pages
    with context.inside(cast.jia):
        (row,) = issue(destination_name="中共甲大学委员会")
    where = f"/transfers/{row.pk}/correction/"
    seen = row.updated_at.isoformat()
    sent = {"seen_at": seen, "reason": "work", "valid_days": "30", "destination_name": "中共乙大学委员会"}
    assert cast.signed_in("owner").post(where, sent).status_code == 302
    secretary = cast.signed_in("secretary")
    late = secretary.post(where, sent | {"destination_name": "中共丙大学委员会", "valid_days": "60"})
    page = text(late)
    assert late.status_code == 422
    assert "中共乙大学委员会" in page and "中共丙大学委员会" in page and "管理员修改了" in page
    with context.inside(cast.jia):
        now = Transfer.objects.get(pk=row.pk)
        assert (now.destination_name, now.valid_days) == ("中共乙大学委员会", 30)
    again = sent | {"seen_at": now.updated_at.isoformat(), "destination_name": "中共丙大学委员会", "valid_days": "60"}
    assert secretary.post(where, again).status_code == 302
    with context.inside(cast.jia):
        now.refresh_from_db()
        assert (now.destination_name, now.expires_on) == ("中共丙大学委员会", now.issued_on + timedelta(days=60))


def arrival(unit: int, **said):
    return {
        "name": "张新来", "citizen_number": ZHANG, "category": "full", "joined_on": "2015-07-01",
        "converted_on": "2016-07-01", "destination": unit, "origin_name": "中共某大学委员会", "reason": "work",
        "issued_on": today().isoformat(), "valid_days": "30", **said,
    }  # fmt: skip


def test_a_letter_from_outside_is_checked_before_it_is_written(jia_pages):
    cast = jia_pages
    with context.inside(cast.jia):
        unit = second().pk
    receiver = cast.signed_in("receiver")
    checked = receiver.post("/transfers/arrivals/new/", arrival(unit))
    assert "名册里没有这个人" in text(checked) and ZHANG in text(checked)
    with context.inside(cast.jia):
        assert not Transfer.objects.exists()
    back = receiver.post("/transfers/arrivals/new/", arrival(unit, looked="on", back="1"))
    assert "张新来" in text(back)
    made = receiver.post("/transfers/arrivals/new/", arrival(unit, looked="on"))
    page = text(receiver.get(made.headers["Location"]))
    assert "接收之前不在名册上" in page and ZHANG not in page  # masked once it is stored
    wrong = receiver.post("/transfers/arrivals/new/", arrival(unit, citizen_number="999999199001011234"))
    assert wrong.status_code == 422
    twice = receiver.post("/transfers/arrivals/new/", arrival(unit))
    assert twice.status_code == 422 and "已有一件在办" in text(twice)


def test_who_may_look_only_is_told_who_may_act_and_strangers_find_nothing(jia_pages):
    cast = jia_pages
    with context.inside(cast.jia):
        (row,) = issue()
    for verb in ("acceptance", "rejection"):
        assert cast.signed_in("secretary").get(f"/transfers/{row.pk}/{verb}/").status_code == 403
    for verb in ("revocation", "correction"):
        assert cast.signed_in("receiver").get(f"/transfers/{row.pk}/{verb}/").status_code == 403
    assert cast.signed_in("stranger").get(f"/transfers/{row.pk}/").status_code == 404
    assert cast.signed_in("stranger").get("/transfers/new/").status_code == 403
    assert cast.signed_in("owner", at="yan").get(f"/transfers/{row.pk}/").status_code == 404


def test_the_list_is_searched_narrowed_and_taken_away(jia_pages):
    cast = jia_pages
    with context.inside(cast.jia):
        (row,) = issue()
        arrive()
    secretary, owner = cast.signed_in("secretary"), cast.signed_in("owner")
    assert "王党员" in text(owner.get("/transfers/?q=wdy")) and "张新来" in text(owner.get("/transfers/?kind=in"))
    assert "王党员" in text(owner.get(f"/transfers/?q={row.number[:4]}"))
    assert "王党员" not in text(owner.get("/transfers/?kind=in")).split("<tbody")[1]
    assert "张新来" not in text(secretary.get("/transfers/"))
    assert secretary.get("/transfers/?unit=nonsense&since=x&letters=a,b").status_code == 200
    sheet = secretary.get("/transfers/export/?tab=open&form=csv")
    assert "王党员" in sheet.content.decode("utf-8-sig") and "张新来" not in sheet.content.decode("utf-8-sig")
    assert secretary.get("/transfers/export/?form=xlsx").content[:2] == b"PK"
    assert cast.signed_in("member").get("/transfers/export/").status_code == 403
    assert secretary.get("/transfers/nonsense/").status_code == 404


def test_a_closed_letter_is_issued_again_with_what_it_said(jia_pages):
    cast = jia_pages
    with context.inside(cast.jia):
        (row,) = issue(destination_name="中共某大学委员会", reason="study")
    secretary = cast.signed_in("secretary")
    done = secretary.post(f"/transfers/{row.pk}/revocation/", {"on": today().isoformat(), "reason": "抬头写错"})
    assert done.status_code == 302
    assert "重新开具" in text(secretary.get(f"/transfers/{row.pk}/"))
    page = text(secretary.get(f"/transfers/new/?again={row.pk}"))
    assert "中共某大学委员会" in page
    assert secretary.get(f"/transfers/{row.pk}/revocation/").status_code == 409


def test_the_first_page_asks_to_take_people_in_and_to_get_in_touch(jia_pages):
    cast = jia_pages
    with context.inside(cast.jia):
        issue()
        away = absences.Away(kind="abroad", since=today() - timedelta(days=200), reason="study")
        absences.begin(somebody("secretary"), away, by=Cast.user("secretary"), on=today())
        issue(
            Member.objects.create(unit=first(), name="外调"),
            destination_name="外单位",
            issued_on=today() - timedelta(days=40),
        )
    home = text(cast.signed_in("receiver").get("/"))
    assert "接收「王党员」的组织关系" in home
    home = text(cast.signed_in("secretary").get("/"))
    assert "联系「李书记」" in home and "核实「外调」的介绍信" in home
    assert "介绍信" not in text(cast.signed_in("member").get("/"))


def test_somebody_away_is_entered_contacted_and_back(jia_pages):
    cast = jia_pages
    with context.inside(cast.jia):
        who = somebody().pk
    secretary = cast.signed_in("secretary")
    assert "第一党支部" in text(secretary.get(f"/transfers/absences/new/floating/?member={who}"))
    sent = {"member": who, "since": (today() - timedelta(days=210)).isoformat(), "reason": "work", "place": "深圳",
            "has_fixed_place": "on"}  # fmt: skip
    made = secretary.post("/transfers/absences/new/floating/", sent)
    where = made.headers["Location"]
    page = text(secretary.get(where))
    assert "为流动党员" in page and "组织关系介绍信" in page and "系统不作处理" in page
    assert "请研究" in text(secretary.get("/transfers/absences/?q=深圳"))
    assert "王党员" in text(secretary.get("/transfers/absences/of/overdue/"))
    noted = secretary.post(f"{where}contacts/", {"on": today().isoformat(), "way": "phone", "reached": "on"})
    assert noted.status_code == 302
    assert "王党员" not in text(secretary.get("/transfers/absences/of/overdue/"))
    bad = secretary.post(f"{where}contacts/", {"on": "1999-01-01", "way": "phone", "note": "写了一半"})
    assert bad.status_code == 422 and "写了一半" in text(bad)
    assert secretary.post(f"{where}contacts/0/", {"confirmed": "yes"}).status_code == 302
    assert secretary.get(f"{where}contacts/7/").status_code == 409
    assert secretary.post(f"{where}ending/", {"on": today().isoformat(), "ending": "returned"}).status_code == 302
    assert "已返回" in text(secretary.get("/transfers/absences/of/ended/"))
    assert "王党员" in secretary.get("/transfers/absences/export/?tab=ended&form=csv").content.decode("utf-8-sig")
    assert cast.signed_in("member").get(where).status_code == 200  # their own
    assert cast.signed_in("member").post(f"{where}contacts/", {"on": today().isoformat()}).status_code == 403
    assert cast.signed_in("stranger").get(where).status_code == 404
    with context.inside(cast.jia):
        assert not Absence.objects.get().is_open


def test_lists_ask_as_much_for_thirty_as_for_three(jia_pages):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    cast = jia_pages
    owner = cast.signed_in("owner")
    counted: dict[str, list[int]] = {"/transfers/": [], "/transfers/absences/": []}
    for number in (3, 30):
        with context.inside(cast.jia):
            people = [Member.objects.create(unit=first(), name=f"第{number}批{n}") for n in range(number)]
            issue(*people)
            for who in people:
                away = absences.Away(kind="graduate", since=today(), reason="study")
                absences.begin(who, away, by=Cast.user("owner"), on=today())
        for path, found in counted.items():
            with CaptureQueriesContext(connection) as queries:
                assert owner.get(path).status_code == 200
            found.append(len(queries))
    assert all(few == many <= 25 for few, many in counted.values()), counted


def test_accepting_twice_through_two_windows_moves_once(jia_pages):
    cast = jia_pages
    with context.inside(cast.jia):
        (row,) = issue()
        accept(row)
    late = cast.signed_in("receiver").post(
        f"/transfers/{row.pk}/rejection/", {"on": today().isoformat(), "reason": "晚了"}
    )
    assert late.status_code == 422 and "不能再接收一次" in text(late)


def test_the_page_of_a_member_shows_letters_and_the_way_to_new_ones(jia_pages):
    cast = jia_pages
    with context.inside(cast.jia):
        who = somebody().pk
    secretary = cast.signed_in("secretary")
    assert f"/transfers/new/?member={who}" in text(secretary.get(f"/members/{who}/"))
    with context.inside(cast.jia):
        issue(somebody())
    page = text(secretary.get(f"/members/{who}/"))
    assert "第一党支部 → 第二党支部" in page and f"/transfers/new/?member={who}" not in page
