"""Study hours: certified by people for those who were there, taken back when wrong, and never a race."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shared.clock import today
from tenants import context
from tests.support.activities import at, branch_of, member, on_record
from tests.support.cast import Cast
from workspace.activities.models import Activity, CheckIn
from workspace.audit.models import Entry
from workspace.learning.actions import certifying
from workspace.learning.models import StudyRecord
from workspace.learning.queries.figures import due_by, reached
from workspace.learning.queries.uncertified import hours_of, uncertified
from workspace.learning.queries.years import sheet_of
from workspace.members.models import Member
from workspace.organization.models import Unit

NOW = date(2026, 11, 23)


@pytest.fixture
def jia(cast: Cast):
    with context.inside(cast.jia):
        yield cast


def held(*kinds: str, day: date | None = None, came: tuple[str, ...] = ("member", "secretary")) -> Activity:
    """A closed activity of two hours of the cast's branch, with people who were there."""
    activity = on_record(branch_of(0), day or date(today().year, 1, 15), *(kinds or ("lecture",)))
    for who in came:
        CheckIn.objects.create(activity=activity, member=member(who), method="manual", at=activity.starts_at)
    return activity


def add(*who: Member, hours: str = "8", on: date = NOW, **options) -> list[StudyRecord]:
    values = {"title": "培训班", "source": "class", "today": NOW, "by": Cast.user("secretary"), **options}
    return certifying.add_study(who[0].unit, [one.pk for one in who], on=on, hours=Decimal(hours), **values)


def test_one_click_certifies_everybody_who_was_there_and_nobody_else(jia):
    rows = certifying.certify_activity(held(), by=Cast.user("secretary"))
    assert {row.member_id for row in rows} == {member("member").pk, member("secretary").pk}
    assert {row.hours for row in rows} == {Decimal(2)}
    assert Entry.objects.get(verb="study.certified").details == {"hours": "2.0", "members": 2}


@pytest.mark.parametrize(("minutes", "hours"), [(10, "0.5"), (44, "0.5"), (45, "1.0"), (90, "1.5"), (100, "1.5")])
def test_hours_are_what_it_lasted_to_the_nearest_half(jia, minutes, hours):
    activity = Activity(starts_at=at("2026-03-01", 9), ends_at=at("2026-03-01", 9 + minutes // 60, minutes % 60))
    assert hours_of(activity) == Decimal(hours)


def test_hours_are_certified_once_and_can_be_taken_back(jia):
    activity, by = held(), Cast.user("secretary")
    certifying.certify_activity(activity, by=by)
    with pytest.raises(certifying.AlreadyCertified):
        certifying.certify_activity(activity, by=by)
    assert not uncertified(activity.unit, activity.day.year).exists()
    assert certifying.undo_activity(activity, by=by) == 2
    assert list(uncertified(activity.unit, activity.day.year)) == [activity]
    with pytest.raises(certifying.NothingToUndo):
        certifying.undo_activity(activity, by=by)


def test_what_is_not_on_record_or_not_study_is_refused(jia):
    by = Cast.user("secretary")
    with pytest.raises(certifying.NoStudy):
        certifying.certify_activity(held("committee_meeting"), by=by)
    with pytest.raises(certifying.NobodyWasThere):
        certifying.certify_activity(held(came=()), by=by)
    open_one = held()
    Activity.objects.filter(pk=open_one.pk).update(closed_at=None)
    with pytest.raises(certifying.NotOnRecord):
        certifying.certify_activity(open_one, by=by)
    with pytest.raises(certifying.HoursOutOfRange):
        certifying.certify_activity(held(), hours=Decimal("1.3"), by=by)


def test_a_class_is_added_for_several_and_only_for_the_branch(jia):
    assert len(add(member("member"), member("secretary"))) == 2
    with pytest.raises(certifying.NotInTheBranch):
        add(member("member"), member("stranger"))
    with pytest.raises(certifying.InTheFuture):
        add(member("member"), on=date(2026, 11, 24))
    assert StudyRecord.objects.count() == 2


def test_the_sheet_goes_by_name_and_leaves_the_exempt_out_of_the_count(jia):
    old = Member.objects.create(unit=member("member").unit, name="安老", is_exempt=True)
    add(member("member"), hours="32")
    add(old, hours="40")
    sheet = sheet_of(old.unit, 2026, today=NOW)
    assert [line.member.pinyin for line in sheet.lines] == sorted(line.member.pinyin for line in sheet.lines)
    assert (len(sheet.bound), sheet.reached, sheet.exempt) == (2, 1, 1)


def test_hours_of_another_year_do_not_count(jia):
    add(member("member"), hours="32", on=date(2025, 12, 31))
    assert sheet_of(member("member").unit, 2026, today=NOW).reached == 0
    assert sheet_of(member("member").unit, 2025, today=NOW).reached == 1


def test_the_part_due_grows_with_the_full_months(jia):
    assert [due_by(date(2026, month, 20)) for month in (1, 4, 12)] == [Decimal(0), Decimal(8), Decimal("29.3")]


def test_figures_tell_who_reached_the_part_due_by_branch_in_one_query(jia):
    root = Unit.objects.get(depth=1)
    add(member("member"), hours="28")
    add(member("secretary"), hours="5")
    with CaptureQueriesContext(connection) as asked:
        found = reached(under=root, on=NOW)
    assert len(asked) == 1
    assert found[member("member").unit.path].share == 0.5
    assert found[member("stranger").unit.path].share == 0


def test_in_january_nobody_is_behind_yet(jia):
    found = reached(under=Unit.objects.get(depth=1), on=date(2026, 1, 20))
    assert found[member("member").unit.path].share == 1


def test_the_secretary_certifies_from_the_list_and_undoes(cast):
    with context.inside(cast.jia):
        activity = held()
    secretary = cast.signed_in("secretary")
    assert "没有认定学时" in secretary.get(f"/learning/units/{activity.unit_id}/").content.decode()
    assert "到会 2 人" in secretary.get(f"/learning/units/{activity.unit_id}/activities/").content.decode()
    secretary.post(f"/learning/activities/{activity.pk}/certification/", {f"{activity.pk}-hours": "1.5"})
    with context.inside(cast.jia):
        assert set(StudyRecord.objects.values_list("hours", flat=True)) == {Decimal("1.5")}
    secretary.post(f"/learning/activities/{activity.pk}/certification/undo/", {"confirmed": "1"})
    with context.inside(cast.jia):
        assert not StudyRecord.objects.exists()


def test_a_class_is_registered_on_its_page(cast):
    with context.inside(cast.jia):
        who = member("member")
    secretary = cast.signed_in("secretary")
    address = f"/learning/units/{who.unit_id}/records/new/"
    assert "王党员" in secretary.get(address).content.decode()
    assert secretary.post(address, {"title": "", "members": []}).status_code == 422
    sent = {"title": "党校培训", "source": "class", "on": "2026-03-02", "hours": "16", "members": [who.pk]}
    assert secretary.post(address, sent).status_code == 302
    page = secretary.get(f"/learning/members/{who.pk}/?year=2026").content.decode()
    assert "党校培训" in page and "撤销" in page
    assert "党校培训" in cast.signed_in("member").get("/learning/me/?year=2026").content.decode()


def test_a_member_sees_the_own_hours_and_nobody_elses(cast):
    with context.inside(cast.jia):
        mine, other = member("member"), member("secretary")
    client = cast.signed_in("member")
    assert client.get("/learning/").headers["Location"] == "/learning/me/"
    assert client.get("/learning/me/").status_code == 200
    assert client.get(f"/learning/members/{mine.pk}/certificate/").status_code == 200
    assert client.get(f"/learning/members/{other.pk}/").status_code == 404
    assert client.get(f"/learning/units/{mine.unit_id}/").status_code == 403
    assert client.get("/learning/overview/").status_code == 403


def test_nobody_certifies_their_own_hours_from_outside_the_committee(cast):
    with context.inside(cast.jia):
        activity = held()
    assert cast.signed_in("member").post(f"/learning/activities/{activity.pk}/certification/").status_code == 404
    assert cast.signed_in("stranger").get(f"/learning/units/{activity.unit_id}/").status_code == 404


def test_the_overview_follows_the_tree_and_exports(cast):
    owner = cast.signed_in("owner")
    page = owner.get("/learning/overview/").content.decode()
    assert page.index("第一党支部") < page.index("第二党支部")
    assert owner.get("/learning/overview/?form=xlsx").content[:2] == b"PK"
    with context.inside(cast.jia):
        unit = member("member").unit
    assert "王党员" in owner.get(f"/learning/units/{unit.pk}/?form=csv&year=abc").content.decode()


def test_the_sheet_asks_as_much_for_forty_members_as_for_four(cast):
    secretary = cast.signed_in("secretary")
    counts = []
    for number in (4, 40):
        with context.inside(cast.jia):
            unit = branch_of(number)
            add(*Member.objects.below(unit))
        with CaptureQueriesContext(connection) as queries:
            assert secretary.get(f"/learning/units/{unit.pk}/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20


def test_the_api_adds_and_takes_back_under_the_same_rules(cast):
    with context.inside(cast.jia):
        who = member("member")
    sent = {
        "unit": who.unit_id, "members": [who.pk], "on": "2026-03-02", "title": "培训", "hours": "4", "source": "class",
    }  # fmt: skip
    address = "/api/v1/study-records/"
    assert cast.signed_in("member").post(address, sent, content_type="application/json").status_code == 403
    secretary = cast.signed_in("secretary")
    made = secretary.post(address, sent, content_type="application/json")
    assert (made.status_code, made.json()[0]["hours"]) == (201, "4.0")
    odd = secretary.post(address, sent | {"hours": "1.3"}, content_type="application/json")
    assert (odd.status_code, odd.json()["code"]) == (400, "hours_out_of_range")
    assert cast.signed_in("member").get(address).json()["count"] == 1
    assert cast.signed_in("stranger").get(address).json()["count"] == 0
    assert cast.signed_in("member").delete(f"{address}{made.json()[0]['id']}/").status_code == 404
    assert secretary.delete(f"{address}{made.json()[0]['id']}/").status_code == 204
