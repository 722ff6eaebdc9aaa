"""What the tree was on a day: folded from dated changes, shown to whom it may be, compared, taken away."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shared.clock import today
from tenants import context
from tests.support.year import grow
from workspace.organization import actions, queries
from workspace.organization.facts import Facts
from workspace.organization.lineage import Event, Lineage, Present, differences
from workspace.organization.models import Change, Unit
from workspace.organization.standing import Basis, Standing

Type, Kind = Unit.Type, Change.Kind
JUNE, JULY, AUGUST = date(2026, 6, 30), date(2026, 7, 1), date(2026, 8, 1)


def make(parent, name, kind=Type.BRANCH, *, by, since=date(2020, 1, 1)):
    return actions.create(parent, Facts(name=name, type=kind, established_on=since), by=by)


def names(user, day) -> list[str]:
    return [row.standing.name for row in queries.tree_on(user, day).rows]


def test_a_renamed_unit_is_called_what_it_was_called_on_the_day(root, owner):
    unit = make(root, "总装党支部", by=owner)
    actions.change(unit, Facts(name="装配党支部", type=Type.BRANCH, established_on=date(2020, 1, 1)), by=owner, on=JULY)

    assert "总装党支部" in names(owner, JUNE)
    assert "装配党支部" in names(owner, JULY)


def test_a_moved_unit_stands_where_it_stood_on_the_day(root, owner):
    left, right = (make(root, name, Type.GENERAL_BRANCH, by=owner) for name in ("东区党总支", "西区党总支"))
    unit = make(left, "一车间党支部", by=owner)
    actions.move(unit, to=right, by=owner, on=JULY, basis=Basis("京组〔2026〕7号", date(2026, 6, 20)))

    above = {row.now.pk: row.above for row in queries.tree_on(owner, JUNE).rows}
    assert above[unit.pk] == "东区党总支"
    above = {row.now.pk: row.above for row in queries.tree_on(owner, JULY).rows}
    assert above[unit.pk] == "西区党总支"


def test_a_unit_is_there_from_its_day_until_it_ends(root, owner):
    unit = make(root, "专班党支部", by=owner, since=date(2026, 3, 1))
    actions.close(unit, on=JULY, reason="任务结束", by=owner)

    assert "专班党支部" not in names(owner, date(2026, 2, 28))
    assert "专班党支部" in names(owner, JUNE)
    assert "专班党支部" not in names(owner, JULY)


def test_a_closing_that_is_undone_leaves_no_gap(root, owner):
    unit = make(root, "专班党支部", by=owner)
    actions.close(unit, on=JUNE, reason="误操作", by=owner)
    actions.reopen(unit, by=owner)

    assert "专班党支部" in names(owner, JULY)
    assert [change.kind for change in Change.objects.filter(unit=unit).in_order()] == [
        Kind.ESTABLISHED, Kind.DISSOLVED, Kind.RESTORED,
    ]  # fmt: skip


def test_a_restored_unit_is_missing_while_it_was_closed(root, owner):
    unit = make(root, "专班党支部", by=owner)
    actions.close(unit, on=JUNE, reason="并入", by=owner)
    actions.reopen(unit, by=owner, on=AUGUST)

    assert "专班党支部" not in names(owner, JULY)
    assert "专班党支部" in names(owner, AUGUST)


def test_a_correction_holds_for_the_past_as_well(root, owner):
    unit = make(root, "总裝党支部", by=owner)
    facts = Facts(name="总装党支部", type=Type.BRANCH, established_on=date(2020, 1, 1))
    actions.change(unit, facts, by=owner, corrects=True)

    assert "总装党支部" in names(owner, date(2021, 1, 1))
    assert Change.objects.filter(unit=unit).in_order().last().kind == Kind.CORRECTED


def test_a_unit_whose_beginning_is_unknown_was_there_before_what_stood_under_it(root, owner):
    general = actions.create(root, Facts(name="东区党总支", type=Type.GENERAL_BRANCH), by=owner)
    make(general, "一车间党支部", by=owner)

    assert {"东区党总支", "一车间党支部"} <= {*names(owner, date(2021, 1, 1))}


def test_what_the_machinery_set_up_has_been_there_since_ever(owner, first):
    assert first.name in names(owner, date(2001, 1, 1))


def test_a_late_registration_moves_an_assumed_beginning_before_it(root, owner):
    unit = actions.create(root, Facts(name="总装党支部", type=Type.BRANCH), by=owner)
    actions.change(unit, Facts(name="装配党支部", type=Type.BRANCH), by=owner, on=JULY)

    assert "总装党支部" not in names(owner, JUNE)
    assert "装配党支部" in names(owner, JULY)


def test_the_day_of_establishment_moves_the_beginning(root, owner):
    unit = actions.create(root, Facts(name="总装党支部", type=Type.BRANCH), by=owner)
    actions.change(unit, Facts(name="总装党支部", type=Type.BRANCH, established_on=JUNE), by=owner)

    began = Change.objects.get(unit=unit)
    assert (began.on, began.paper.is_assumed) == (JUNE, False)


def test_a_unit_cannot_begin_after_something_happened_to_it(root, owner):
    unit = make(root, "总装党支部", by=owner)
    actions.change(unit, Facts(name="装配党支部", type=Type.BRANCH, established_on=date(2020, 1, 1)), by=owner, on=JUNE)

    with pytest.raises(actions.BeganTooLate, match="更名"):
        actions.change(unit, Facts(name="装配党支部", type=Type.BRANCH, established_on=JULY), by=owner)


@pytest.mark.parametrize(
    ("day", "refusal"),
    [
        (date(2019, 12, 31), actions.BeforeItExisted),
        (JUNE, actions.OutOfOrder),
        (today() + timedelta(1), actions.InTheFuture),
    ],
)
def test_a_change_is_refused_on_a_day_that_cannot_be(root, owner, day, refusal):
    general = make(root, "东区党总支", Type.GENERAL_BRANCH, by=owner)
    unit = make(root, "总装党支部", by=owner)
    actions.move(unit, to=general, by=owner, on=JULY)

    with pytest.raises(refusal):
        actions.move(unit, to=root, by=owner, on=day)
    unit.refresh_from_db()
    assert queries.parent_of(unit) == general


def test_a_unit_cannot_move_under_one_that_was_not_there_yet(root, owner):
    young = make(root, "东区党总支", Type.GENERAL_BRANCH, by=owner, since=JULY)
    unit = make(root, "总装党支部", by=owner)

    with pytest.raises(actions.AboveTooYoung, match="东区党总支"):
        actions.move(unit, to=young, by=owner, on=JUNE)


def test_a_change_keeps_its_paper(root, owner):
    unit = make(root, "总装党支部", by=owner)
    basis = Basis("京组〔2026〕12号", date(2026, 6, 20), "名称规范")
    facts = Facts(name="装配党支部", type=Type.BRANCH, established_on=date(2020, 1, 1))
    actions.change(unit, facts, by=owner, on=JULY, basis=basis)

    change = Change.objects.filter(unit=unit).in_order().last()
    assert (change.paper, change.by, change.on) == (basis, owner, JULY)
    assert change.became == Standing("装配党支部", Type.BRANCH, root.pk)


def test_two_thousand_units_ask_three_times(root, owner):
    grow(root, general=40, branches=49, members=0)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert len(queries.tree_on(owner, today()).rows) > 2000
    assert len(asked) == 3


def test_whoever_sees_one_branch_sees_its_past_alone(jia, owner, root, first):
    make(root, "别的党支部", by=owner)

    assert names(jia.user("member"), today()) == [first.name]


def test_differences_name_what_is_new_gone_renamed_and_moved():
    def standing(name, parent=1):
        return Standing(name, "631", parent)

    before = {1: standing("根", None), 2: standing("甲"), 3: standing("乙"), 4: standing("丙")}
    after = {1: standing("根", None), 2: standing("甲甲"), 4: standing("丙", 5), 5: standing("丁")}

    found = {each.unit: each for each in differences(before, after)}
    assert found.keys() == {2, 3, 4, 5}
    assert found[2].is_renamed and found[3].is_gone and found[4].is_moved and found[5].is_new


def test_the_fold_takes_the_last_of_one_day():
    was, now = Standing("甲", "631", None), Standing("乙", "631", None)
    known = Lineage([Present(1, now)], [Event(1, JUNE, None, was), Event(1, JULY, was, now), Event(1, JULY, now, was)])

    assert known.on(JULY) == {1: was}
    assert known.on(date(2026, 1, 1)) == {}


def test_the_page_of_a_day_shows_it_and_its_differences(cast):
    with context.inside(cast.jia):
        owner, root = cast.user("owner"), Unit.objects.get(depth=1)
        unit = make(root, "总装党支部", by=owner)
        facts = Facts(name="装配党支部", type=Type.BRANCH, established_on=date(2020, 1, 1))
        actions.change(unit, facts, by=owner, on=JULY)
    page = cast.signed_in("owner").get("/organization/as-of/?on=2026-07-31&since=2026-06-30").content.decode()

    assert "截至 2026-07-31 的组织" in page
    assert "更名为装配党支部" in page


def test_a_day_that_cannot_be_read_is_today(cast):
    page = cast.signed_in("owner").get("/organization/as-of/?on=morgen&since=x").content.decode()

    assert f"截至 {today().isoformat()} 的组织" in page


def test_the_day_is_taken_away_as_a_workbook(cast):
    with context.inside(cast.jia):
        make(Unit.objects.get(depth=1), "总装党支部", by=cast.user("owner"), since=JULY)
    answer = cast.signed_in("owner").get("/organization/as-of.xlsx?on=2026-07-31")

    rows = [*openpyxl.load_workbook(io.BytesIO(answer.content)).active.values]
    assert ("总装党支部", "党支部", "jia单位党委") in {row[:3] for row in rows}


def test_the_history_page_tells_each_change_with_its_paper(cast):
    with context.inside(cast.jia):
        owner, root = cast.user("owner"), Unit.objects.get(depth=1)
        unit = make(root, "总装党支部", by=owner)
        facts = Facts(name="装配党支部", type=Type.BRANCH, established_on=date(2020, 1, 1))
        actions.change(unit, facts, by=owner, on=JULY, basis=Basis("京组〔2026〕12号", date(2026, 6, 20)))
    page = cast.signed_in("owner").get(f"/organization/units/{unit.pk}/history/").content.decode()

    assert "总装党支部 → 装配党支部" in page
    assert "京组〔2026〕12号，2026-06-20批复" in page


def test_a_change_is_registered_late_with_its_paper_on_the_page(cast):
    with context.inside(cast.jia):
        unit = make(Unit.objects.get(depth=1), "总装党支部", by=cast.user("owner"))
    sent = {
        "name": "装配党支部", "type": "631", "established_on": "2020-01-01", "on": "2026年7月1日",
        "basis_number": "京组〔2026〕12号", "basis_on": "2026-06-20",
    }  # fmt: skip
    answer = cast.signed_in("owner").post(f"/organization/units/{unit.pk}/edit/", sent)

    assert answer.status_code == 302
    with context.inside(cast.jia):
        change = Change.objects.get(unit=unit, kind=Kind.RENAMED)
        assert (change.on, change.paper.number) == (JULY, "京组〔2026〕12号")


def test_a_bad_day_is_said_beside_the_day_and_keeps_what_was_typed(cast):
    with context.inside(cast.jia):
        unit = make(Unit.objects.get(depth=1), "总装党支部", by=cast.user("owner"))
    sent = {"name": "装配党支部", "type": "631", "established_on": "2020-01-01", "on": "2019-01-01"}
    answer = cast.signed_in("owner").post(f"/organization/units/{unit.pk}/edit/", sent)

    assert answer.status_code == 422
    assert "才成立，不能登记更早的变动" in answer.content.decode()
    assert "装配党支部" in answer.content.decode()
