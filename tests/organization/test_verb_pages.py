"""Merging, splitting, converting and checks through their pages and for programs."""

from datetime import date, timedelta

import pytest

from shared.clock import today
from tenants import context
from workspace.members.models import Appointment, Member
from workspace.organization import actions
from workspace.organization.facts import Facts
from workspace.organization.models import Change, Unit
from workspace.organization.notes import Notes

OLD = date(2020, 1, 1)


@pytest.fixture
def ids(cast) -> dict[str, int]:
    """甲党支部 with 钱一 and 孙二, 乙党支部 with 李三; by name."""
    with context.inside(cast.jia):
        owner, root = cast.user("owner"), Unit.objects.get(depth=1)
        found = {"root": root.pk}
        for name, people in (("甲党支部", ("钱一", "孙二")), ("乙党支部", ("李三",))):
            unit = actions.create(root, Facts(name=name, type="631", established_on=OLD), by=owner)
            found[name] = unit.pk
            for person in people:
                found[person] = Member.objects.create(unit=unit, name=person, category="full").pk
    return found


@pytest.fixture
def owner(cast):
    return cast.signed_in("owner")


def said(response) -> str:
    return response.content.decode()


def there(cast, pk):
    with context.inside(cast.jia):
        return Unit.objects.get(pk=pk)


def test_merging_shows_what_it_does_before_it_does_it(cast, owner, ids):
    url = f"/organization/units/{ids['甲党支部']}/merging/"
    sent = {"units": [ids["乙党支部"]], "on": "2026-07-01", "basis_number": "7号"}
    page = said(owner.post(url, sent | {"act": "preview"}))

    assert "乙党支部自2026-07-01起撤销" in page
    assert "名册上的人员 1 项转到甲党支部" in page
    assert there(cast, ids["乙党支部"]).is_open
    looked_at = page.split('name="looked_at" value="')[1].split('"')[0]
    assert owner.post(url, sent | {"act": "merge", "looked_at": looked_at}).status_code == 302
    assert there(cast, ids["乙党支部"]).closed_on == date(2026, 7, 1)


def test_a_merging_that_somebody_forestalled_is_told_and_keeps_what_was_chosen(cast, owner, ids):
    url = f"/organization/units/{ids['甲党支部']}/merging/"
    sent = {"units": [ids["乙党支部"]], "name": "甲乙党支部"}
    page = said(owner.post(url, sent | {"act": "preview"}))
    looked_at = page.split('name="looked_at" value="')[1].split('"')[0]
    with context.inside(cast.jia):
        other = Unit.objects.get(pk=ids["乙党支部"])
        actions.change(other, Facts(name="丙党支部", type="631", established_on=OLD), by=cast.user("owner"))
    answer = owner.post(url, sent | {"act": "merge", "looked_at": looked_at})

    assert answer.status_code == 422
    assert "被别人改过" in said(answer) and "甲乙党支部" in said(answer)
    assert there(cast, ids["乙党支部"]).is_open
    fresh = said(answer).split('name="looked_at" value="')[1].split('"')[0]
    assert owner.post(url, sent | {"act": "merge", "looked_at": fresh}).status_code == 302


def test_splitting_asks_who_goes_where_then_shows_then_does(cast, owner, ids):
    url = f"/organization/units/{ids['甲党支部']}/splitting/"
    sent = {"names": "丙党支部\n丁党支部", "on": "2026-07-01"}
    page = said(owner.post(url, sent | {"act": "assign"}))
    assert "谁去哪里" in page and "钱一" in page and "确认分设" not in page

    chosen = sent | {f"p{ids['钱一']}": "1", "rest": "2", "ends": "on"}
    page = said(owner.post(url, chosen | {"act": "preview"}))
    assert "新设党支部丙党支部，1 人转入" in page and "确认分设" in page
    assert "正式党员1人，少于3人" in page
    answer = owner.post(url, chosen | {"act": "confirm"})
    assert answer.status_code == 302
    with context.inside(cast.jia):
        assert Member.objects.get(pk=ids["钱一"]).unit.name == "丙党支部"
        assert Member.objects.get(pk=ids["孙二"]).unit.name == "丁党支部"
    assert there(cast, ids["甲党支部"]).closed_on == date(2026, 7, 1)


def test_a_split_without_names_says_what_is_missing(owner, ids):
    answer = owner.post(f"/organization/units/{ids['甲党支部']}/splitting/", {"names": "", "act": "confirm"})

    assert answer.status_code == 422
    assert "请写明从甲党支部分出哪些组织" in said(answer)


def test_a_branch_is_upgraded_with_its_people_in_new_branches(cast, owner, ids):
    url = f"/organization/units/{ids['甲党支部']}/conversion/"
    sent = {"kind": "621", "name": "甲党总支", "names": "甲一党支部", "rest": "1", "on": "2026-07-01"}
    page = said(owner.post(url, sent | {"act": "preview"}))
    assert "不足50人" in page

    assert owner.post(url, sent | {"act": "confirm"}).status_code == 302
    assert there(cast, ids["甲党支部"]).type == "621"
    with context.inside(cast.jia):
        assert Member.objects.get(pk=ids["孙二"]).unit.name == "甲一党支部"


def test_the_checks_name_the_unit_the_article_and_the_verb(owner, ids):
    page = said(owner.get("/organization/checks/"))

    assert "正式党员2人，少于3人" in page
    assert "支部工作条例" in page
    assert f"/organization/units/{ids['甲党支部']}/merging/" in page
    assert "没有登记书记" in page


def test_a_finding_is_put_off_with_a_reason_and_comes_back(cast, owner, ids):
    url = f"/organization/units/{ids['甲党支部']}/snoozes/branch.minimum_members/"
    until = today() + timedelta(days=30)
    assert owner.post(url, {"until": until.isoformat(), "reason": "上级批复保留"}).status_code == 302

    assert url not in said(owner.get("/organization/checks/"))
    page = said(owner.get("/organization/checks/?snoozed=1"))
    assert url in page and "上级批复保留" in page
    assert Notes.read(there(cast, ids["甲党支部"]).notes).snoozed["branch.minimum_members"].until == until
    owner.post(url, {"act": "wake"})
    assert url in said(owner.get("/organization/checks/"))


def test_a_finding_cannot_be_put_off_for_ever_nor_without_a_reason(owner, ids):
    url = f"/organization/units/{ids['甲党支部']}/snoozes/branch.minimum_members/"

    far = owner.post(url, {"until": (today() + timedelta(days=800)).isoformat(), "reason": "x"})
    assert far.status_code == 422 and "一年以内" in said(far)
    assert owner.post(url, {"until": today().isoformat(), "reason": ""}).status_code == 422
    assert owner.get(f"/organization/units/{ids['甲党支部']}/snoozes/no.such.rule/").status_code == 404


def test_a_joint_branch_of_six_units_is_found(cast, owner, ids):
    with context.inside(cast.jia):
        root = Unit.objects.get(depth=1)
        joint = actions.create(root, Facts(name="园区联合党支部", type="632"), by=cast.user("owner"))
    sent = {"name": "园区联合党支部", "type": "632", "joint_units": "6"}
    assert owner.post(f"/organization/units/{joint.pk}/edit/", sent).status_code == 302

    assert "联合党支部覆盖6个单位" in said(owner.get("/organization/checks/"))


def test_an_ended_term_and_an_old_temporary_unit_are_found(cast, owner):
    with context.inside(cast.jia):
        root, person = Unit.objects.get(depth=1), cast.user("owner")
        facts = {"type": "631", "established_on": OLD, "elected_on": date(2021, 3, 1)}
        actions.create(root, Facts(name="届满党支部", **facts), by=person)
        actions.create(root, Facts(name="专班临时党支部", type="931", established_on=OLD), by=person)
    page = said(owner.get("/organization/checks/"))

    assert "任期已于2024-03-01届满" in page
    assert "临时党组织成立已" in page


def test_a_branch_with_a_secretary_is_not_told_that_it_lacks_one(cast, owner, ids):
    with context.inside(cast.jia):
        Appointment.objects.create(unit_id=ids["甲党支部"], member_id=ids["钱一"], post="secretary", since=OLD)
    found = owner.get("/api/v1/units/checks/").json()

    lacking = {one["name"] for one in found if one["code"] == "branch.secretary"}
    assert "乙党支部" in lacking and "甲党支部" not in lacking


def test_a_member_opens_no_checks_and_does_no_verb(cast, ids):
    member = cast.signed_in("member")

    assert member.get("/organization/checks/").status_code == 404
    for verb in ("merging", "splitting", "conversion"):
        assert member.get(f"/organization/units/{ids['甲党支部']}/{verb}/").status_code == 404


def test_programs_merge_split_and_convert_after_a_preview(cast, owner, ids):
    def post(pk, verb, body):
        return owner.post(f"/api/v1/units/{pk}/{verb}/", body, content_type="application/json")

    first, second = ids["甲党支部"], ids["乙党支部"]
    seen = post(first, "merge", {"units": [second], "preview": True}).json()
    assert any("名册上的人员 1 项" in line for line in seen["effects"]) and seen["units"] == []
    done = post(first, "merge", {"units": [second], "on": "2026-07-01", "basis": {"number": "7号"}})
    assert done.status_code == 200 and done.json()["units"][0]["id"] == first
    part = {"name": "丙党支部", "type": "631", "people": [ids["李三"]]}
    made = post(first, "split", {"parts": [part], "on": "2026-08-01"}).json()["units"]
    assert made[0]["name"] == "丙党支部"
    part = {"name": "甲一党支部", "type": "631", "people": [ids["钱一"], ids["孙二"]]}
    body = {"type": "621", "parts": [part], "name": "甲党总支", "on": "2026-09-01"}
    assert post(first, "convert", body).json()["units"][0]["type"] == "621"
    with context.inside(cast.jia):
        kinds = [change.kind for change in Change.objects.filter(unit=first).in_order()]
    assert kinds == ["established", "merged", "split", "retyped"]
    assert post(second, "snooze", {"code": "branch.secretary", "until": str(today()), "reason": "x"}).status_code == 400


def test_the_closing_page_says_what_is_still_there(owner, ids):
    page = said(owner.get(f"/organization/units/{ids['甲党支部']}/closing/"))

    assert "这里还有" in page and "名册上的人员" in page and "把别的组织并进来" in page
