"""A member's own development is theirs and their secretary's."""

from datetime import date

from tenants import context
from tests.support.activities import at, member, on_record
from tests.support.cast import Cast
from workspace.learning.models import StudyRecord
from workspace.organization.models import Unit


def test_a_member_sees_hours_and_tasks(cast: Cast) -> None:
    with context.inside(cast.jia):
        who = member("member")
        StudyRecord.objects.create(member=who, on=date(2026, 3, 1), title="培训", hours=12, source="class")
        activity = on_record(Unit.objects.get(name="第一党支部"), date(2026, 3, 2), "party_day")
        activity.resolutions.create(text="整理阅览室", owner=who, due=date(2026, 4, 1), done_at=at("2026-03-20"))
    page = cast.signed_in("member").get("/dashboards/development/me/").content.decode()
    assert "12" in page and "32" in page and "整理阅览室" in page


def test_only_the_member_and_the_secretary_may_look(cast: Cast) -> None:
    with context.inside(cast.jia):
        who = member("member").pk
    page = f"/dashboards/development/people/{who}/"
    assert cast.signed_in("member").get(page).status_code == 200
    assert cast.signed_in("secretary").get(page).status_code == 200
    assert cast.signed_in("stranger").get(page).status_code == 404


def test_who_is_no_member_is_told_so_instead_of_meeting_a_dead_end(cast: Cast) -> None:
    answer = cast.signed_in("owner", at="yan").get("/dashboards/development/me/", follow=True)
    assert answer.redirect_chain == [("/members/me/", 302)]
    assert "名册" in answer.content.decode()
