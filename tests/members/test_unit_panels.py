"""What the register adds to the tree: the posts, the count, and what is odd about a branch's shape."""

import pytest

from tenants import context
from workspace.members.models import Appointment, Member
from workspace.organization import actions
from workspace.organization.models import Unit


@pytest.fixture
def ids(cast) -> dict[str, int]:
    with context.inside(cast.jia):
        return {unit.name: unit.pk for unit in Unit.objects.all()}


def page_of(cast, who: str, pk: int) -> str:
    return cast.signed_in(who).get(f"/organization/units/{pk}/").content.decode()


def fill(cast, pk: int, *, people: int, category: str = "full") -> None:
    with context.inside(cast.jia):
        for number in range(people):
            Member.objects.create(unit_id=pk, name=f"党员{number}", category=category)


def test_the_tree_counts_members_at_every_level(cast):
    page = cast.signed_in("owner").get("/organization/").content.decode()

    assert "党委 · 党员 3" in page
    assert "党支部 · 党员 2" in page


def test_a_branch_with_two_full_members_is_told_of_the_smallest_size(cast, ids):
    page = page_of(cast, "owner", ids["第一党支部"])

    assert "正式党员2人，少于3人" in page
    assert "第四条" in page


def test_a_branch_of_seven_without_a_committee_is_told_to_elect_one(cast, ids):
    fill(cast, ids["第一党支部"], people=5)

    assert "尚未设立支部委员会" in page_of(cast, "owner", ids["第一党支部"])


def test_probationary_members_do_not_count_towards_seven(cast, ids):
    fill(cast, ids["第一党支部"], people=5, category="probationary")

    assert "尚未设立支部委员会" not in page_of(cast, "owner", ids["第一党支部"])


def test_a_member_is_not_bothered_with_structure(cast, ids):
    assert "组织设置提示" not in page_of(cast, "member", ids["第一党支部"])


def test_a_branch_without_a_secretary_says_so_and_offers_to_name_one(cast, ids):
    page = page_of(cast, "owner", ids["第一党支部"])

    assert "还没有登记书记" in page
    assert f"/members/posts/of/{ids['第一党支部']}/new/?post=secretary" in page


def test_a_secretary_is_named_on_the_page(cast, ids):
    owner = cast.signed_in("owner")
    with context.inside(cast.jia):
        chosen = Member.objects.get(name="李书记").pk

    done = owner.post(
        f"/members/posts/of/{ids['第一党支部']}/new/",
        {"member": chosen, "post": "secretary", "since": "2026-03-01"},
        follow=True,
    ).content.decode()

    assert "李书记已担任书记。" in done
    assert "还没有登记书记" not in done


def test_a_second_secretary_is_asked_about_on_the_form(cast, ids):
    owner = cast.signed_in("owner")
    with context.inside(cast.jia):
        lee, king = (Member.objects.get(name=name) for name in ("李书记", "王党员"))
        Appointment.objects.create(unit_id=ids["第一党支部"], member=lee, post="secretary", since="2026-03-01")
    path = f"/members/posts/of/{ids['第一党支部']}/new/"
    given = {"member": king.pk, "post": "secretary", "since": "2026-09-01"}

    refused = owner.post(path, given)
    assert refused.status_code == 422
    assert "现任书记是李书记" in refused.content.decode()

    done = owner.post(path, {**given, "replacing": "on"}, follow=True).content.decode()
    assert "王党员已担任书记。" in done


def test_a_post_is_ended_from_its_page(cast, ids):
    with context.inside(cast.jia):
        king = Member.objects.get(name="王党员")
        held = Appointment.objects.create(unit_id=ids["第一党支部"], member=king, post="publicity", since="2026-03-01")
    owner = cast.signed_in("owner")

    done = owner.post(f"/members/posts/{held.pk}/ending/", {"on": "2026-10-01"}, follow=True).content.decode()

    assert "已免去王党员的宣传委员职务。" in done
    assert "2026-10-01" in owner.get(f"/members/posts/of/{ids['第一党支部']}/").content.decode()


def test_a_stranger_finds_no_posts_of_the_branch(cast, ids):
    stranger = cast.signed_in("stranger")

    assert stranger.get(f"/members/posts/of/{ids['第一党支部']}/").status_code == 404
    assert stranger.get(f"/members/posts/of/{ids['第一党支部']}/new/").status_code == 404


def test_a_branch_with_members_is_not_closed(cast, ids):
    with context.inside(cast.jia):
        first = Unit.objects.get(pk=ids["第一党支部"])
        with pytest.raises(actions.StillHolds, match="还有2名党员"):
            actions.close(first, on=first.updated_at.date(), reason="合并", by=cast.user("owner"))


def test_a_branch_with_applicants_only_is_not_closed_either(cast, ids):
    fill(cast, ids["机关党支部"], people=1, category="applicant")
    with context.inside(cast.jia):
        unit = Unit.objects.get(pk=ids["机关党支部"])
        with pytest.raises(actions.StillHolds, match="申请人"):
            actions.close(unit, on=unit.updated_at.date(), reason="合并", by=cast.user("owner"))


def test_a_branch_with_members_cannot_turn_into_a_committee(cast, ids):
    with context.inside(cast.jia):
        first = Unit.objects.get(pk=ids["第一党支部"])
        facts = actions_facts(first, type="611")
        with pytest.raises(actions.CannotTurnInto, match="还有2名党员"):
            actions.change(first, facts, by=cast.user("owner"))


def test_the_sample_goes_with_its_members(cast, ids):
    fill(cast, ids["示例党支部"], people=3)
    with context.inside(cast.jia):
        actions.clear_sample(Unit.objects.get(pk=ids["示例党支部"]), by=cast.user("owner"))
        assert not Member.objects.filter(name__startswith="党员").exists()


def actions_facts(unit: Unit, **changed: str):
    from dataclasses import replace

    from workspace.organization.facts import Facts

    return replace(Facts.of(unit), **changed)
