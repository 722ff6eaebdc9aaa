"""An export that comes by itself: due on its days, as each person's rights are then, in full only by two."""

import csv
import io
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings

from shared.clock import now, today
from tenants import context
from tenants.models import Tenant
from tests.members.people import fill
from tests.support.cast import PASSWORD, Cast, Client
from tests.support.jobs import run_jobs
from workspace.access.models import Consent, Grant, Role
from workspace.accounts.models import User
from workspace.archives import actions, running, scheduling
from workspace.archives.models import Schedule
from workspace.archives.terms import MONTHLY, QUARTERLY, WEEKLY, next_day
from workspace.audit.models import Entry
from workspace.inbox.models import Message
from workspace.members.models import Member
from workspace.organization.models import Unit

API = "/api/v1/export-schedules/"
JSON = {"content_type": "application/json"}


@pytest.fixture(autouse=True)
def _files_of_this_test(settings: LazySettings, tmp_path: Path) -> None:
    settings.ARCHIVES_ROOT = tmp_path / "archives"


@pytest.fixture
def second(cast: Cast) -> User:
    """Somebody else who may export everything."""
    with context.inside(cast.jia):
        made = User.objects.create_user("second", PASSWORD, name="吴副书记")
        Grant.objects.create(user=made, role=Role.MANAGER, unit=Unit.objects.get(depth=1))
    return made


def unit(cast: Cast, name: str = "第一党支部") -> Unit:
    with context.inside(cast.jia):
        return Unit.objects.get(name=name) if name else Unit.objects.get(depth=1)


def given(cast: Cast, *usernames: str, **said: object) -> dict[str, object]:
    with context.inside(cast.jia):
        people = [cast.user(name).pk if name != "second" else User.objects.get(username=name).pk for name in usernames]
    plain = {"what": "members", "form": "csv", "every": "monthly", "day": 5, "people": people, "reason": "月报"}
    return plain | said


def set_up(cast: Cast, who: str, of: str, *usernames: str, **said: object) -> Schedule:
    where = unit(cast, of)
    answer = cast.signed_in(who).post(f"/archives/schedules/new/?unit={where.pk}", given(cast, *usernames, **said))
    assert answer.status_code == 302, answer.content.decode()
    with context.inside(cast.jia):
        return Schedule.objects.latest("pk")


def again(cast: Cast, schedule: Schedule) -> Schedule:
    with context.inside(cast.jia):
        return Schedule.objects.select_related("unit").get(pk=schedule.pk)


def run(cast: Cast, schedule: Schedule, *, after: timedelta = timedelta()) -> list[running.Run]:
    with context.inside(cast.jia):
        return running.run(schedule, at=now() + after)


def sheet(answer) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


def test_the_days_are_the_calendar_s() -> None:
    friday = date(2026, 1, 30)
    assert next_day(WEEKLY, 5, after=friday) == date(2026, 2, 6)
    assert next_day(MONTHLY, 31, after=friday) == date(2026, 1, 31)
    assert next_day(MONTHLY, 31, after=date(2026, 1, 31)) == date(2026, 2, 28)
    assert next_day(QUARTERLY, 5, after=friday) == date(2026, 4, 5)
    assert next_day(QUARTERLY, 31, after=date(2025, 10, 31)) == date(2026, 1, 31)
    day = date(2026, 1, 1)
    for _month in range(24):
        later = next_day(MONTHLY, 30, after=day)
        assert timedelta(27) < later - day <= timedelta(31) or day == date(2026, 1, 1)
        day = later


def test_it_comes_when_it_is_due_and_the_file_is_for_its_reader_alone(cast: Cast) -> None:
    made = set_up(cast, "secretary", "第一党支部", "secretary", "owner")
    with context.inside(cast.jia):
        assert running.put_off_due(on=made.next_on - timedelta(days=1)) == 0
        Schedule.objects.filter(pk=made.pk).update(next_on=today())
        assert running.put_off_due(on=today()) == 1
    run_jobs()
    made = again(cast, made)
    assert made.next_on > today()
    assert {(each.name, each.rows, each.why) for each in made.history} == {("李书记", 2, ""), ("管理员", 2, "")}
    own = next(each for each in made.history if each.name == "李书记")
    others = next(each for each in made.history if each.name == "管理员")
    secretary = cast.signed_in("secretary")
    page = secretary.get(f"/archives/schedules/{made.pk}/").content.decode()
    assert page.count("/files/") == 1
    rows = sheet(secretary.get(f"/archives/schedules/{made.pk}/files/{own.number}/"))
    assert {row["姓名"] for row in rows} == {"李书记", "王党员"}
    assert secretary.get(f"/archives/schedules/{made.pk}/files/{others.number}/").status_code == 404
    assert cast.signed_in("stranger").get(f"/archives/schedules/{made.pk}/files/{own.number}/").status_code == 404
    with context.inside(cast.jia):
        assert Message.objects.filter(to=cast.user("secretary"), link=f"/archives/schedules/{made.pk}/").count() == 1
        exported = Entry.objects.filter(verb="members.exported", details__schedule=made.pk)
        assert set(exported.values_list("by_name", flat=True)) == {"李书记", "管理员"}
        assert set(Entry.objects.filter(verb__startswith="schedule.").values_list("verb", flat=True)) == {
            "schedule.set", "schedule.made", "schedule.taken",
        }  # fmt: skip


def test_whoever_lost_the_right_gets_no_file_and_nobody_else_s_rows(cast: Cast) -> None:
    made = set_up(cast, "owner", "第一党支部", "secretary", "owner")
    with context.inside(cast.jia):
        # Moved to the other branch: may export there, no longer here.
        Grant.objects.filter(user=cast.user("secretary")).update(unit=Unit.objects.get(name="第二党支部"))
    done = {each.name: each for each in run(cast, made)}
    assert (done["李书记"].token, "没有导出" in done["李书记"].why) == ("", True)
    assert done["管理员"].rows == 2
    with context.inside(cast.jia):
        titles = Message.objects.filter(to=cast.user("secretary")).values_list("title", flat=True)
        assert any("没有执行" in title for title in titles)
        assert Message.objects.filter(to=cast.user("owner"), title__contains="1 人没有收到").exists()
    # A file that was made before the right went is not handed out after it.
    with context.inside(cast.jia):
        Grant.objects.filter(user=cast.user("secretary")).update(unit=Unit.objects.get(name="第一党支部"))
    number = next(each for each in run(cast, made) if each.name == "李书记").number
    with context.inside(cast.jia):
        Grant.objects.filter(user=cast.user("secretary")).update(role=Role.MEMBER)
    assert cast.signed_in("secretary").get(f"/archives/schedules/{made.pk}/files/{number}/").status_code == 403


def test_it_stops_with_whoever_set_it_up_and_with_the_unit(cast: Cast, second: User) -> None:
    made = set_up(cast, "secretary", "第一党支部", "owner")
    with context.inside(cast.jia):
        Unit.objects.filter(pk=made.unit_id).update(closed_on=today())
    assert "已经撤销" in run(cast, made)[0].why
    with context.inside(cast.jia):
        Unit.objects.filter(pk=made.unit_id).update(closed_on=None)
        Grant.objects.filter(user=cast.user("secretary")).delete()
    assert "已暂停" in run(cast, made)[0].why
    assert again(cast, made).state == Schedule.State.PAUSED
    assert run(cast, made) == []


def test_much_in_full_waits_for_a_second_person_and_lapses_after_a_year(cast: Cast, second: User) -> None:
    with context.inside(cast.jia):
        fill(201, Unit.objects.get(name="第二党支部"))
        there = Member.objects.present().count()
    made = set_up(cast, "owner", "", "owner", whole="on")
    assert made.state == Schedule.State.ASKED
    assert run(cast, made) == []
    with context.inside(cast.jia):
        consent = Consent.objects.latest("pk")
    assert cast.signed_in("owner").post(f"/access/consents/{consent.pk}/agree/").status_code == 403
    page = cast.signed_in("second").get(f"/access/consents/{consent.pk}/").content.decode()
    assert "每月5日" in page
    cast.signed_in("second").post(f"/access/consents/{consent.pk}/agree/")
    made = again(cast, made)
    assert (made.state, made.agreed["by"]) == (Schedule.State.ACTIVE, "吴副书记")
    assert run(cast, made)[0].rows == there
    # What an agreement covers does not count as taken alone, and the next run needs no other.
    assert run(cast, made, after=timedelta(hours=1))[0].rows == there
    assert "满一年" in run(cast, made, after=timedelta(days=366))[0].why
    with context.inside(cast.jia):
        fill_more = [Member(unit=unit(cast, "第二党支部"), name=f"新人{n}") for n in range(40)]
        Member.objects.bulk_create(fill_more)
    assert "重新申请" in run(cast, made)[0].why
    cast.signed_in("owner").post(f"/archives/schedules/{made.pk}/renewal/")
    assert again(cast, made).state == Schedule.State.ASKED


def test_fewer_in_full_become_too_many_and_are_held_back(cast: Cast) -> None:
    made = set_up(cast, "owner", "第二党支部", "owner", whole="on")
    assert made.state == Schedule.State.ACTIVE
    with context.inside(cast.jia):
        fill(201, Unit.objects.get(name="第二党支部"))
    (done,) = run(cast, made)
    assert (done.token, "另一个人同意" in done.why) == ("", True)


def test_only_people_who_may_export_it_get_it_and_only_those_who_may_set_it_do(cast: Cast) -> None:
    where = unit(cast)
    wrong = cast.signed_in("secretary").post(
        f"/archives/schedules/new/?unit={where.pk}", given(cast, "secretary", "member")
    )
    assert wrong.status_code == 422
    assert cast.signed_in("member").get("/archives/schedules/").status_code == 404
    assert cast.signed_in("member").get("/archives/schedules/new/").status_code == 403
    elsewhere = unit(cast, "第二党支部")
    there = cast.signed_in("secretary").post(f"/archives/schedules/new/?unit={elsewhere.pk}", given(cast, "secretary"))
    assert there.status_code == 422
    program = cast.signed_in("secretary")
    refused = program.post(API, given(cast, "member", unit=where.pk), **JSON)
    assert (refused.status_code, refused.json()["code"]) == (400, "wrong_people")
    assert program.post(API, given(cast, "secretary", unit=elsewhere.pk), **JSON).status_code == 404
    with context.inside(cast.jia):
        assert not Schedule.objects.exists()


def test_files_go_after_a_week_and_with_their_schedule(cast: Cast) -> None:
    made = set_up(cast, "secretary", "第一党支部", "secretary", what="units")
    (done,) = run(cast, made)
    secretary = cast.signed_in("secretary")
    assert done.rows == 1
    with context.inside(cast.jia):
        assert running.files.sheet_path(done.token, "csv").is_file()
        assert actions.sweep(at=now() + timedelta(days=8)) == 1
        assert not running.files.sheet_path(done.token, "csv").exists()
    assert secretary.get(f"/archives/schedules/{made.pk}/files/{done.number}/").status_code == 410
    with pytest.raises(running.FileGone), context.inside(cast.jia):
        running.take(again(cast, made), done, by=cast.user("secretary"), at=now() + timedelta(days=8))
    secretary.post(f"/archives/schedules/{made.pk}/delete/", {"confirmed": "yes"})
    with context.inside(cast.jia):
        assert not Schedule.objects.exists()


def test_programs_set_pause_go_on_run_and_take(cast: Cast) -> None:
    program = cast.signed_in("secretary")
    made = program.post(API, given(cast, "secretary", unit=unit(cast).pk, what="cases", form="xlsx"), **JSON)
    assert made.status_code == 201, made.content
    key = made.json()["id"]
    assert program.post(f"{API}{key}/pause/", **JSON).json()["state"] == "paused"
    assert program.post(f"{API}{key}/run/", **JSON).status_code == 409
    assert program.post(f"{API}{key}/resume/", **JSON).json()["state"] == "active"
    assert program.post(f"{API}{key}/run/", **JSON).status_code == 202
    run_jobs()
    (done,) = program.get(f"{API}{key}/").json()["runs"]
    assert (done["rows"], done["has_file"]) == (0, True)
    assert b"".join(program.get(f"{API}{key}/files/{done['number']}/").streaming_content)[:2] == b"PK"
    weekly = program.post(API, given(cast, "secretary", unit=unit(cast).pk, every="weekly", day=9), **JSON)
    assert weekly.status_code == 400
    assert Client("yan").get(f"{API}{key}/").status_code == 401
    assert program.delete(f"{API}{key}/").status_code == 204
    assert scheduling.MOST == 50


def test_a_workspace_that_is_only_read_is_taken_away_and_not_set_up(cast: Cast) -> None:
    made = set_up(cast, "secretary", "第一党支部", "secretary")
    (done,) = run(cast, made)
    secretary = cast.signed_in("secretary")
    Tenant.objects.filter(pk=cast.jia.pk).update(state=Tenant.State.READ_ONLY)
    where = unit(cast)
    assert secretary.post(f"/archives/schedules/new/?unit={where.pk}", given(cast, "secretary")).status_code == 422
    secretary.post(f"/archives/schedules/{made.pk}/pausing/")
    assert again(cast, made).state == Schedule.State.ACTIVE
    assert secretary.get(f"/archives/schedules/{made.pk}/files/{done.number}/").status_code == 200
