"""A person's calendar address: theirs, secret, revocable."""

from datetime import timedelta

import icalendar
import pytest
import time_machine

from tenants import context
from tests.support.activities import at, branch_of, planned
from tests.support.cast import Cast, Client
from workspace.activities.actions import feeds, planning
from workspace.activities.models import Activity, CalendarFeed

START = at("2026-09-15", 14)


@pytest.fixture
def activity(cast: Cast) -> Activity:
    with time_machine.travel(START, tick=False), context.inside(cast.jia):
        return planned(branch_of(4), start=START, agenda="秘密议程")


def events(cast: Cast, secret: str, slug: str = "jia") -> list[icalendar.Event]:
    with time_machine.travel(START, tick=False):
        answer = Client(slug).get(f"/activities/calendar/{secret}.ics")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    assert "no-store" in answer["Cache-Control"]
    return list(icalendar.Calendar.from_ical(answer.content).walk("VEVENT"))


def secret_of(cast: Cast, username: str = "member") -> str:
    with context.inside(cast.jia):
        return feeds.give_address(cast.user(username))


def test_the_feed_holds_what_the_person_is_expected_at(cast: Cast, activity: Activity) -> None:
    (event,) = events(cast, secret_of(cast))
    assert event["SUMMARY"] == "九月主题党日"
    assert event.decoded("DTSTART") == START
    assert event["UID"] == f"activity-{activity.pk}@{cast.jia.uuid}"
    assert "秘密议程" not in event.to_ical().decode()
    assert events(cast, secret_of(cast, "stranger")) == []


def test_a_change_keeps_the_uid_and_raises_the_sequence(cast: Cast, activity: Activity) -> None:
    secret = secret_of(cast)
    (before,) = events(cast, secret)
    with context.inside(cast.jia):
        planning.change(activity, by=cast.user("secretary"), ends_at=START + timedelta(hours=3))
    (after,) = events(cast, secret)
    assert after["UID"] == before["UID"]
    assert int(after["SEQUENCE"]) == int(before["SEQUENCE"]) + 1
    with context.inside(cast.jia):
        planning.cancel(activity, by=cast.user("secretary"), reason="台风", at=START)
    assert events(cast, secret)[0]["STATUS"] == "CANCELLED"


def test_a_replaced_or_withdrawn_address_is_gone(cast: Cast, activity: Activity) -> None:
    old, new = secret_of(cast), secret_of(cast)
    assert Client("jia").get(f"/activities/calendar/{old}.ics").status_code == 404
    assert events(cast, new)
    cast.signed_in("member").post("/activities/calendar/address/", {"withdraw": "1"})
    assert Client("jia").get(f"/activities/calendar/{new}.ics").status_code == 404


def test_the_address_of_one_workspace_opens_nothing_in_another(cast: Cast, activity: Activity) -> None:
    secret = secret_of(cast)
    with context.inside(cast.jia):
        digest = CalendarFeed.objects.get().digest
    with context.inside(cast.yan):
        # even a copy of the very row
        CalendarFeed.objects.create(user=cast.user("member"), digest=digest)
    assert Client("yan").get(f"/activities/calendar/{secret}.ics").status_code == 404


def test_somebody_who_was_shut_out_reads_no_calendar(cast: Cast, activity: Activity) -> None:
    secret = secret_of(cast)
    with context.inside(cast.jia):
        user = cast.user("member")
        user.is_active = False
        user.save()
    assert Client("jia").get(f"/activities/calendar/{secret}.ics").status_code == 404


def test_the_page_shows_the_address_once(cast: Cast) -> None:
    person = cast.signed_in("member")
    shown = person.post("/activities/calendar/address/").content.decode()
    assert "/activities/calendar/" in shown
    assert ".ics" in shown
    assert ".ics" not in person.get("/activities/calendar/address/").content.decode()
