"""Questions and ideas: heard by those who answer, answered by a day, told both ways; liking is not counted."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shared.clock import now
from tenants import context
from tests.support.activities import at
from tests.support.cast import Cast
from workspace.audit.models import Entry
from workspace.inbox.models import Message
from workspace.organization.models import Unit
from workspace.voice.actions import answering, asking
from workspace.voice.models import Reply, Topic
from workspace.voice.queries.figures import answering as figures
from workspace.voice.queries.figures import answering_of

ASKED = at("2026-11-02", 10)


@pytest.fixture
def jia(cast: Cast):
    with context.inside(cast.jia):
        yield cast


def branch() -> Unit:
    return Unit.objects.get(name="第一党支部")


def ask(by: str = "member", unit: Unit | None = None, **options) -> Topic:
    values = {"kind": "question", "title": "活动室能否周末开放", "at": ASKED, **options}
    return asking.ask(unit or branch(), by=Cast.user(by), **values)


def answer(topic: Topic, **options):
    return answering.answer(
        topic, **{"text": "可以。", "by": Cast.user("secretary"), "at": at("2026-11-05", 10), **options}
    )


def test_asking_starts_a_clock_of_seven_days_and_tells_who_answers(jia):
    topic = ask()
    assert topic.due == date(2026, 11, 9)
    assert [message.to for message in Message.objects.all()] == [Cast.user("secretary")]
    assert topic.is_overdue(date(2026, 11, 10)) and not topic.is_overdue(date(2026, 11, 9))


def test_where_nobody_answers_below_the_unit_above_is_told(jia):
    ask("stranger", Unit.objects.get(name="第二党支部"))
    assert [message.to for message in Message.objects.all()] == [Cast.user("owner")]


def test_the_first_answer_stops_the_clock_and_who_asked_is_told(jia):
    topic = ask()
    answer(topic)
    answer(topic, text="补充一句。", at=at("2026-11-08"))
    topic.refresh_from_db()
    assert topic.answered_at == at("2026-11-05", 10)
    assert Message.objects.filter(to=Cast.user("member")).count() == 2
    assert Entry.objects.filter(verb="topic.answered").count() == 2


def test_a_reply_is_no_answer(jia):
    topic = ask()
    asking.reply(topic, text="我也想问", by=Cast.user("owner"), at=ASKED)
    topic.refresh_from_db()
    assert topic.is_open
    with pytest.raises(asking.NothingSaid):
        asking.reply(topic, text="  ", by=Cast.user("owner"), at=ASKED)


def test_an_idea_is_adopted_or_declined_once_and_with_a_reason(jia):
    topic = ask(kind="idea")
    by = Cast.user("secretary")
    with pytest.raises(answering.ReasonMissing):
        answering.adopt(topic, reason=" ", by=by, at=now())
    answering.adopt(topic, reason="十二月起试行", by=by, at=now())
    with pytest.raises(answering.DecidedAlready):
        answering.decline(topic, reason="再想想", by=by, at=now())
    topic.refresh_from_db()
    assert topic.adopted_at and topic.answered_at and not topic.declined_at


def test_a_question_is_not_adopted(jia):
    with pytest.raises(answering.NotAnIdea):
        answering.adopt(ask(), reason="好", by=Cast.user("secretary"), at=now())


def test_a_double_click_asks_once(jia):
    ask()
    with pytest.raises(asking.AskedAlready):
        ask()
    with pytest.raises(asking.UnitClosed):
        Unit.objects.filter(pk=branch().pk).update(closed_on=date(2026, 1, 1))
        ask(title="另一个")


def test_nothing_here_counts_likes_or_views():
    names = {field.name for model in (Topic, Reply) for field in model._meta.get_fields()}
    assert not {name for name in names for word in ("like", "view", "score", "point", "rank") if word in name}


def test_figures_tell_how_soon_and_whether_people_talk_in_one_query(jia):
    quick, slow = ask(), ask(title="食堂")
    answer(quick)
    asking.reply(quick, text="谢谢", by=Cast.user("member"), at=at("2026-11-06"))
    root = Unit.objects.get(depth=1)
    with CaptureQueriesContext(connection) as asked:
        found = figures(under=root, first=date(2026, 11, 1), last=date(2026, 11, 30), on=date(2026, 11, 23))
    assert len(asked) == 1
    part = found[slow.unit.path]
    assert (part.topics, part.answered, part.overdue, part.shared, part.median_days) == (2, 1, 1, 1, 3.0)
    assert part.share == 0.5
    assert answering_of(under=root, first=date(2026, 11, 1), last=date(2026, 11, 30), on=date(2026, 11, 23)) == part


def test_what_is_not_due_yet_is_not_held_against_anybody(jia):
    ask()
    part = answering_of(under=branch(), first=date(2026, 11, 1), last=date(2026, 11, 30), on=date(2026, 11, 4))
    assert part.share is None


def test_a_member_asks_and_reads_the_answer_on_the_page(cast):
    member, secretary = cast.signed_in("member"), cast.signed_in("secretary")
    with context.inside(cast.jia):
        unit = branch()
    assert member.get("/voice/new/").status_code == 200
    assert member.post("/voice/new/", {"kind": "idea", "title": ""}).status_code == 422
    sent = {"kind": "idea", "unit": unit.pk, "title": "设一个学习角", "text": "放在走廊。"}
    page = member.post("/voice/new/", sent)
    where = page.headers["Location"]
    assert "设一个学习角" in secretary.get("/voice/").content.decode()
    secretary.post(f"{where}answers/", {"answer-text": "下周讨论。"})
    secretary.post(f"{where}decision/", {"decision": "adopt", "decision-reason": "列入计划"})
    text = member.get(where).content.decode()
    assert "下周讨论。" in text and "已采纳：列入计划" in text
    assert "设一个学习角" in member.get("/voice/answered/").content.decode()
    assert "设一个学习角" in member.get("/voice/mine/?q=学习角&kind=idea").content.decode()
    assert "设一个学习角" not in member.get("/voice/?kind=nonsense").content.decode()


def test_only_those_who_answer_may_answer(cast):
    with context.inside(cast.jia):
        topic = ask()
    member = cast.signed_in("member")
    assert member.post(f"/voice/{topic.pk}/answers/", {"answer-text": "我来答"}).status_code == 403
    assert member.post(f"/voice/{topic.pk}/decision/", {"decision-reason": "好"}).status_code == 403
    assert member.post(f"/voice/{topic.pk}/replies/", {"reply-text": ""}).status_code == 422
    assert member.post(f"/voice/{topic.pk}/replies/", {"reply-text": "补充"}).status_code == 302


def test_another_branch_does_not_see_it_and_what_is_put_to_the_top_everybody_may(cast):
    with context.inside(cast.jia):
        root = Unit.objects.get(depth=1)
        below, above, secret = ask(), ask(unit=root), ask(unit=root, title="私下问", is_private=True)
    stranger = cast.signed_in("stranger")
    assert stranger.get(f"/voice/{below.pk}/").status_code == 404
    assert stranger.get(f"/voice/{above.pk}/").status_code == 200
    assert stranger.get(f"/voice/{secret.pk}/").status_code == 404
    assert cast.signed_in("secretary").get(f"/voice/{secret.pk}/").status_code == 404
    for who in ("member", "owner"):
        assert cast.signed_in(who).get(f"/voice/{secret.pk}/").status_code == 200


def test_an_overdue_question_shows_for_those_who_answer(cast):
    with context.inside(cast.jia):
        topic = ask(at=now() - timedelta(days=10))
    secretary = cast.signed_in("secretary")
    assert "超期 3 天" in secretary.get(f"/voice/{topic.pk}/").content.decode()
    assert "已过答复期限" in secretary.get("/voice/").content.decode()
    assert "答复「活动室能否周末开放」" in secretary.get("/").content.decode()
    assert "已过答复期限" not in cast.signed_in("member").get("/voice/").content.decode()
    assert secretary.get("/voice/nonsense/").status_code == 404


def test_the_list_asks_as_much_for_thirty_topics_as_for_three(cast):
    secretary = cast.signed_in("secretary")
    counts = []
    for number in (3, 30):
        with context.inside(cast.jia):
            for index in range(number):
                ask(title=f"第{number}-{index}问")
        with CaptureQueriesContext(connection) as queries:
            assert secretary.get("/voice/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20


def test_the_api_asks_replies_and_answers_under_the_same_rules(cast):
    with context.inside(cast.jia):
        unit, other = branch(), Unit.objects.get(name="第二党支部")
    member, secretary = cast.signed_in("member"), cast.signed_in("secretary")
    sent = {"unit": unit.pk, "kind": "question", "title": "接口提问"}
    made = member.post("/api/v1/topics/", sent, content_type="application/json")
    assert made.status_code == 201
    elsewhere = member.post("/api/v1/topics/", sent | {"unit": other.pk}, content_type="application/json")
    assert elsewhere.status_code == 404
    where = f"/api/v1/topics/{made.json()['id']}/"
    assert member.post(f"{where}replies/", {"text": "急"}, content_type="application/json").status_code == 201
    assert member.post(f"{where}answers/", {"text": "急"}, content_type="application/json").status_code == 403
    assert secretary.post(f"{where}answers/", {"text": "好"}, content_type="application/json").status_code == 201
    seen = member.get(where).json()
    assert seen["answered_at"] and [reply["is_answer"] for reply in seen["replies"]] == [False, True]
    assert cast.signed_in("stranger").get("/api/v1/topics/").json()["count"] == 0
