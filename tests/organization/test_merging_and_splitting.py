"""Merging, splitting and converting units: who goes where, what goes along, what is refused."""

from datetime import date, timedelta

import pytest

from shared.clock import now, today
from workspace.access.models import Grant, Role
from workspace.activities.models import Activity, Obligation
from workspace.audit.models import Entry
from workspace.members.models import Appointment, Member
from workspace.organization import actions, queries, residents, visibility
from workspace.organization.actions import Part
from workspace.organization.facts import Facts
from workspace.organization.models import Change, Unit
from workspace.organization.queries import effects
from workspace.organization.standing import Basis

Type, Kind, Post = Unit.Type, Change.Kind, Appointment.Post
JULY = date(2026, 7, 1)
PAPER = Basis("京组〔2026〕7号", date(2026, 6, 20))


def make(parent, name, kind=Type.BRANCH, *, by, since=date(2020, 1, 1)):
    return actions.create(parent, Facts(name=name, type=kind, established_on=since), by=by)


def fill(unit, *names, category=Member.Category.FULL):
    return [Member.objects.create(unit=unit, name=name, category=category) for name in names]


@pytest.fixture
def pair(root, owner):
    return make(root, "甲党支部", by=owner), make(root, "乙党支部", by=owner)


def names_in(unit) -> set[str]:
    return {*Member.objects.filter(unit=unit).values_list("name", flat=True)}


def test_merging_takes_the_people_along_and_ends_the_merged(owner, pair):
    left, right = pair
    fill(left, "钱一"), fill(right, "孙二", "李三")
    actions.merge([right], into=left, on=JULY, by=owner, basis=PAPER)

    right.refresh_from_db()
    assert names_in(left) == {"钱一", "孙二", "李三"}
    assert (right.closed_on, right.closing_reason) == (JULY, "并入甲党支部")
    entry = Entry.objects.get(verb="member.changed", label="孙二")
    assert entry.details["changed"]["unit"] == ["乙党支部", "甲党支部"]
    assert "京组〔2026〕7号" in entry.details["basis"]


def test_both_histories_tell_of_a_merging(owner, pair):
    left, right = pair
    actions.merge([right], into=left, on=JULY, by=owner, basis=PAPER, name="甲乙联合党支部")

    assert queries.timeline(left)[0].title == "乙党支部并入"
    assert queries.timeline(right)[0].title == "并入甲党支部"
    assert {row.standing.name for row in queries.tree_on(owner, JULY).rows} >= {"甲乙联合党支部"}
    assert {row.standing.name for row in queries.tree_on(owner, date(2026, 6, 30)).rows} >= {"甲党支部", "乙党支部"}


def test_a_role_goes_along_and_is_not_doubled(jia, owner, pair):
    left, right = pair
    secretary, member = jia.user("secretary"), jia.user("member")
    for user, unit in ((secretary, left), (secretary, right), (member, right)):
        Grant.objects.create(user=user, role=Role.SECRETARY, unit=unit)
    actions.merge([right], into=left, on=JULY, by=owner)

    assert sorted(Grant.objects.filter(unit=left).values_list("user__name", flat=True)) == sorted(["李书记", "王党员"])
    assert not Grant.objects.filter(unit=right).exists()


def test_posts_go_along_below_the_sitting_secretary(owner, pair):
    left, right = pair
    (first,), (second, third) = fill(left, "钱一"), fill(right, "孙二", "李三")
    since = date(2025, 1, 1)
    for unit, member, post in (
        (left, first, Post.SECRETARY), (right, second, Post.SECRETARY), (right, third, Post.PUBLICITY)
    ):  # fmt: skip
        Appointment.objects.create(unit=unit, member=member, post=post, since=since)
    actions.merge([right], into=left, on=JULY, by=owner)

    held = {(one.member.name, one.post, one.since) for one in Appointment.objects.filter(unit=left)}
    assert held == {("钱一", "secretary", since), ("孙二", "committee", JULY), ("李三", "publicity", JULY)}
    assert {one.until for one in Appointment.objects.filter(unit=right)} == {JULY}


def test_plans_and_what_is_owed_go_along_once(owner, pair):
    left, right = pair
    start = now() + timedelta(days=3)
    planned = Activity.objects.create(
        unit=right, title="党员大会", kinds=["general_meeting"], starts_at=start, ends_at=start + timedelta(hours=1)
    )
    held = Activity.objects.create(
        unit=right, title="党课", kinds=["lecture"], starts_at=start - timedelta(9), ends_at=start - timedelta(8),
        recorded_at=now(), closed_at=now(),
    )  # fmt: skip
    year = {"period_start": date(2026, 1, 1), "period_end": date(2026, 12, 31), "due": date(2026, 12, 31)}
    for unit, code in ((left, "branch.lecture"), (right, "branch.lecture"), (right, "branch.appraisal")):
        Obligation.objects.create(unit=unit, rule_code=code, rule_key=code, kinds=["lecture"], period="2026", **year)
    actions.merge([right], into=left, on=today(), by=owner)

    planned.refresh_from_db(), held.refresh_from_db()
    assert (planned.unit, held.unit) == (left, right)
    assert sorted(left.obligations.values_list("rule_code", flat=True)) == ["branch.appraisal", "branch.lecture"]
    assert not right.obligations.exists()


def test_groups_go_along_and_say_where_they_came_from(owner, pair):
    left, right = pair
    for unit in pair:
        make(unit, "第一党小组", Type.GROUP, by=owner)
    actions.merge([right], into=left, on=JULY, by=owner)

    assert [str(each) for each in Unit.objects.children_of(left)] == ["第一党小组", "第一党小组（原乙党支部）"]


def test_merging_refuses_what_is_not_alike_or_not_there(root, owner, pair):
    left, right = pair
    general = make(root, "东区党总支", Type.GENERAL_BRANCH, by=owner)
    temporary = make(root, "专班临时党支部", Type.TEMPORARY_BRANCH, by=owner)

    with pytest.raises(actions.NothingToMerge):
        actions.merge([left], into=left, on=JULY, by=owner)
    with pytest.raises(actions.NotAlike, match="党总支"):
        actions.merge([general], into=left, on=JULY, by=owner)
    with pytest.raises(actions.NotAlike):
        actions.merge([left], into=temporary, on=JULY, by=owner)
    with pytest.raises(actions.StandsAbove):
        actions.merge([general], into=root, on=JULY, by=owner)
    actions.close(right, on=JULY, reason="x", by=owner)
    with pytest.raises(actions.AlreadyClosed):
        actions.merge([right], into=left, on=today(), by=owner)


def test_a_merging_over_an_unseen_change_is_refused(owner, pair):
    left, right = pair
    seen = {unit.pk: unit.updated_at for unit in pair}
    actions.change(right, Facts(name="丙党支部", type=Type.BRANCH, established_on=date(2020, 1, 1)), by=owner)

    with pytest.raises(actions.ChangedMeanwhile, match="丙党支部"):
        actions.merge([right], into=left, on=today(), by=owner, seen=seen)


def test_the_effects_count_what_goes_and_warn_by_the_rules(owner, pair):
    left, right = pair
    fill(left, *(f"甲{n}" for n in range(30))), fill(right, *(f"乙{n}" for n in range(25)))
    found = effects.of_merging([right], left, on=today())

    assert "名册上的人员 25 项转到甲党支部" in found.lines
    assert any("党员55人" in warned.text and "支部工作条例" in warned.basis for warned in found.warnings)


def test_splitting_sends_people_and_groups_where_they_are_chosen_to_go(root, owner, pair):
    unit = pair[0]
    stays, goes, leads = fill(unit, "钱一", "孙二", "李三")
    group = make(unit, "第一党小组", Type.GROUP, by=owner)
    Appointment.objects.create(unit=unit, member=leads, post=Post.PUBLICITY, since=date(2025, 1, 1))
    part = Part("丙党支部", Type.BRANCH, people=(goes.pk, leads.pk), units=(group.pk,))
    (new,) = actions.split(unit, [part], on=JULY, by=owner, basis=PAPER)

    assert names_in(new) == {"孙二", "李三"} and names_in(unit) == {stays.name}
    group.refresh_from_db()
    assert queries.parent_of(group) == new
    assert new.established_on == JULY
    assert Appointment.objects.get(member=leads).until == JULY
    assert queries.timeline(new)[0].title == "由甲党支部分设成立：丙党支部"
    assert queries.timeline(unit)[0].title == "分设出丙党支部"


def test_a_unit_ends_with_its_splitting_only_when_nobody_is_left(owner, pair):
    unit = pair[0]
    first, second = fill(unit, "钱一", "孙二")
    part = Part("丙党支部", Type.BRANCH, people=(first.pk,))

    with pytest.raises(actions.StillHolds, match="1名党员"):
        actions.split(unit, [part], on=JULY, by=owner, ends=True)
    both = [part, Part("丁党支部", Type.BRANCH, people=(second.pk,))]
    actions.split(unit, both, on=JULY, by=owner, ends=True)
    unit.refresh_from_db()
    assert (unit.closed_on, unit.closing_reason) == (JULY, "分设为丙党支部、丁党支部")


def test_splitting_refuses_people_of_other_units_and_doubles(owner, pair):
    unit, other = pair
    (mine,), (theirs,) = fill(unit, "钱一"), fill(other, "孙二")

    with pytest.raises(actions.NoParts):
        actions.split(unit, [], on=JULY, by=owner)
    with pytest.raises(actions.NotThere):
        actions.split(unit, [Part("丙党支部", Type.BRANCH, people=(theirs.pk,))], on=JULY, by=owner)
    with pytest.raises(actions.TakenTwice):
        twice = [Part(name, Type.BRANCH, people=(mine.pk,)) for name in ("丙党支部", "丁党支部")]
        actions.split(unit, twice, on=JULY, by=owner)
    with pytest.raises(actions.CannotTakePeople):
        actions.split(unit, [Part("丙党总支", Type.GENERAL_BRANCH, people=(mine.pk,))], on=JULY, by=owner)
    assert not Unit.objects.filter(name__in=["丙党支部", "丁党支部", "丙党总支"]).exists()


def test_a_branch_turns_into_a_general_branch_with_branches_for_its_people(owner, pair):
    unit = pair[0]
    first, second = fill(unit, "钱一", "孙二")
    parts = [
        Part("甲一党支部", Type.BRANCH, people=(first.pk,)), Part("甲二党支部", Type.BRANCH, people=(second.pk,))
    ]  # fmt: skip
    actions.convert(unit, Type.GENERAL_BRANCH, on=JULY, by=owner, name="甲党总支", parts=parts, basis=PAPER)

    unit.refresh_from_db()
    assert (unit.type, unit.name) == (Type.GENERAL_BRANCH, "甲党总支")
    assert [str(each) for each in Unit.objects.children_of(unit)] == ["甲一党支部", "甲二党支部"]
    then = {row.now.pk: row.standing.type for row in queries.tree_on(owner, date(2026, 6, 30)).rows}
    assert then[unit.pk] == Type.BRANCH


def test_a_branch_cannot_become_a_general_branch_while_people_are_left_in_it(owner, pair):
    fill(pair[0], "钱一")

    with pytest.raises(actions.CannotTurnInto, match="1名党员"):
        actions.convert(pair[0], Type.GENERAL_BRANCH, on=JULY, by=owner)
    pair[0].refresh_from_db()
    assert pair[0].type == Type.BRANCH


def test_too_few_members_for_a_committee_are_warned_of(root, owner):
    general = make(root, "东区党总支", Type.GENERAL_BRANCH, by=owner)
    fill(make(general, "一党支部", by=owner), "钱一", "孙二", "李三")
    found = effects.of_parting(general, [], on=today(), kind=Type.COMMITTEE)

    assert any("不足100人" in warned.text for warned in found.warnings)


def test_who_may_not_change_members_moves_nobody_with_the_tree(owner, pair, monkeypatch):
    left, right = pair
    (mine,) = fill(right, "孙二")
    real = visibility._answers["units_where"]
    fewer = {"units_where": lambda user, verb: Unit.objects.none() if verb == "member.change" else real(user, verb)}
    monkeypatch.setattr(visibility, "_answers", fewer)

    with pytest.raises(residents.MayNotMovePeople):
        actions.merge([right], into=left, on=JULY, by=owner)
    with pytest.raises(residents.MayNotMovePeople):
        actions.split(right, [Part("丙党支部", Type.BRANCH, people=(mine.pk,))], on=JULY, by=owner)
    assert residents.shown_to(owner, right) == []
