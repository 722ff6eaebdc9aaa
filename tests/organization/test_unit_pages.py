"""The pages of the tree: who opens them, what they do, and what they say when they refuse."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tenants import context
from workspace.audit.models import Entry
from workspace.organization.models import Unit

FACTS = {"name": "检验党支部", "type": "631"}


@pytest.fixture
def ids(cast) -> dict[str, int]:
    with context.inside(cast.jia):
        return {unit.name: unit.pk for unit in Unit.objects.all()}


@pytest.fixture
def owner(cast):
    return cast.signed_in("owner")


def unit(cast, **which) -> Unit:
    with context.inside(cast.jia):
        return Unit.objects.get(**which)


def said(response) -> str:
    return response.content.decode()


def test_the_tree_is_a_tree_for_assistive_technology(owner):
    page = said(owner.get("/organization/"))

    assert 'role="tree"' in page
    assert page.count('role="treeitem"') >= 3
    assert "第一党支部" in page


def test_a_search_by_initials_names_the_unit_and_its_place(owner):
    page = said(owner.get("/organization/?q=dydzb"))

    assert "第一党支部" in page
    assert "第二党支部" not in page


def test_a_search_without_result_says_what_to_do(owner):
    assert "没有符合条件的组织" in said(owner.get("/organization/?q=zzzz"))


def test_a_visitor_is_sent_to_sign_in(cast):
    from tests.support.cast import Client

    assert Client("jia").get("/organization/")["Location"].startswith("/sign-in/")


def test_a_member_sees_their_branch_without_buttons(cast, ids):
    page = said(cast.signed_in("member").get(f"/organization/units/{ids['第一党支部']}/"))

    assert "基本情况" in page
    assert "/closing/" not in page


@pytest.mark.parametrize("page", ["edit", "children/new", "place", "closing"])
def test_a_member_is_refused_what_they_may_not_do_and_told_so(cast, ids, page):
    refused = cast.signed_in("member").get(f"/organization/units/{ids['第一党支部']}/{page}/")

    assert refused.status_code == 403
    assert "没有修改它的权限" in said(refused)


@pytest.mark.parametrize("page", ["", "edit/", "children/new/", "place/", "closing/", "children/"])
def test_a_branch_that_may_not_be_seen_is_not_found(cast, ids, page):
    answer = cast.signed_in("member").get(f"/organization/units/{ids['第二党支部']}/{page}")

    assert answer.status_code == 404


def test_a_new_branch_is_set_up_and_shown(cast, owner, ids):
    done = owner.post(f"/organization/units/{ids['jia单位党委']}/children/new/", FACTS, follow=True)

    assert "已设立检验党支部。" in said(done)
    assert unit(cast, name="检验党支部").depth == 2


def test_a_taken_name_is_said_at_the_name_and_what_was_typed_stays(owner, ids):
    refused = owner.post(
        f"/organization/units/{ids['jia单位党委']}/children/new/", {"name": "第一党支部", "type": "631", "code": "A-7"}
    )

    assert refused.status_code == 422
    assert "下已有“第一党支部”" in said(refused)
    assert 'value="A-7"' in said(refused)


def test_two_editors_at_once_lose_nothing(cast, owner, ids):
    path = f"/organization/units/{ids['第一党支部']}/edit/"
    seen = unit(cast, name="第一党支部").updated_at.isoformat()
    owner.post(path, {"name": "第一党支部", "type": "631", "short_name": "甲", "seen": seen})

    stale = owner.post(path, {"name": "第一党支部", "type": "631", "short_name": "乙", "seen": seen})

    page = said(stale)
    assert "被别人改过" in page
    assert "现在的内容是：甲" in page
    assert 'value="乙"' in page
    fresh = unit(cast, pk=ids["第一党支部"])
    again = owner.post(
        path, {"name": "第一党支部", "type": "631", "short_name": "乙", "seen": fresh.updated_at.isoformat()}
    )
    assert again.status_code == 302
    assert unit(cast, pk=ids["第一党支部"]).short_name == "乙"


def test_a_telephone_number_that_is_none_is_refused(owner, ids):
    answer = owner.post(
        f"/organization/units/{ids['第一党支部']}/edit/", {"name": "第一党支部", "type": "631", "contact_phone": "123"}
    )

    assert "请填写 11 位手机号" in said(answer)


def test_a_branch_moves_under_a_general_branch(cast, owner, ids):
    general = {"name": "东区党总支", "type": "621"}
    owner.post(f"/organization/units/{ids['jia单位党委']}/children/new/", general)
    to = unit(cast, name="东区党总支").pk

    done = owner.post(f"/organization/units/{ids['第一党支部']}/place/", {"parent": to}, follow=True)

    assert "已划归东区党总支" in said(done)
    assert unit(cast, pk=ids["第一党支部"]).depth == 3


def test_a_target_that_cannot_hold_the_unit_is_not_offered(owner, ids):
    path = f"/organization/units/{ids['第一党支部']}/place/"
    assert "没有别的上级可选" in said(owner.get(path))
    owner.post(f"/organization/units/{ids['jia单位党委']}/children/new/", {"name": "东区党总支", "type": "621"})

    answer = owner.post(path, {"parent": ids["第二党支部"]})

    assert "请从列表中选择上级组织" in said(answer)


def test_a_branch_is_closed_with_a_reason_and_restored(cast, owner, ids):
    path = f"/organization/units/{ids['机关党支部']}"
    closed = owner.post(f"{path}/closing/", {"on": "2026-11-01", "reason": "并入经营党支部"}, follow=True)
    assert "已于 2026-11-01 撤销：并入经营党支部" in said(closed)

    restored = owner.post(f"{path}/reopening/", follow=True)
    assert "机关党支部已恢复" in said(restored)


def test_closing_in_the_future_is_refused(owner, ids):
    answer = owner.post(
        f"/organization/units/{ids['机关党支部']}/closing/", {"on": "2099-01-01", "reason": "并入经营党支部"}
    )

    assert "不能晚于今天" in said(answer)


def test_clearing_the_sample_asks_first_and_then_clears(cast, owner, ids):
    path = f"/organization/units/{ids['示例党支部']}/sample/"
    assert "不能恢复" in said(owner.post(path))
    assert unit(cast, name="示例党支部")

    done = owner.post(path, {"confirmed": "yes"}, follow=True)

    assert "示例数据已清除" in said(done)
    with context.inside(cast.jia):
        assert not Unit.objects.filter(is_sample=True).exists()
        assert Entry.objects.filter(verb="unit.sample_cleared").exists()


def test_order_changes_by_a_button(cast, owner, ids):
    owner.post(f"/organization/units/{ids['第二党支部']}/order/", {"direction": "up"})

    assert unit(cast, pk=ids["第二党支部"]).path < unit(cast, pk=ids["第一党支部"]).path


def test_a_tree_of_300_units_costs_as_many_queries_as_a_small_one(cast, owner):
    owner.get("/organization/")
    with CaptureQueriesContext(connection) as small:
        owner.get("/organization/")
    with context.inside(cast.jia):
        root = Unit.objects.get(depth=1)
        for number in range(290):
            Unit.objects.add_child(root, instance=Unit(name=f"支部{number}", type="631"))
            root.refresh_from_db()

    with CaptureQueriesContext(connection) as large:
        page = said(owner.get("/organization/"))

    assert page.count('role="treeitem"') >= 295
    assert len(large) == len(small)
    assert len(large) <= 16
