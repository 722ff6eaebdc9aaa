"""Events of a member on their pages and for programs: recorded, read by the right people, taken back."""

from datetime import date
from typing import Any

import pytest

from tenants import context
from tests.members.people import admit, branch
from tests.support.cast import Cast, Client
from workspace.access.models import Grant, Role
from workspace.accounts.models import User
from workspace.audit.words import FAMILIES
from workspace.members.actions.events import happen
from workspace.members.models import Event, Member
from workspace.members.queries.timeline import TITLES

Kind = Event.Kind


def record(cast: Cast, who: Member, kind: str, on: str, **more: Any) -> Event:
    with context.inside(cast.jia):
        return happen(who, kind, on=date.fromisoformat(on), by=cast.user("secretary"), **more)


def stored(cast: Cast, who: Member) -> Member:
    with context.inside(cast.jia):
        return Member.objects.get(pk=who.pk)


def officer(cast: Cast) -> Client:
    """Somebody who sees the register and does not keep it."""
    with context.inside(cast.jia):
        user = User.objects.create_user("officer", name="孙委员")
        Grant.objects.create(user=user, role=Role.COMMITTEE, unit=branch())
    client = Client("jia")
    with context.inside(cast.jia):
        client.force_login(user)
    return client


def test_a_secretary_records_a_conversion_and_the_page_tells_it(cast: Cast) -> None:
    who = admit(cast, category="probationary", joined_on=date(2025, 3, 10))
    secretary = cast.signed_in("secretary")
    assert (
        f"/members/{who.pk}/events/new/converted/" in secretary.get(f"/members/{who.pk}/events/new/").content.decode()
    )
    answer = secretary.post(
        f"/members/{who.pk}/events/new/converted/", {"on": "2026-03-10", "basis": "2026-03-10 支部党员大会"}
    )
    assert answer.status_code == 302
    page = secretary.get(f"/members/{who.pk}/").content.decode()
    assert "转为正式党员" in page
    assert "2026-03-10 支部党员大会" in page
    assert (stored(cast, who).category, stored(cast, who).converted_on) == ("full", date(2026, 3, 10))


def test_what_does_not_fit_is_said_on_the_form_and_nothing_is_written(cast: Cast) -> None:
    who = admit(cast, category="probationary", joined_on=date(2026, 3, 10))
    answer = cast.signed_in("secretary").post(f"/members/{who.pk}/events/new/converted/", {"on": "2026-09-10"})
    assert answer.status_code == 422
    assert "预备期到2027-03-10才满" in answer.content.decode()
    assert stored(cast, who).category == "probationary"


def test_the_choice_says_why_others_do_not_fit(cast: Cast) -> None:
    who = admit(cast, category="activist")
    page = cast.signed_in("secretary").get(f"/members/{who.pk}/events/new/").content.decode()
    assert f"/members/{who.pk}/events/new/development_object/" in page
    assert f"/members/{who.pk}/events/new/converted/" not in page
    assert "转为正式党员只适用于预备党员" in page


@pytest.mark.parametrize("kind", sorted(set(Kind.values) - {"registered", "corrected"}))
def test_every_kind_has_a_form(cast: Cast, kind: str) -> None:
    who = admit(cast)
    assert cast.signed_in("secretary").get(f"/members/{who.pk}/events/new/{kind}/").status_code == 200


def test_registration_and_correction_are_not_typed(cast: Cast) -> None:
    who = admit(cast)
    for kind in ("registered", "corrected", "nonsense"):
        assert cast.signed_in("secretary").get(f"/members/{who.pk}/events/new/{kind}/").status_code == 404


def test_honours_appraisals_and_help_have_their_own_questions(cast: Cast) -> None:
    who, secretary = admit(cast), cast.signed_in("secretary")
    for kind, said in (
        ("honoured", {"title": "优秀共产党员", "giver": "甲委"}),
        ("appraised", {"year": 2025, "grade": "excellent"}),
        ("helped", {"help": "visit", "note": "春节慰问"}),
    ):
        assert secretary.post(f"/members/{who.pk}/events/new/{kind}/", {"on": "2026-02-01", **said}).status_code == 302
    page = secretary.get(f"/members/{who.pk}/").content.decode()
    assert all(text in page for text in ("优秀共产党员 · 甲委", "2025 · 优秀", "走访慰问 · 春节慰问"))
    assert secretary.post(f"/members/{who.pk}/events/new/honoured/", {"on": "2026-02-01"}).status_code == 422


def test_what_is_sensitive_is_seen_by_the_member_and_who_keeps_the_register(cast: Cast) -> None:
    with context.inside(cast.jia):
        who = Member.objects.get(user=cast.user("member"))
    secret = record(
        cast, who, Kind.DISCIPLINED, "2026-02-01", basis="甲纪〔2026〕1号", details={"punishment": "warning"}
    )
    openly = record(cast, who, Kind.HONOURED, "2026-03-01", details={"title": "先进个人"})
    seeing = officer(cast)
    page = seeing.get(f"/members/{who.pk}/").content.decode()
    assert "先进个人" in page
    assert "甲纪〔2026〕1号" not in page
    assert "党纪处分" not in page
    assert seeing.get(f"/members/{who.pk}/events/{secret.pk}/").status_code == 404
    assert seeing.get(f"/members/{who.pk}/events/{openly.pk}/").status_code == 200

    kinds = {row["kind"] for row in seeing.get(f"/api/v1/members/{who.pk}/events/").json()}
    assert kinds == {"registered", "honoured"}
    assert "甲纪〔2026〕1号" in cast.signed_in("member").get("/members/me/").content.decode()
    assert "甲纪〔2026〕1号" in cast.signed_in("secretary").get(f"/members/{who.pk}/").content.decode()


def test_who_only_looks_records_and_voids_nothing(cast: Cast) -> None:
    who = admit(cast)
    made = record(cast, who, Kind.LOST_CONTACT, "2026-02-01")
    seeing = officer(cast)
    assert seeing.get(f"/members/{who.pk}/events/new/").status_code == 403
    assert seeing.post(f"/members/{who.pk}/events/new/died/", {"on": "2026-05-01"}).status_code == 403
    assert seeing.post(f"/members/{who.pk}/events/{made.pk}/voiding/", {"reason": "误记"}).status_code == 403
    assert stored(cast, who).is_present


def test_an_event_is_voided_with_a_reason_and_stays_to_be_seen(cast: Cast) -> None:
    who, secretary = admit(cast), cast.signed_in("secretary")
    made = record(cast, who, Kind.LOST_CONTACT, "2026-02-01")
    assert secretary.post(f"/members/{who.pk}/events/{made.pk}/voiding/", {"reason": ""}).status_code == 422
    assert secretary.post(f"/members/{who.pk}/events/{made.pk}/voiding/", {"reason": "同名误记"}).status_code == 302
    assert not stored(cast, who).is_lost_contact
    page = secretary.get(f"/members/{who.pk}/").content.decode()
    assert "失去联系（已撤销）" in page
    assert "同名误记" in page
    assert "同名误记" in secretary.get(f"/members/{who.pk}/events/{made.pk}/").content.decode()


def test_an_event_belongs_to_its_member(cast: Cast) -> None:
    who, other = admit(cast), admit(cast, name="李四", phone="")
    made = record(cast, who, Kind.LOST_CONTACT, "2026-02-01")
    secretary = cast.signed_in("secretary")
    assert secretary.get(f"/members/{other.pk}/events/{made.pk}/").status_code == 404
    assert secretary.post(f"/members/{other.pk}/events/{made.pk}/voiding/", {"reason": "误记"}).status_code == 404


def test_a_move_is_chosen_among_the_branches_that_the_person_may_fill(cast: Cast) -> None:
    who, owner = admit(cast), cast.signed_in("owner")
    with context.inside(cast.jia):
        second = branch("第二党支部").pk
    form = {"on": "2026-05-01", "unit": second}
    assert cast.signed_in("secretary").post(f"/members/{who.pk}/events/new/moved/", form).status_code == 422
    assert owner.post(f"/members/{who.pk}/events/new/moved/", form).status_code == 302
    assert stored(cast, who).unit_id == second


def test_programs_record_and_void(cast: Cast) -> None:
    who, secretary = admit(cast), cast.signed_in("secretary")
    address = f"/api/v1/members/{who.pk}/events/"
    send = {"content_type": "application/json"}
    refused = secretary.post(address, {"kind": "found", "on": "2026-05-01"}, **send)
    assert (refused.status_code, refused.json()["code"]) == (400, "not_so")
    made = secretary.post(address, {"kind": "lost_contact", "on": "2026-05-01", "details": {"reason": "work"}}, **send)
    assert (made.status_code, made.json()["details"]) == (201, {"reason": "work"})
    assert stored(cast, who).is_lost_contact
    voided = secretary.post(f"{address}{made.json()['id']}/void/", {"reason": "误记"}, **send)
    assert (voided.status_code, voided.json()["voided_for"]) == (200, "误记")
    assert not stored(cast, who).is_lost_contact


def test_the_timeline_is_told_by_year(cast: Cast) -> None:
    who = admit(cast, joined_on=date(2010, 7, 1))
    record(cast, who, Kind.LOST_CONTACT, "2024-02-01")
    record(cast, who, Kind.FOUND, "2025-02-01")
    years = [year.year for year in cast.signed_in("secretary").get(f"/members/{who.pk}/").context["years"]]
    assert years == sorted(years, reverse=True)
    assert {2010, 2024, 2025} <= set(years)


def test_every_line_about_a_member_has_a_title_in_the_timeline() -> None:
    verbs = {*FAMILIES["member"], *FAMILIES["import"]}
    verbs = {verb for verb in verbs if verb.startswith("member.")}
    assert verbs - {*TITLES} - {"member.happened", "member.event_voided"} == set()


def test_a_member_prints_their_own_file_with_what_is_sensitive_and_nobody_elses(cast: Cast) -> None:
    with context.inside(cast.jia):
        who = Member.objects.get(user=cast.user("member"))
        Member.objects.filter(pk=who.pk).update(phone="13812341234")
    record(cast, who, Kind.HELPED, "2026-02-01", details={"help": "visit", "note": "春节慰问"})
    sheet = cast.signed_in("member").get("/members/me/sheet/").content.decode()
    assert all(text in sheet for text in ("王党员个人档案", "13812341234", "走访慰问 · 春节慰问"))
    assert "王党员" not in cast.signed_in("stranger").get("/members/me/sheet/").content.decode()
