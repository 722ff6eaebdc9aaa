"""Every verb on a unit: what it does, what it writes down, what it refuses."""

from datetime import date, timedelta

import pytest

from workspace.accounts.models import User
from workspace.audit.models import Entry
from workspace.organization import actions, counters, queries
from workspace.organization.facts import Facts
from workspace.organization.models import Unit

Type = Unit.Type
TODAY = date(2026, 11, 23)


def make(parent: Unit, name: str, kind: str = Type.BRANCH, *, by: User, **rest: object) -> Unit:
    return actions.create(parent, Facts(name=name, type=kind, **rest), by=by)


def test_a_new_unit_is_the_last_child_and_is_written_down(root, owner):
    unit = make(root, "检验党支部", by=owner, code="001.010")

    assert Unit.objects.children_of(root).last() == unit
    entry = Entry.objects.get(verb="unit.created", thing=str(unit.pk))
    assert entry.by == owner
    assert entry.details["parent"] == str(root)


def test_a_new_unit_is_found_by_pinyin_at_once(root, owner):
    unit = make(root, "检验党支部", by=owner)

    assert (unit.pinyin, unit.initials) == ("jianyandangzhibu", "jydzb")


@pytest.mark.parametrize(
    ("parent_kind", "kind"),
    [
        (Type.BRANCH, Type.COMMITTEE),
        (Type.BRANCH, Type.BRANCH),
        (Type.GENERAL_BRANCH, Type.COMMITTEE),
        (Type.GENERAL_BRANCH, Type.GENERAL_BRANCH),
        (Type.COMMITTEE, Type.GROUP),
        (Type.TEMPORARY_COMMITTEE, Type.BRANCH),
    ],
)
def test_a_unit_is_refused_where_its_kind_may_not_stand(root, owner, parent_kind, kind):
    parent = make(root, "上级", parent_kind, by=owner)

    with pytest.raises(actions.CannotHold):
        make(parent, "下级", kind, by=owner)


def test_a_branch_holds_groups(first, owner):
    assert make(first, "第一党小组", Type.GROUP, by=owner).depth == first.depth + 1


def test_siblings_share_no_name(root, first, owner):
    with pytest.raises(actions.NameTaken, match="第一党支部"):
        make(root, "第一党支部", by=owner)


def test_cousins_may_share_a_name(root, owner):
    left, right = (make(root, name, Type.GENERAL_BRANCH, by=owner) for name in ("东区党总支", "西区党总支"))

    assert make(left, "机关党支部", by=owner).pk != make(right, "机关党支部", by=owner).pk


def test_a_code_belongs_to_one_unit(root, owner):
    make(root, "甲党支部", by=owner, code="001.010")

    with pytest.raises(actions.CodeTaken, match="甲党支部"):
        make(root, "乙党支部", by=owner, code="001.010")


def test_only_what_differs_is_written_down(first, owner):
    actions.change(first, Facts(name="第一党支部（筹）", type=Type.BRANCH), by=owner)

    entry = Entry.objects.get(verb="unit.changed", thing=str(first.pk))
    assert entry.details == {"changes": {"name": ["第一党支部", "第一党支部（筹）"]}}


def test_saving_without_a_change_leaves_no_line(first, owner):
    actions.change(first, Facts.of(first), by=owner)

    assert not Entry.objects.filter(verb="unit.changed").exists()


def test_a_telephone_number_is_never_whole_in_the_record(first, owner):
    facts = Facts(name=first.name, type=first.type, contact_phone="13800138000")
    actions.change(first, facts, by=owner)

    entry = Entry.objects.get(verb="unit.changed", thing=str(first.pk))
    assert entry.details["changes"]["contact_phone"] == ["", "138****8000"]


def test_a_change_over_an_unseen_change_is_refused(first, owner):
    seen = first.updated_at
    actions.change(first, Facts(name="甲党支部", type=Type.BRANCH), by=owner, seen=seen)

    with pytest.raises(actions.ChangedMeanwhile):
        actions.change(first, Facts(name="乙党支部", type=Type.BRANCH), by=owner, seen=seen)
    first.refresh_from_db()
    assert first.name == "甲党支部"


def test_a_branch_with_groups_cannot_turn_into_a_committee(first, owner):
    make(first, "第一党小组", Type.GROUP, by=owner)

    with pytest.raises(actions.CannotTurnInto, match="第一党小组"):
        actions.change(first, Facts(name=first.name, type=Type.COMMITTEE), by=owner)


def test_a_branch_grows_into_a_general_branch(root, owner):
    unit = make(root, "检验党支部", by=owner)

    changed = actions.change(unit, Facts(name="检验党总支", type=Type.GENERAL_BRANCH), by=owner)

    assert changed.type == Type.GENERAL_BRANCH


def test_a_unit_moves_with_everything_below_it(root, first, owner):
    make(first, "第一党小组", Type.GROUP, by=owner)
    general = make(root, "东区党总支", Type.GENERAL_BRANCH, by=owner)

    moved = actions.move(first, to=general, by=owner)

    assert [unit.name for unit in queries.above(moved)] == [root.name, "东区党总支"]
    assert Unit.objects.below(general).count() == 3
    assert Entry.objects.get(verb="unit.moved").details == {"from": root.name, "to": "东区党总支"}


def test_a_unit_does_not_move_below_itself(root, owner):
    upper = make(root, "上级党委", Type.COMMITTEE, by=owner)
    lower = make(upper, "下级党委", Type.COMMITTEE, by=owner)

    with pytest.raises(actions.IntoItself):
        actions.move(upper, to=lower, by=owner)


def test_the_root_stays(root, first, owner):
    with pytest.raises(actions.RootStays):
        actions.move(root, to=first, by=owner)


def test_a_committee_does_not_move_under_a_branch(root, first, owner):
    committee = make(root, "下级党委", Type.COMMITTEE, by=owner)

    with pytest.raises(actions.CannotHold):
        actions.move(committee, to=first, by=owner)


def test_a_unit_with_open_units_below_is_not_closed(first, owner):
    make(first, "第一党小组", Type.GROUP, by=owner)

    with pytest.raises(actions.StillHolds, match="第一党小组"):
        actions.close(first, on=TODAY, reason="合并", by=owner)


def test_a_unit_is_not_closed_while_a_counter_counts_people_there(monkeypatch, first, owner):
    monkeypatch.setattr(counters, "_counters", {})
    counters.register(
        counters.Counter(
            "members", "党员", lambda units: dict.fromkeys(units.values_list("path", flat=True), 2), "请先转出。"
        )
    )

    with pytest.raises(actions.StillHolds, match="还有2名党员。请先转出。"):
        actions.close(first, on=TODAY, reason="合并", by=owner)


def test_a_closed_unit_keeps_its_day_and_reason_and_can_come_back(root, owner):
    unit = make(root, "检验党支部", by=owner)
    actions.close(unit, on=TODAY, reason="并入机关", by=owner)
    unit.refresh_from_db()
    assert (unit.closed_on, unit.closing_reason) == (TODAY, "并入机关")

    actions.reopen(unit, by=owner)
    unit.refresh_from_db()
    assert unit.closed_on is None
    assert [change.title for change in queries.history(unit)][:2] == [
        "恢复（曾于2026-11-23撤销）",
        "自2026-11-23起撤销：并入机关",
    ]


def test_a_unit_does_not_come_back_where_its_name_was_taken(root, owner):
    unit = make(root, "检验党支部", by=owner)
    actions.close(unit, on=TODAY, reason="并入机关", by=owner)
    make(root, "检验党支部", by=owner)

    with pytest.raises(actions.NameTaken):
        actions.reopen(unit, by=owner)


def test_nothing_is_set_up_under_a_closed_unit(root, owner):
    general = make(root, "东区党总支", Type.GENERAL_BRANCH, by=owner)
    actions.close(general, on=TODAY - timedelta(days=1), reason="撤销", by=owner)

    with pytest.raises(actions.ParentClosed):
        make(general, "检验党支部", by=owner)


def test_siblings_swap_places(root, first, second, owner):
    actions.shift(second, up=True, by=owner)

    names = [unit.name for unit in Unit.objects.children_of(root)]
    assert names.index("第二党支部") == names.index("第一党支部") - 1


def test_the_first_sibling_goes_no_higher(root, owner):
    with pytest.raises(actions.AtTheEdge):
        actions.shift(Unit.objects.children_of(root).first(), up=True, by=owner)


def test_only_a_sample_is_cleared(first, owner):
    with pytest.raises(actions.NotASample):
        actions.clear_sample(first, by=owner)


def test_the_sample_goes_with_one_click_and_stays_in_the_record(jia, owner):
    sample = Unit.objects.get(is_sample=True)
    make(sample, "示例党小组", Type.GROUP, by=owner)

    actions.clear_sample(sample, by=owner)

    assert not Unit.objects.filter(name__startswith="示例").exists()
    assert Entry.objects.get(verb="unit.sample_cleared").label == "示例党支部"
