"""What leaves a workspace by other ways than its pages: mails, files, calendars, log lines, reports of errors."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.test import override_settings

from tenants import context
from tenants.models import Tenant
from tests.isolation import canaries
from tests.isolation.overheard import Heard, overheard
from tests.isolation.searching import birds, seen_in, unpacked
from tests.support.cast import Cast, Client
from tests.support.jobs import run_jobs
from workspace.accounts.models import User
from workspace.activities.actions import feeds
from workspace.archives.models import Archive

OTHER = {"jia": "yan", "yan": "jia"}


@pytest.fixture
def marked(cast: Cast, tmp_path: Any) -> Iterator[Cast]:
    """Both workspaces, alike, with a canary in every text; their archives in a folder of the test's own."""
    canaries.release([cast.jia, cast.yan])
    with override_settings(ARCHIVES_ROOT=tmp_path):
        yield cast


def deeds(cast: Cast, at: str) -> None:
    """Whatever has a mail sent about a workspace or to one of its people."""
    tenant: Tenant = getattr(cast, at)
    owner = cast.signed_in("owner", at=at)
    with context.inside(tenant):
        people = list(User.objects.exclude(email=None).values_list("pk", flat=True))
    Client(at).post("/reset/", {"username": "secretary"})
    for pk in people:
        owner.post(f"/access/people/{pk}/link/")
    Client().post("/find/email/", {"email": f"owner@{at}.example"})
    owner.post("/archives/closing/", {"reason": f"{canaries.CANARY[at]} 迁走", "confirmed": tenant.name})
    run_jobs()


def whole(message: Any) -> str:
    """A mail as it goes out, headers and every part decoded."""
    parts = [str(part.get_payload(decode=True) or b"", "utf-8", "replace") for part in message.message().walk()]
    return "\n".join([*(f"{name}: {value}" for name, value in message.message().items()), *parts, message.subject])


def test_no_mail_of_one_holds_anything_of_the_other(marked: Cast) -> None:
    for at, other in OTHER.items():
        before = len(mail.outbox)
        deeds(marked, at)
        sent = [whole(message) for message in mail.outbox[before:]]
        assert len(sent) >= 3, "or there would be nothing to look at"
        for text in sent:
            assert birds(text) <= {at}
            assert f"{other}.localhost" not in text
            assert f"{other}单位" not in text
            assert f"@{other}.example" not in text
        assert any(f"http://{at}.localhost/" in text for text in sent)


def test_no_file_of_one_holds_anything_of_the_other(marked: Cast, tmp_path: Any) -> None:
    """The register, one's own data, and the whole workspace."""
    owner, member = marked.signed_in("owner", at="yan"), marked.signed_in("member", at="yan")
    for answer in (owner.post("/members/export/", {"form": "csv"}), member.post("/members/me/export/")):
        assert seen_in(answer) == {"yan"}
    with context.inside(marked.yan):
        Archive.objects.all().delete()  # the one of the canaries waits, and there is one at a time
    owner.post("/archives/new/")
    run_jobs()
    [made] = tmp_path.rglob("*.zip")
    assert made.parent.name == str(marked.yan.uuid)
    assert set().union(*(birds(text) for text in unpacked(made.read_bytes()))) == {"yan"}


def test_no_calendar_of_one_holds_anything_of_the_other(marked: Cast) -> None:
    with context.inside(marked.yan):
        secret = feeds.give_address(User.objects.get(username="secretary"))
    answer = Client("yan").get(f"/activities/calendar/{secret}.ics")
    assert answer.status_code == 200
    assert seen_in(answer) == {"yan"}


def test_no_line_of_the_log_holds_a_person_or_a_link(marked: Cast) -> None:
    with overheard() as heard:
        for at in OTHER:
            deeds(marked, at)
            _wrong_ways(at)
    assert len(heard.lines) > 10
    assert [line for line in heard.lines if birds(line)] == []
    assert [line for line in heard.lines if "owner@" in line] == []


def _wrong_ways(at: str) -> None:
    """Refused, unknown, malformed: what Django writes a line about, with a canary where a secret stands."""
    client, bird = Client(at), canaries.CANARY[at]
    for path in (f"/reset/{bird}/", f"/join/{bird}/", f"/activities/calendar/{bird}.ics", f"/{bird}/x/"):
        client.get(path, {"q": bird})
    client.post("/sign-in/", {"username": bird, "password": bird})
    strict = Client(at, enforce_csrf_checks=True)
    strict.post(f"/reset/{bird}/", {"password": bird})


@pytest.fixture
def failing(marked: Cast, caplog: pytest.LogCaptureFixture) -> Iterator[Heard]:
    """Two pages that fail with somebody's words in the error: one raises them, one has the database quote a row."""
    with override_settings(URLCONF_WORKSPACE="tests.isolation.pages"), overheard() as heard:
        client = marked.signed_in("owner", at="yan")
        client.raise_request_exception = False
        for path in ("/crash/", "/clash/"):
            assert client.get(path, {"q": canaries.CANARY["yan"]}).status_code == 500
        yield heard


def test_an_error_is_logged_without_a_person(failing: Heard) -> None:
    errors = [json.loads(line) for line in failing.lines if '"level": "error"' in line]
    assert [line for line in failing.lines if birds(line)] == []
    assert {"IntegrityError", "RuntimeError"} <= {str(line.get("error", "")).partition(":")[0] for line in errors}
    assert any("pages.py" in place for line in errors for place in line.get("at", ()))


def test_an_error_is_reported_without_a_person(failing: Heard) -> None:
    assert len(failing.reports) >= 2
    assert [report[:500] for report in failing.reports if birds(report)] == []
    assert any("IntegrityError" in report or "UniqueViolation" in report for report in failing.reports)


def test_a_line_says_whose_request_it_is_of_and_the_next_one_does_not(cast: Cast) -> None:
    with overheard() as heard:
        for at in ("jia", "", "yan"):
            Client(at).get("/nothing-is-here/")
    told = [json.loads(line) for line in heard.lines]
    found = [line.get("workspace") for line in told if line["logger"] == "django.request"]
    assert found == [str(cast.jia.uuid), None, str(cast.yan.uuid)]
