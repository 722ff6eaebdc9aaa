"""What is wrong with the register is found, shown to those who may see it, and put right by those who can."""

import io
import re
from datetime import date, datetime, timedelta
from html import unescape

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from shared.clock import now, today
from shared.synthetic.people import people
from tenants import context
from tests.members.test_import_wizard import import_it, settle, upload
from tests.support.cast import PASSWORD, Cast, Client
from workspace.access.models import Grant, Role
from workspace.accounts import tokens
from workspace.accounts.models import User
from workspace.audit.models import Entry as Line
from workspace.inbox.models import Message
from workspace.members.models import Member
from workspace.organization.models import Unit
from workspace.organization.notes import Notes
from workspace.quality import actions
from workspace.quality.judging import Entry, judged
from workspace.quality.survey import Survey

GOOD = next(people(1, on=date(2026, 11, 20), seed=3))
WHEN = datetime(2026, 11, 20, 4, tzinfo=timezone.get_fixed_timezone(0))


def entry(**changes: object) -> Entry:
    """A complete and consistent full member, but for what is changed."""
    facts = {name: getattr(GOOD, name, None) for name in Entry._fields}
    facts |= {"pk": 1, "unit_id": 1, "category": "full"}
    facts |= {"joined_on": date(2012, 7, 1), "converted_on": date(2013, 7, 1), "probation_extension": None}
    facts |= {"birth_date": GOOD.birth_date, "is_stale": False, "is_unchecked": False}
    return Entry(**{**facts, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"phone": ""}, ["no_phone"]),
        ({"citizen_number": None, "education": ""}, ["no_citizen_number", "no_education"]),
        ({"joined_on": None, "converted_on": None}, ["no_joined_on", "no_converted_on"]),
        ({"citizen_number": "999999199001011230"}, ["bad_number"]),
        ({"birth_date": GOOD.birth_date + timedelta(days=1)}, ["birth_conflict"]),
        ({"sex": "2" if GOOD.sex == "1" else "1"}, ["sex_conflict"]),
        ({"joined_on": GOOD.birth_date.replace(year=GOOD.birth_date.year + 17)}, ["joined_young"]),
        ({"joined_on": GOOD.birth_date - timedelta(days=1)}, ["joined_before_birth"]),
        ({"converted_on": date(2012, 6, 1)}, ["converted_before_joined"]),
        ({"converted_on": date(2013, 6, 1)}, ["converted_early"]),
        ({"category": "probationary", "converted_on": None, "joined_on": date(2025, 11, 1)}, ["probation_overdue"]),
        ({"category": "probationary", "converted_on": None, "joined_on": date(2026, 3, 1)}, []),
        ({"category": "activist", "joined_on": None, "converted_on": None}, []),
        ({"is_stale": True, "is_unchecked": True}, ["stale"]),
        ({"is_unchecked": True}, ["unchecked"]),
    ],
)
def test_each_finding_is_told_by_its_code(changes: dict, codes: list[str]) -> None:
    assert list(judged(entry(**changes), on=WHEN.date())) == codes


@pytest.mark.parametrize(
    ("created", "updated", "codes"),
    [(900, 731, ("stale",)), (900, 729, ()), (400, 400, ("unchecked",)), (400, 30, ()), (300, 300, ())],
)
def test_how_long_ago_people_looked_at_an_entry(cast: Cast, created: int, updated: int, codes: tuple[str, ...]) -> None:
    """Days before the moment that is asked about."""
    with context.inside(cast.jia):
        row = whole(unit("第一党支部"))
        mine = Member.objects.filter(pk=row.pk)
        mine.update(created_at=WHEN - timedelta(days=created), updated_at=WHEN - timedelta(days=updated))
        found = Survey(mine, WHEN.date(), WHEN).found
        assert tuple(code for one in found for code in one.codes) == codes


def whole(unit: Unit, name: str = "孙全", **changes: object) -> Member:
    facts = {name: getattr(GOOD, name) for name in ("sex", "citizen_number", "ethnic_group", "birth_date", "phone")}
    facts |= {"education": "21", "job": "工程师", "residence": "幸福路1号", "category": "full"}
    facts |= {"joined_on": date(2012, 7, 1), "converted_on": date(2013, 7, 1)}
    return Member.objects.create(unit=unit, name=name, **{**facts, **changes})


def page(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return unescape(answer.content.decode())


def unit(name: str) -> Unit:
    return Unit.objects.get(name=name)


def test_the_page_counts_and_every_count_opens_to_as_many_people(cast: Cast) -> None:
    with context.inside(cast.jia):
        whole(unit("第一党支部"))
        twin = {"citizen_number": None, "birth_date": GOOD.birth_date, "phone": "13800001111"}
        whole(unit("第二党支部"), "孙全", **twin)
    browser = cast.signed_in("owner")
    shown = page(browser, "/quality/")
    assert "缺身份证号" in shown and "姓名和出生日期相同" in shown
    links = set(re.findall(r'href="(/quality/people/\?unit=\d+&check=\w+)">(\d+)<', shown))
    assert len(links) > 8
    for link, count in links:
        assert browser.get(link).context["table"].page.paginator.count == int(count), link
    assert browser.get("/quality/people/?check=nothing").status_code == 404


def test_a_secretary_sees_their_branch_only_and_who_has_no_office_sees_nothing(cast: Cast) -> None:
    secretary = cast.signed_in("secretary")
    shown = page(secretary, "/quality/people/")
    assert "王党员" in shown and "赵外人" not in shown
    with context.inside(cast.jia):
        other, root = unit("第二党支部").pk, Unit.objects.get(depth=1).pk
    for key in (other, root):
        assert secretary.get(f"/quality/?unit={key}").status_code == 404
        assert secretary.get(f"/quality/people/?unit={key}").status_code == 404
        assert secretary.post("/quality/asking/", {"unit": key}).status_code == 404
        assert secretary.post("/quality/gaps/", {"unit": key}).status_code == 404
    for who in ("member", "stranger"):
        assert cast.signed_in(who).get("/quality/").status_code == 404
        assert cast.signed_in(who).get("/quality/people/").status_code == 404


def test_who_is_there_twice_beyond_what_one_may_see_is_not_told(cast: Cast) -> None:
    with context.inside(cast.jia):
        whole(unit("第一党支部"))
        whole(unit("第二党支部"), citizen_number=None)
    assert "姓名和出生日期相同" not in page(cast.signed_in("secretary"), "/quality/people/")


def test_numbers_stay_hidden(cast: Cast) -> None:
    with context.inside(cast.jia):
        whole(unit("第一党支部"), education="")
    shown = page(cast.signed_in("owner"), "/quality/people/?check=no_education")
    assert GOOD.phone not in shown and GOOD.citizen_number not in shown


def test_branches_are_asked_once_until_they_are_done(cast: Cast) -> None:
    browser = cast.signed_in("owner")
    with context.inside(cast.jia):
        root, first = Unit.objects.get(depth=1), unit("第一党支部")
    answer = browser.post("/quality/asking/", {"unit": root.pk}, follow=True).content.decode()
    assert "已请 2 个党组织补全" in answer and "其中 1 个没有别人可以通知" in answer
    again = browser.post("/quality/asking/", {"unit": root.pk}, follow=True).content.decode()
    assert "2 个以前请过、还没有补全，不重复通知" in again
    with context.inside(cast.jia):
        (message,) = Message.objects.filter(to=cast.user("secretary"))
        assert message.title == "请补全第一党支部的党员信息：2 人"
        assert Line.objects.filter(verb="quality.asked").count() == 2
    secretary = cast.signed_in("secretary")
    assert "王党员" in page(secretary, message.link)
    assert page(secretary, "/").count("补全党员信息：2 人") == 1
    with context.inside(cast.jia):
        assert actions.close_done(at=now()) == 0
        _complete(first)
    assert "补全党员信息：" not in page(secretary, "/")
    with context.inside(cast.jia):
        assert actions.close_done(at=now()) == 1
        assert Notes.read(unit("第一党支部").notes).errand is None
        assert Line.objects.filter(verb="quality.completed").count() == 1
        Member.objects.filter(unit=first, name="王党员").update(phone="")
    third = browser.post("/quality/asking/", {"unit": root.pk}, follow=True).content.decode()
    assert "已请 1 个党组织补全" in third


def _complete(branch: Unit) -> None:
    for member, person in zip(
        Member.objects.filter(unit=branch).order_by("pk"), people(2, on=today(), seed=9), strict=True
    ):
        for name in ("sex", "citizen_number", "ethnic_group", "birth_date", "phone"):
            setattr(member, name, getattr(person, name))
        member.education, member.job, member.residence = "21", "工程师", "幸福路1号"
        member.joined_on = person.birth_date.replace(day=1, year=person.birth_date.year + 22)
        member.converted_on = member.joined_on.replace(year=member.joined_on.year + 1)
        member.save()


def test_who_may_only_look_asks_nobody(cast: Cast) -> None:
    with context.inside(cast.jia):
        user = User.objects.create_user("ji", PASSWORD, name="纪检")
        Grant.objects.create(user=user, role=Role.DISCIPLINE, unit=Unit.objects.get(depth=1))
        root = Unit.objects.get(depth=1).pk
        browser = Client("jia")
        browser.force_login(user)
    assert "请各支部补全" not in page(browser, "/quality/")
    assert browser.post("/quality/asking/", {"unit": root}).status_code == 403
    assert browser.post("/quality/gaps/", {"unit": root}).status_code == 403
    with context.inside(cast.jia):
        assert Message.objects.count() == 0


def test_the_gaps_filled_in_go_back_through_the_import(cast: Cast) -> None:
    with context.inside(cast.jia):
        member = whole(unit("第一党支部"), education="", citizen_number=None)
        root = Unit.objects.get(depth=1).pk
    browser = cast.signed_in("owner")
    data = browser.post("/quality/gaps/", {"unit": root}).content
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert book.sheet_names == ["党员名册", "请在页面上补全"]  # the cast has names alone
    heading, row = book.get_sheet_by_index(0).to_python()
    cells = dict(zip(heading, row, strict=True))
    assert (cells["姓名"], cells["学历"], cells["公民身份号码"], cells["手机号码"]) == ("孙全", "", "", "")
    assert cells["需要补全"] == "缺身份证号；缺学历"
    cells |= {"学历": "大学本科毕业", "公民身份号码": GOOD.citizen_number}
    sheet = ",".join(heading) + "\r\n" + ",".join(cells[name] for name in heading)
    columns = upload(browser, ("\ufeff" + sheet).encode(), "补全.csv").headers["Location"]
    assert settle(browser, columns).status_code == 302
    import_it(browser, columns.removesuffix("columns/"))
    with context.inside(cast.jia):
        member.refresh_from_db()
        assert (member.education, member.citizen_number) == ("21", GOOD.citizen_number)
        assert (member.phone, Member.objects.count()) == (GOOD.phone, 4)
        assert Line.objects.get(verb="quality.exported").details["rows"] == 4


def test_more_than_two_hundred_need_a_purpose(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workspace.quality.actions.ROWS_WITHOUT_REASON", 2)
    with context.inside(cast.jia):
        root = Unit.objects.get(depth=1).pk
    browser = cast.signed_in("owner")
    assert browser.post("/quality/gaps/", {"unit": root}).status_code == 302
    assert browser.post("/quality/gaps/", {"unit": root, "reason": "年底核对名册"}).status_code == 200


def test_programs_read_and_ask_the_same(cast: Cast) -> None:
    with context.inside(cast.jia):
        scopes = ["members:read", "members:write"]
        _token, text = tokens.issue(by=cast.user("owner"), name="质量", scopes=scopes, expires_at=None)
        root = Unit.objects.get(depth=1).pk
    program = Client("jia", headers={"authorization": f"Bearer {text}"})
    told = program.get("/api/v1/register-quality/").json()
    counts = {one["code"]: one["people"] for one in told["findings"]}
    assert (told["people"], told["to_complete"], counts["no_phone"]) == (3, 3, 3)
    found = program.get("/api/v1/register-quality/people/?check=no_phone").json()
    assert found["count"] == 3 and "no_phone" in found["results"][0]["findings"]
    asked = program.post("/api/v1/register-quality/asking/", {"unit": root}, content_type="application/json").json()
    assert asked == {"now": 2, "before": 0, "untold": 1}
