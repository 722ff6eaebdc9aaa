"""The pages, as the secretary of a branch, the administrator above and a member use them."""

from datetime import timedelta

from rules import add_months
from shared.clock import today
from tenants import context
from tests.elections.conftest import NAMES, asked, decided, elected, first, fresh, meet, opened, ready, whom
from tests.support.cast import Cast
from workspace.access.models import Grant, Role
from workspace.accounts.models import User
from workspace.elections.actions import reminding
from workspace.elections.models import Election
from workspace.elections.models.papers import About
from workspace.inbox.models import Message
from workspace.members.actions.events import happen
from workspace.members.models import Appointment, Event
from workspace.organization.models import Unit


def text(response) -> str:
    return response.content.decode()


def day() -> str:
    return today().isoformat()


def test_an_election_goes_from_the_first_page_to_the_posts(jia_pages):
    cast = jia_pages
    secretary, owner = cast.signed_in("secretary"), cast.signed_in("owner")
    assert "任期将满，准备换届" in text(secretary.get("/"))
    form = text(secretary.get("/elections/new/"))
    assert "现有正式党员 12 人" in form
    plan = {"kind": "committee", "seats": "3", "deputies": "1", "planned_on": day(), "reason": "任期届满"}
    where = secretary.post(f"/elections/new/?unit={_key(cast)}", plan).headers["Location"]
    _ask_and_answer(secretary, owner, where, "request")
    people = _keys(cast, *NAMES[:4])
    page = secretary.post(f"{where}candidates/", {"people": people[:3], "seen_at": _seen(secretary, where)})
    assert page.status_code == 302
    assert "至少要有 4 名候选人" in text(secretary.post(f"{where}papers/candidates/new/", {"on": day()}))
    secretary.post(
        f"{where}candidates/", {"people": people, "secretaries": people[:1], "seen_at": _seen(secretary, where)}
    )
    _ask_and_answer(secretary, owner, where, "candidates")
    assert "另选他人" in text(secretary.get(f"{where}sheets/ballot/"))
    few = secretary.post(f"{where}meeting/", {"on": day(), "present": "9", "seen_at": _seen(secretary, where)})
    assert few.status_code == 422 and "至少到会 10 人" in text(few)
    secretary.post(f"{where}meeting/", {"on": day(), "present": "12", "seen_at": _seen(secretary, where)})
    counts = _counts(dict(zip(people, ("12", "11", "9", "4"), strict=True)), 12)
    counts |= {"seen_at": _seen(secretary, where)}
    assert secretary.post(f"{where}ballots/committee/new/", counts).status_code == 302
    for purpose, who in (("secretary", people[0]), ("deputy", people[1])):
        sent = _counts({who: "3"}, 3) | {"seen_at": _seen(secretary, where)}
        assert secretary.post(f"{where}ballots/{purpose}/new/", sent).status_code == 302
    shared = {f"post_{people[2]}": "organisation", "seen_at": _seen(secretary, where)}
    assert secretary.post(f"{where}posts/", shared).status_code == 302
    assert "符合规定人数" in text(secretary.get(f"{where}sheets/result/"))
    assert "等您批复" in text(owner.get("/elections/board/"))
    _ask_and_answer(secretary, owner, where, "result")
    assert secretary.get(where).status_code == 404  # the role went with the post
    done = text(owner.get(where))
    assert "已办结：新一届从" in done and "组织委员" in done
    assert "第一党支部" in text(owner.get("/elections/done/"))
    with context.inside(cast.jia):
        assert Appointment.objects.get(post="secretary", until__isnull=True).member.name == "陈一"


def test_two_who_count_at_once_the_second_sees_what_the_first_entered_and_keeps_what_they_typed(jia_pages):
    cast = jia_pages
    with context.inside(cast.jia):
        election = meet(ready())
        people = [whom(name).pk for name in NAMES[:4]]
    where = f"/elections/{election.pk}/ballots/committee/new/"
    secretary, owner = cast.signed_in("secretary"), cast.signed_in("owner")
    seen = {"seen_at": election.updated_at.isoformat()}
    first_count = _counts(dict(zip(people, ("12", "8", "6", "5"), strict=True)), 12) | seen
    assert owner.post(where, first_count).status_code == 302
    late = secretary.post(where, _counts(dict(zip(people, ("11", "9", "6", "5"), strict=True)), 12) | seen)
    page = text(late)
    assert late.status_code == 422 and "管理员修改了这次换届" in page
    assert "对方刚才保存的内容" in page and "赞成 8，反对 4，弃权 0" in page
    assert 'value="6"' in page  # what stands again was typed, and is still there


def test_lists_are_searched_and_taken_away_and_a_member_is_kept_out(jia_pages):
    cast = jia_pages
    with context.inside(cast.jia):
        Unit.objects.filter(name="第二党支部").update(elected_on=add_months(today(), -50))
        opened()
    owner = cast.signed_in("owner")
    assert "第二党支部" in text(owner.get("/elections/over/")) and "逾期" in text(owner.get("/elections/over/"))
    assert "第一党支部" in text(owner.get("/elections/due/?q=diyi"))
    assert "第二党支部" not in text(owner.get("/elections/export/?tab=over&q=diyi"))
    assert "第一党支部" in text(owner.get("/elections/export/?tab=running"))
    assert "第二党支部" in text(owner.get("/elections/export/?tab=over"))
    assert "任期届满未换届" in text(owner.get("/elections/board/"))
    assert "开始换届" in text(owner.get(f"/organization/units/{_key(cast, '第二党支部')}/"))
    assert cast.signed_in("member").get("/elections/").status_code == 403


def test_who_only_reads_does_not_learn_of_an_observation(jia_pages):
    cast = jia_pages
    with context.inside(cast.jia):
        owner = Cast.user("owner")
        happen(whom("尤十"), Event.Kind.DISCIPLINED, on=today(), by=owner, details={"punishment": "observation"})
        reader = User.objects.create_user("reader", "Correct-horse-9", name="纪检委员")
        Grant.objects.create(user=reader, role=Role.DISCIPLINE, unit=first())
        where = f"/elections/{opened().pk}/roll/"
    assert "留党察看期间" in text(cast.signed_in("secretary").get(where))
    read = text(cast.signed_in("reader").get(where))
    assert "留党察看期间" not in read and "按选举工作条例第五条不参加选举" in read
    assert "人工调整" not in read and f"{where}out/new/" not in read


def test_people_are_left_out_of_the_list_with_a_reason_and_put_back(jia_pages):
    cast = jia_pages
    with context.inside(cast.jia):
        where = f"/elections/{opened().pk}/roll/"
    secretary = cast.signed_in("secretary")
    (key,) = _keys(cast, "秦九")
    assert secretary.post(f"{where}out/new/", {"member": key, "why": "abroad"}).status_code == 422
    sent = {"member": key, "why": "abroad", "note": "2026年3月支部党员大会通过"}
    assert secretary.post(f"{where}out/new/", sent).status_code == 302
    assert "出国（境）半年以上" in text(secretary.get(where))
    assert secretary.post(f"{where}0/restoring/").status_code == 302
    assert "出国（境）半年以上" not in text(secretary.get(where))


def test_a_postponement_is_asked_and_the_answer_taken_back_on_the_page(jia_pages):
    cast = jia_pages
    secretary, owner = cast.signed_in("secretary"), cast.signed_in("owner")
    plan = {"kind": "committee", "seats": "3", "planned_on": day()}
    asked_at = secretary.post(f"/elections/new/?unit={_key(cast)}&postpone=1", plan).headers["Location"]
    with context.inside(cast.jia):
        until = add_months(today(), 8).isoformat()
    said = {"until": until, "note": "机构调整", "on": day()}
    where = secretary.post(asked_at, said).headers["Location"]
    assert "延期换届已报上级" in text(secretary.get(where))
    assert secretary.post(f"{where}withdrawal/", {"confirmed": "yes"}).status_code == 302
    secretary.post(asked_at, said)
    assert "机构调整" in text(owner.get(f"{where}decision/"))
    owner.post(f"{where}decision/", {"decision": "approved", "on": day()})
    assert f"任期到 {until} 届满" in text(secretary.get(where))


def test_each_reminder_is_sent_once_to_the_secretary_and_the_level_above(jia):
    ends = add_months(today(), 2)  # elected thirty-four months ago
    morning = ends - timedelta(days=40)
    assert reminding.remind(on=morning) == 2
    assert reminding.remind(on=morning + timedelta(days=1)) == 0
    assert reminding.remind(on=add_months(ends, -1)) == 2
    assert reminding.remind(on=ends + timedelta(days=1)) == 2
    assert reminding.remind(on=ends + timedelta(days=2)) == 0
    titles = list(Message.objects.filter(to=Cast.user("secretary")).order_by("pk").values_list("title", flat=True))
    assert titles[0].startswith("换届提醒：1 个党组织任期将满") and "已满 1 个" in titles[-1]


def test_an_approved_postponement_puts_the_reminders_off(jia):
    until = add_months(today(), 10)
    decided(asked(opened(), About.POSTPONEMENT, until=until, note="机构调整"))
    assert reminding.remind(on=today()) == 0
    assert reminding.remind(on=add_months(until, -6)) == 2


def test_programs_do_the_same_by_the_api(jia_pages):
    cast = jia_pages
    secretary, owner = cast.signed_in("secretary"), cast.signed_in("owner")
    (terms,) = secretary.get("/api/v1/election-terms/?stage=due").json()["results"]
    assert terms["name"] == "第一党支部" and terms["election"] is None
    plan = {"unit": _key(cast), "kind": "committee", "seats": 3, "planned_on": day()}
    made = _send(secretary.post, "/api/v1/elections/", plan)
    assert made.status_code == 201 and made.json()["step"] == "request"
    where = f"/api/v1/elections/{made.json()['id']}/"
    assert _send(secretary.post, f"{where}papers/", {"about": "request", "on": day()}).json()["asks"] == "request"
    answer = {"approve": True, "on": day(), "number": "3号"}
    assert _send(secretary.post, f"{where}decision/", answer).json()["code"] == "may_not_approve"
    assert _send(owner.post, f"{where}decision/", answer).json()["step"] == "candidates"
    assert secretary.get(f"{where}roll/").json()["entitled"] == 12
    people = [{"member": key} for key in _keys(cast, *NAMES[:4])]
    assert len(_send(secretary.put, f"{where}candidates/", {"candidates": people}).json()["candidates"]) == 4
    refused = _send(secretary.post, f"{where}meeting/", {"on": day(), "present": 12})
    assert (refused.status_code, refused.json()["code"]) == (409, "not_yet")
    assert cast.signed_in("stranger").get(where).status_code == 404


def test_a_count_by_the_api_ends_in_posts(jia_pages):
    cast = jia_pages
    with context.inside(cast.jia):
        election = ready(deputies=0)
        people = [whom(name).pk for name in NAMES[:4]]
    secretary = cast.signed_in("secretary")
    where = f"/api/v1/elections/{election.pk}/"
    assert _send(secretary.post, f"{where}meeting/", {"on": day(), "present": 12}).json()["step"] == "ballot"
    plain = {"on": day(), "present": 12, "issued": 12, "returned": 12, "valid": 12}
    votes = [{"member": key, "yes": yes, "no": 12 - yes} for key, yes in zip(people, (12, 11, 9, 4), strict=True)]
    counted = _send(secretary.post, f"{where}ballots/", plain | {"purpose": "committee", "votes": votes})
    assert counted.json()["rounds"][0]["elected"] == people[:3]
    plain = {"on": day(), "present": 3, "issued": 3, "returned": 3, "valid": 3}
    votes = [{"member": people[0], "yes": 3}]
    _send(secretary.post, f"{where}ballots/", plain | {"purpose": "secretary", "votes": votes})
    posts = [{"member": people[1], "post": "organisation"}, {"member": people[2], "post": "publicity"}]
    assert _send(secretary.put, f"{where}posts/", {"posts": posts}).json()["step"] == "result"
    assert _send(secretary.post, f"{where}undo/", {"reason": "重新分工"}).json()["step"] == "posts"
    assert _send(secretary.post, f"{where}cancellation/", {"reason": "重新开始"}).json()["state"] == "cancelled"


def test_a_case_that_is_done_stays_to_be_read(jia_pages):
    cast = jia_pages
    with context.inside(cast.jia):
        key = decided(asked(elected(), About.RESULT)).pk
        assert fresh(Election(pk=key)).state == Election.State.DONE
    owner = cast.signed_in("owner")
    assert "不能再修改" in text(owner.get(f"/elections/{key}/plan/"))
    assert "签到" in text(owner.get(f"/elections/{key}/sheets/voters/"))


def _key(cast: Cast, name: str = "第一党支部") -> int:
    with context.inside(cast.jia):
        return Unit.objects.get(name=name).pk


def _keys(cast: Cast, *names: str) -> list[int]:
    with context.inside(cast.jia):
        return [whom(name).pk for name in names]


def _seen(client, where: str) -> str:
    """The time that a page of the case would carry now."""
    return client.get(f"/api/v1{where}").json()["updated_at"]


def _counts(votes: dict[int, str], of: int) -> dict[str, str]:
    plain = {"on": day(), **dict.fromkeys(("present", "issued", "returned", "valid"), str(of))}
    marks = {f"vote_{key}_yes": yes for key, yes in votes.items()}
    return plain | marks | {f"vote_{key}_no": str(of - int(yes)) for key, yes in votes.items()}


def _ask_and_answer(secretary, owner, where: str, about: str) -> None:
    assert secretary.post(f"{where}papers/{about}/new/", {"on": day(), "number": "请1号"}).status_code == 302
    assert secretary.get(f"{where}decision/").status_code == 403
    answered = owner.post(f"{where}decision/", {"decision": "approved", "on": day(), "number": "批1号"})
    assert answered.status_code == 302


def _send(verb, path: str, sent: dict):
    return verb(path, sent, content_type="application/json")
