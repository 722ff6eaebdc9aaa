"""A member asks for their own data to be put right; the branch decides and both are told."""

from datetime import date
from typing import Any

from tenants import context
from tenants.models import Tenant
from tests.support.cast import Cast
from workspace.audit.models import Entry
from workspace.inbox.models import Message
from workspace.members.models import Correction, Event, Member

NEW = "/members/me/corrections/new/"
JSON = {"content_type": "application/json"}


def own(cast: Cast) -> Member:
    with context.inside(cast.jia):
        return Member.objects.get(user=cast.user("member"))


def ask(cast: Cast, **said: Any) -> Correction:
    answer = cast.signed_in("member").post(NEW, {"field": "phone", "value": "13900001111", "reason": "换了号码"} | said)
    assert answer.status_code == 302, answer.content.decode()
    with context.inside(cast.jia):
        return Correction.objects.latest("pk")


def decide(cast: Cast, correction: Correction, decision: str, reason: str = "", who: str = "secretary") -> int:
    address = f"/members/corrections/{correction.pk}/"
    return cast.signed_in(who).post(address, {"decision": decision, "reason": reason}).status_code


def told(cast: Cast, username: str) -> list[str]:
    with context.inside(cast.jia):
        return list(Message.objects.filter(to=cast.user(username)).order_by("pk").values_list("title", flat=True))


def test_an_accepted_request_is_written_and_both_are_told(cast: Cast) -> None:
    asked = ask(cast)
    assert told(cast, "secretary") == ["王党员申请更正资料"]
    page = cast.signed_in("secretary").get("/members/corrections/").content.decode()
    assert "139****1111" in page
    assert "13900001111" in cast.signed_in("secretary").get(f"/members/corrections/{asked.pk}/").content.decode()
    assert decide(cast, asked, "accept", "已电话核实") == 302
    assert own(cast).phone == "13900001111"
    assert told(cast, "member") == ["您申请的更正：已更正"]
    assert "已电话核实" in cast.signed_in("member").get("/members/me/corrections/").content.decode()
    with context.inside(cast.jia):
        assert Entry.objects.get(verb="member.changed").details["basis"] == "本人申请更正：换了号码"


def test_who_decides_reads_what_was_asked_and_never_what_is_registered(cast: Cast) -> None:
    with context.inside(cast.jia):
        Member.objects.filter(user=cast.user("member")).update(phone="13811112222")
    asked = ask(cast)
    address = f"/members/corrections/{asked.pk}/"
    page = cast.signed_in("secretary").get(address).content.decode()
    assert "13900001111" in page
    assert "13811112222" not in page
    assert "138****2222" in page
    assert "13811112222" in cast.signed_in("member").get("/members/me/corrections/").content.decode()
    with context.inside(cast.jia):
        line = Entry.objects.get(verb="member.unmasked")
    assert (line.details, line.by_name) == ({"field": "phone", "correction": asked.pk}, "李书记")
    assert line.thing == str(asked.member_id)


def test_a_decided_request_is_read_masked_and_leaves_no_line(cast: Cast) -> None:
    asked = ask(cast)
    decide(cast, asked, "accept")
    with context.inside(cast.jia):
        Correction.objects.update(fields={"phone": ["13811112222", "139****1111"]})
    page = cast.signed_in("secretary").get(f"/members/corrections/{asked.pk}/").content.decode()
    assert "13811112222" not in page
    assert "139****1111" in page
    with context.inside(cast.jia):
        assert not Entry.objects.filter(verb="member.unmasked").exists()


def test_in_a_workspace_that_is_only_read_the_page_shows_nothing_in_full(cast: Cast) -> None:
    asked = ask(cast)
    secretary = cast.signed_in("secretary")
    Tenant.objects.filter(pk=cast.jia.pk).update(state=Tenant.State.READ_ONLY)
    page = secretary.get(f"/members/corrections/{asked.pk}/").content.decode()
    assert "139****1111" in page
    assert "13900001111" not in page


def test_numbers_are_kept_whole_no_longer_than_the_question_is_open(cast: Cast) -> None:
    asked = ask(cast)
    decide(cast, asked, "accept")
    with context.inside(cast.jia):
        assert "13900001111" not in str(Correction.objects.get().fields)


def test_a_date_of_membership_becomes_a_correction_among_the_events(cast: Cast) -> None:
    asked = ask(cast, field="joined_on", value="2010年7月1日", reason="档案记载")
    assert decide(cast, asked, "accept") == 302
    assert own(cast).joined_on == date(2010, 7, 1)
    with context.inside(cast.jia):
        made = Event.objects.get(kind=Event.Kind.CORRECTED)
        assert (made.details, made.basis) == ({"fields": {"joined_on": [None, "2010-07-01"]}}, "本人申请更正：档案记载")


def test_refusing_needs_a_reason_and_changes_nothing(cast: Cast) -> None:
    asked = ask(cast)
    assert decide(cast, asked, "refuse") == 422
    assert decide(cast, asked, "refuse", "请提供登记表") == 302
    assert own(cast).phone == ""
    assert told(cast, "member") == ["您申请的更正：未采纳"]
    assert decide(cast, asked, "accept") == 422


def test_the_same_thing_is_asked_once_at_a_time_and_may_be_withdrawn(cast: Cast) -> None:
    asked, member = ask(cast), cast.signed_in("member")
    again = member.post(NEW, {"field": "phone", "value": "13900002222", "reason": "又换了"})
    assert (again.status_code, "正在等待处理" in again.content.decode()) == (422, True)
    assert member.post(f"/members/me/corrections/{asked.pk}/withdrawal/").status_code == 302
    assert decide(cast, asked, "accept") == 422
    ask(cast, value="13900002222", reason="又换了")


def test_what_is_wrong_or_already_so_is_not_asked(cast: Cast) -> None:
    member = cast.signed_in("member")
    wrong = member.post(NEW, {"field": "joined_on", "value": "很久以前", "reason": "记得"})
    same = member.post(NEW, {"field": "name", "value": "王党员", "reason": "核对"})
    assert (wrong.status_code, same.status_code) == (422, 422)
    with context.inside(cast.jia):
        assert not Correction.objects.exists()


def test_what_changed_meanwhile_is_not_overwritten(cast: Cast) -> None:
    asked = ask(cast)
    with context.inside(cast.jia):
        Member.objects.filter(pk=asked.member_id).update(phone="13811112222")
    assert decide(cast, asked, "accept") == 422
    assert own(cast).phone == "13811112222"


def test_nobody_decides_about_themselves_or_another_branch(cast: Cast) -> None:
    asked = ask(cast)
    assert decide(cast, asked, "accept", who="member") == 404
    assert decide(cast, asked, "accept", who="stranger") == 404
    secretary = cast.signed_in("secretary")
    secretary.post(NEW, {"field": "job", "value": "教师", "reason": "换岗"})
    with context.inside(cast.jia):
        mine = Correction.objects.get(member__user=cast.user("secretary"))
    assert decide(cast, mine, "accept") == 404
    assert decide(cast, mine, "accept", who="owner") == 302


def test_members_see_their_own_and_no_other(cast: Cast) -> None:
    asked = ask(cast)
    assert cast.signed_in("stranger").get("/members/corrections/").status_code == 403
    assert cast.signed_in("stranger").post(f"/members/me/corrections/{asked.pk}/withdrawal/").status_code == 404
    assert cast.signed_in("stranger").get(f"/api/v1/corrections/{asked.pk}/").status_code == 404


def test_programs_ask_and_decide(cast: Cast) -> None:
    said = {"values": {"job": "教师", "education": "大学本科"}, "reason": "换岗"}
    made = cast.signed_in("member").post("/api/v1/corrections/", said, **JSON)
    assert made.status_code == 201, made.content
    key = made.json()["id"]
    assert cast.signed_in("secretary").get("/api/v1/corrections/").json()["results"][0]["id"] == key
    done = cast.signed_in("secretary").post(f"/api/v1/corrections/{key}/accept/", {}, **JSON)
    assert (done.status_code, done.json()["state"]) == (200, "accepted")
    assert own(cast).job == "教师"
