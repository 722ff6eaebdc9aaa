"""More than two hundred people in it: another administrator agrees to an archive, or everybody has a day to object."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import LazySettings

from shared.clock import now
from tenants import context
from tests.archives.test_archives import API, verbs
from tests.members.people import fill
from tests.support.cast import PASSWORD, Cast, Client
from tests.support.jobs import run_jobs
from workspace.access import tasks
from workspace.access.actions import consents
from workspace.access.models import Consent, Grant, Role
from workspace.accounts.models import User
from workspace.archives.models import Archive
from workspace.audit.models import Entry
from workspace.inbox.models import Message
from workspace.organization.models import Unit


@pytest.fixture(autouse=True)
def _files_of_this_test(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.ARCHIVES_ROOT = tmp_path / "archives"


@pytest.fixture
def owner(cast: Cast) -> Client:
    return cast.signed_in("owner")


@pytest.fixture(autouse=True)
def many(cast: Cast) -> None:
    with context.inside(cast.jia):
        fill(201, Unit.objects.get(name="第二党支部"))


@pytest.fixture
def second(cast: Cast, owner: Client) -> Client:
    with context.inside(cast.jia):
        made = User.objects.create_user("second", PASSWORD, name="吴副书记")
        Grant.objects.create(user=made, role=Role.ADMIN, unit=Unit.objects.get(depth=1))
    return cast.signed_in("second")


def the_day_is_over(cast: Cast, archive: Archive) -> None:
    """What the job does that was put off until then."""
    with context.inside(cast.jia):
        tasks.notice_is_over(archive.consent_id)
    run_jobs()


def newest(cast: Cast) -> Archive:
    with context.inside(cast.jia):
        return Archive.objects.select_related("consent").latest("pk")


def test_another_administrator_agrees_and_it_is_made(cast: Cast, owner: Client, second: Client) -> None:
    assert "吴副书记" in owner.get("/archives/").content.decode()
    asked = owner.post("/archives/new/", {"reason": "年度备份"})
    archive = newest(cast)
    assert (archive.state, asked["Location"]) == ("asked", f"/access/consents/{archive.consent_id}/")
    run_jobs()
    assert newest(cast).state == "asked"
    assert "待复核" in owner.get("/archives/").content.decode()
    assert owner.get(f"/archives/{archive.pk}/file/").status_code == 409
    assert owner.post(f"/access/consents/{archive.consent_id}/agree/").status_code == 403
    assert second.post(f"/access/consents/{archive.consent_id}/agree/").status_code == 302
    run_jobs()
    assert newest(cast).state == "done"
    assert owner.get(f"/archives/{archive.pk}/file/").status_code == 200
    assert verbs(cast) == ["archive.asked", "archive.made", "archive.taken"]


def test_it_is_not_made_against_a_no(cast: Cast, owner: Client, second: Client) -> None:
    owner.post("/archives/new/", {"reason": "年度备份"})
    archive = newest(cast)
    second.post(f"/access/consents/{archive.consent_id}/refuse/", {"reason": "上周刚导过"})
    run_jobs()
    assert (newest(cast).state, newest(cast).failure) == ("refused", "上周刚导过")
    assert "上周刚导过" in owner.get("/archives/").content.decode()
    assert owner.post("/archives/new/", {"reason": "再申请"}).status_code == 302
    assert newest(cast).state == "asked", "a no stands in nobody's way"


def test_it_is_taken_back_by_whoever_asked(cast: Cast, owner: Client, second: Client) -> None:
    owner.post("/archives/new/", {"reason": "年度备份"})
    archive = newest(cast)
    assert second.post(f"/archives/{archive.pk}/delete/").status_code == 403
    assert owner.post(f"/archives/{archive.pk}/delete/").status_code == 302
    with context.inside(cast.jia):
        assert not Archive.objects.exists()
        assert not Consent.objects.exists()


def test_a_single_administrator_waits_a_day_in_which_all_are_told(cast: Cast, owner: Client) -> None:
    with context.inside(cast.jia):
        branch = Unit.objects.get(name="第一党支部")
        Grant.objects.create(user=Cast.user("secretary"), role=Role.ADMIN, unit=branch)
    assert "24 小时内没有人反对" in owner.get("/archives/").content.decode()
    page = owner.post("/archives/new/", {"reason": "换平台前备份"}, follow=True).content.decode()
    assert "已通知所有管理员" in page
    archive = newest(cast)
    run_jobs()
    with context.inside(cast.jia):
        told = Message.objects.filter(link=f"/access/consents/{archive.consent_id}/")
        assert set(told.values_list("to__name", flat=True)) == {"管理员", "李书记"}
        assert archive.consent and archive.consent.alone_until
        consents.notice_is_over(archive.consent, at=archive.consent.alone_until - timedelta(minutes=2))
        assert Archive.objects.get().state == "asked"
    with time_machine.travel(now() + timedelta(hours=24, minutes=1)):
        the_day_is_over(cast, archive)
    assert newest(cast).state == "done"
    with context.inside(cast.jia):
        agreed = Entry.objects.get(verb="consent.agreed")
        assert (agreed.by, agreed.details["alone"]) == (None, True)


def test_an_administrator_appointed_meanwhile_can_stop_it(cast: Cast, owner: Client) -> None:
    owner.post("/archives/new/", {"reason": "换平台前备份"})
    archive = newest(cast)
    with context.inside(cast.jia):
        made = User.objects.create_user("second", PASSWORD, name="吴副书记")
        Grant.objects.create(user=made, role=Role.ADMIN, unit=Unit.objects.get(depth=1))
    second = cast.signed_in("second")
    second.post(f"/access/consents/{archive.consent_id}/refuse/", {"reason": "没有商量过"})
    with time_machine.travel(now() + timedelta(hours=25)):
        the_day_is_over(cast, archive)
    assert newest(cast).state == "refused"


def test_nobody_decided_in_a_week_and_the_next_may_ask(cast: Cast, owner: Client, second: Client) -> None:
    owner.post("/archives/new/", {"reason": "年度备份"})
    assert owner.post(API, {"reason": "再来"}).json()["code"] == "one_at_a_time"
    with context.inside(cast.jia):
        Consent.objects.update(ends_at=now())
    answer = owner.post(API, {"reason": "再来"}, "application/json")
    assert (answer.status_code, answer.json()["state"]) == (202, "asked")
    assert owner.get(f"/api/v1/consents/{answer.json()['consent']}/").json()["reason"] == "再来"


def test_programs_say_what_for(cast: Cast, owner: Client, second: Client) -> None:
    answer = owner.post(API)
    assert (answer.status_code, answer.json()["code"]) == (400, "reason_missing")
    assert "请写明原因" in owner.post("/archives/new/", follow=True).content.decode()
