"""A personal file on paper and for programs: the member's own in full, somebody else's as far as they may read."""

import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from pypdf import PdfReader

from shared.clock import now, today
from shared.pdf import FONTS
from tenants import context
from tests.support.cast import Cast
from workspace.audit.models import Entry
from workspace.dues.models import Basis, Payment
from workspace.learning.models import StudyRecord
from workspace.members.actions.events import happen, register_many
from workspace.members.models import Appointment, Event, Member

NUMBER, PHONE = "11010519491231002X", "13812341234"
JSON = {"content_type": "application/json"}


@pytest.fixture
def member(cast: Cast) -> Member:
    """With something in every part."""
    with context.inside(cast.jia):
        found = Member.objects.select_related("unit").get(user=cast.user("member"))
        found.citizen_number, found.phone, found.joined_on = NUMBER, PHONE, date(2010, 7, 1)
        found.save()
        register_many([found], on=date(2026, 1, 5), by=None, at=now())
        happen(found, Event.Kind.HONOURED, on=date(2026, 6, 30), by=None, details={"title": "优秀共产党员"})
        happen(found, Event.Kind.HELPED, on=date(2026, 7, 1), by=None, details={"help": "visit"}, basis="家中有事")
        Appointment.objects.create(member=found, unit=found.unit, post="youth", since=date(2026, 2, 1))
        StudyRecord.objects.create(member=found, on=date(2026, 3, 3), title="轮训", hours=Decimal(8), source="class")
        Basis.objects.create(member=found, payer="wage", monthly=Decimal("12.50"), since=date(2026, 1, 1))
        Payment.objects.create(member=found, month=date(2026, 1, 1), amount=Decimal("12.50"), paid_on=date(2026, 1, 9))
    return found


def read(answer) -> str:
    """What stands in the PDF, without the breaks of lines."""
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


def verbs(cast: Cast) -> list[str]:
    with context.inside(cast.jia):
        found = Entry.objects.filter(verb__in=["member.exported_own", "member.file_taken", "members.exported"])
        return list(found.order_by("pk").values_list("verb", flat=True))


def test_before_eight_in_the_morning_the_file_is_of_today(cast: Cast, member: Member) -> None:
    with time_machine.travel(datetime(2026, 3, 9, 17, 30, tzinfo=UTC), tick=True):  # half past one in Shanghai
        text = read(cast.signed_in("member").post("/members/me/file/"))
    assert "2026-03-10" in text and "2026-03-09" not in text


def test_one_s_own_file_is_whole_and_small(cast: Cast, member: Member) -> None:
    answer = cast.signed_in("member").post("/members/me/file/")
    text = read(answer)
    for said in ("个人档案", "王党员", "第一党支部", NUMBER, PHONE, "2010-07-01", "优秀共产党员", "家中有事"):
        assert said in text
    for said in (
        "青年委员",
        "学时（按年度）",
        "8.0",
        "党费",
        "12.50",
        "由本人导出",
        today().isoformat(),
        "第1页，共1页",
    ):
        assert said in text
    assert len(answer.content) < 200_000 < (FONTS / "NotoSansSC_400Regular.ttf").stat().st_size
    assert answer["Cache-Control"] == "no-store"
    assert verbs(cast) == ["member.exported_own"]


def test_a_long_file_goes_over_pages_that_are_counted(cast: Cast, member: Member) -> None:
    with context.inside(cast.jia):
        title = {"title": "奖" * 60}
        for year in range(1950, 2010):
            Event.objects.create(member=member, kind="honoured", on=date(year, 1, 1), at=now(), details=title)
    answer = cast.signed_in("member").post("/members/me/file/")
    text, last = read(answer), PdfReader(io.BytesIO(answer.content)).pages
    assert len(last) > 3
    assert f"第{len(last)}页，共{len(last)}页" in text
    assert text.count("由本人导出") >= len(last)


def test_the_branch_takes_it_masked_or_in_full_with_a_reason(cast: Cast, member: Member) -> None:
    secretary, address = cast.signed_in("secretary"), f"/members/{member.pk}/file/"
    assert address in secretary.get(f"/members/{member.pk}/").content.decode()
    masked = read(secretary.post(address, {"form": "pdf"}))
    assert (NUMBER in masked, PHONE in masked, "由李书记导出" in masked) == (False, False, True)
    assert "138****1234" in masked
    assert secretary.post(address, {"form": "pdf", "whole": "on"}).status_code == 422
    assert NUMBER in read(secretary.post(address, {"form": "pdf", "whole": "on", "reason": "上级调档"}))
    assert verbs(cast) == ["members.exported", "member.file_taken"] * 2


def test_many_files_in_full_count_as_one_export(cast: Cast, member: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workspace.members.actions.exporting.ROWS_ALONE", 1)
    secretary, address = cast.signed_in("secretary"), f"/members/{member.pk}/file/"
    said = {"form": "json", "whole": "on", "reason": "上级调档"}
    assert secretary.post(address, said).status_code == 200
    again = secretary.post(address, said)
    assert (again.status_code, "另一个人同意" in again.content.decode()) == (422, True)
    assert secretary.post(address, {"form": "json"}).status_code == 200


def test_nobody_else_gets_it(cast: Cast, member: Member) -> None:
    stranger = cast.signed_in("stranger")
    assert stranger.get(f"/members/{member.pk}/file/").status_code == 404
    assert stranger.post(f"/api/v1/members/{member.pk}/file/", {}, **JSON).status_code == 404
    assert cast.signed_in("member").post(f"/members/{member.pk}/file/", {"form": "pdf"}).status_code == 404
    with context.inside(cast.jia):
        Member.objects.filter(user=cast.user("stranger")).update(user=None)
    assert stranger.post("/members/me/file/").status_code == 404
    assert stranger.post("/api/v1/members/own-file/", {}, **JSON).status_code == 404
    assert verbs(cast) == []


def test_programs_read_the_same(cast: Cast, member: Member) -> None:
    own = cast.signed_in("member").post("/api/v1/members/own-file/", {"form": "json"}, **JSON)
    body = json.loads(own.content)
    assert (body["whole"], body["taken_by"], body["member"]) == (True, "由本人导出", "王党员")
    assert body["study"] == [{"year": "2026", "hours": "8.0", "records": "1"}]
    assert body["dues"][0] | {"open": "?"} == {"year": "2026", "months": "1", "amount": "12.50", "open": "?"}
    assert body["honours"][0]["title"] == "优秀共产党员"
    taken = cast.signed_in("secretary").post(f"/api/v1/members/{member.pk}/file/", {"form": "pdf"}, **JSON)
    assert "138****1234" in read(taken)
    exported = json.loads(cast.signed_in("member").post("/members/me/export/").content)
    assert exported["appointments"][0]["post"] == "青年委员"
