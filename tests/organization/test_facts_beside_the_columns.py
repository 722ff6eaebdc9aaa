"""所在单位情况, 行政区划 and the number of units of a joint branch: facts like the others, by page and by API."""

from datetime import timedelta

import pytest

from shared.clock import today
from tenants import context
from tests.support.cast import Cast
from workspace.audit.models import Entry
from workspace.organization import actions
from workspace.organization.actions import snoozing
from workspace.organization.facts import Facts
from workspace.organization.models import Unit


@pytest.fixture
def joint(cast: Cast) -> Unit:
    with context.inside(cast.jia):
        root = Unit.objects.get(depth=1)
        return actions.create(root, Facts(name="园区联合党支部", type="632"), by=cast.user("owner"))


def test_the_form_keeps_them_and_the_page_shows_them(cast, joint):
    owner, path = cast.signed_in("owner"), f"/organization/units/{joint.pk}/edit/"
    sent = {"name": joint.name, "type": "632", "situation": "joint", "region": "杭州市", "joint_units": "3"}
    refused = owner.post(path, {**sent, "region": "不存在的地方", "seen": joint.updated_at.isoformat()})
    assert "没有找到行政区划“不存在的地方”" in refused.content.decode()
    assert 'value="不存在的地方"' in refused.content.decode()
    owner.post(path, {**sent, "seen": joint.updated_at.isoformat()})
    with context.inside(cast.jia):
        kept = Unit.objects.get(pk=joint.pk)
        assert (kept.situation, kept.region, kept.joint_units) == ("joint", "330100", 3)
        told = Entry.objects.filter(verb="unit.changed").latest("pk").details["changes"]
        assert told["region"] == ["", "330100 杭州市"]
        assert told["joint_units"] == [0, 3]
    page = owner.get(f"/organization/units/{joint.pk}/").content.decode()
    assert "330100 杭州市" in page and "联合党支部" in page


def test_a_fact_that_no_field_asks_for_stays(cast, joint):
    with context.inside(cast.jia):
        kept = Facts(name=joint.name, type="632", joint_units=4)
        actions.change(joint, kept, by=cast.user("owner"))
        branch = Unit.objects.get(name="第二党支部")
        actions.change(branch, Facts(name=branch.name, type=branch.type, joint_units=2), by=cast.user("owner"))
    cast.signed_in("owner").post(
        f"/organization/units/{branch.pk}/edit/",
        {"name": branch.name, "type": branch.type, "contact": "王芳", "seen": branch_seen(cast, branch)},
    )
    with context.inside(cast.jia):
        kept_unit = Unit.objects.get(pk=branch.pk)
        assert (kept_unit.contact, kept_unit.joint_units) == ("王芳", 2)


def branch_seen(cast: Cast, unit: Unit) -> str:
    with context.inside(cast.jia):
        return Unit.objects.get(pk=unit.pk).updated_at.isoformat()


def test_what_is_noted_of_findings_is_no_fact_and_stays_beside_them(cast, joint):
    with context.inside(cast.jia):
        by = cast.user("owner")
        snoozing.snooze(joint, "branch.joint_units", until=today() + timedelta(days=30), reason="在办", by=by)
        actions.change(joint, Facts(name=joint.name, type="632", region="330100"), by=by)
        assert set(Unit.objects.get(pk=joint.pk).notes) == {"snoozed", "region"}


def test_the_api_takes_and_gives_them(cast, joint):
    owner = cast.signed_in("owner")
    path = f"/api/v1/units/{joint.pk}/"
    sent = {"situation": "legal", "region": "浙江", "joint_units": 5}
    answer = owner.patch(path, sent, content_type="application/json")
    assert answer.status_code == 200, answer.content
    said = answer.json()
    assert (said["situation"], said["region"], said["joint_units"]) == ("legal", "330000", 5)
    assert owner.patch(path, {"region": "月球"}, content_type="application/json").status_code == 400
