"""Anybody who sees a figure can question it; the unit answers."""

from tenants import context
from tests.support.cast import Cast
from workspace.inbox.models import Message
from workspace.indicators.models import Contest
from workspace.organization.models import Unit

ASKED = {"item": "regularity", "text": "九月的主题党日没有算进去"}


def ask(cast: Cast) -> Contest:
    with context.inside(cast.jia):
        branch = Unit.objects.get(name="第一党支部").pk
    answer = cast.signed_in("owner").post(f"/dashboards/vitality/contests/new/?unit={branch}", ASKED)
    assert answer.status_code == 302
    with context.inside(cast.jia):
        return Contest.objects.get()


def test_a_question_reaches_the_secretary(cast: Cast) -> None:
    contest = ask(cast)
    with context.inside(cast.jia):
        message = Message.objects.get(to=cast.user("secretary"), link=f"/dashboards/contests/{contest.pk}/")
        assert "提出疑问" in message.title
        assert contest.unit.name == "第一党支部" and contest.period == "2026"


def test_the_answer_goes_back_to_who_asked(cast: Cast) -> None:
    contest = ask(cast)
    page = f"/dashboards/contests/{contest.pk}/"
    assert cast.signed_in("secretary").post(page, {"answer": "已经补登"}).status_code == 302
    with context.inside(cast.jia):
        contest.refresh_from_db()
        assert contest.is_answered and contest.answer == "已经补登"
        assert Message.objects.filter(to=cast.user("owner"), link=page).exists()
    assert "已经补登" in cast.signed_in("owner").get(page).content.decode()


def test_it_is_answered_once(cast: Cast) -> None:
    page = f"/dashboards/contests/{ask(cast).pk}/"
    secretary = cast.signed_in("secretary")
    secretary.post(page, {"answer": "已经补登"})
    secretary.post(page, {"answer": "改主意了"})
    with context.inside(cast.jia):
        assert Contest.objects.get().answer == "已经补登"


def test_an_empty_question_is_shown_again(cast: Cast) -> None:
    page = cast.signed_in("owner").post("/dashboards/vitality/contests/new/", {"item": "regularity", "text": " "})
    assert page.status_code == 422
    with context.inside(cast.jia):
        assert not Contest.objects.exists()


def test_strangers_see_no_questions(cast: Cast) -> None:
    contest = ask(cast)
    assert cast.signed_in("stranger").get(f"/dashboards/contests/{contest.pk}/").status_code == 404
    assert "九月" not in cast.signed_in("stranger").get("/dashboards/contests/").content.decode()
    assert "九月" in cast.signed_in("secretary").get("/dashboards/contests/").content.decode()
    assert cast.signed_in("owner", at="yan").get(f"/dashboards/contests/{contest.pk}/").status_code == 404


def test_a_member_questions_their_own_page(cast: Cast) -> None:
    answer = cast.signed_in("member").post("/dashboards/development/me/", {"item": "tasks", "text": "少了一项"})
    assert answer.status_code == 302
    with context.inside(cast.jia):
        assert Contest.objects.get().by == cast.user("member")
        assert Message.objects.filter(to=cast.user("secretary")).exists()
