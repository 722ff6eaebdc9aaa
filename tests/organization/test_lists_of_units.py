"""Many units from a pasted list: read, rehearsed, then set up."""

import pytest

from tenants import context
from workspace.organization import listed
from workspace.organization.actions.listing import Verdict, rehearse, set_up_listed
from workspace.organization.models import Unit

PASTED = "全称\t组织类别\t上级党组织\n第1车间党支部\t\t东区党总支\n东区党总支\t党总支\t\n第一党支部\t631\t\n"


def test_a_heading_line_says_which_cell_is_which():
    lines = listed.read("编码,名称\n００1，检验党支部\n").lines

    assert [(line.code, line.name, line.number) for line in lines] == [("001", "检验党支部", 2)]


@pytest.mark.parametrize(
    ("written", "name", "kind"),
    [("", "东区党总支", "621"), ("", "检验科", "631"), ("党委", "院", "611"), ("632", "x", "632"), ("什么", "x", None)],
)
def test_a_type_is_read_from_its_number_its_name_or_the_units_name(written, name, kind):
    assert listed.Line(1, name, written).kind == kind


def test_a_rehearsal_says_what_would_happen_and_leaves_nothing(owner, root):
    before = Unit.objects.count()

    outcomes = rehearse(listed.read(PASTED).lines, under=root, reach=Unit.objects.all(), by=owner)

    assert [outcome.verdict for outcome in outcomes] == [Verdict.NEW, Verdict.NEW, Verdict.THERE]
    assert Unit.objects.count() == before


def test_a_child_may_stand_above_its_parent_in_the_list(owner, root):
    set_up_listed(listed.read(PASTED).lines, under=root, reach=Unit.objects.all(), by=owner)

    child = Unit.objects.get(name="第1车间党支部")
    assert Unit.objects.above(child).last().name == "东区党总支"


def test_an_unknown_parent_and_a_forbidden_place_are_said_per_line(owner, root):
    lines = listed.read("甲党支部,,没有的党委\n乙党委,党委,第一党支部\n").lines

    outcomes = rehearse(lines, under=root, reach=Unit.objects.all(), by=owner)

    assert [outcome.verdict for outcome in outcomes] == [Verdict.PROBLEM, Verdict.PROBLEM]
    assert "找不到上级“没有的党委”" in outcomes[0].note
    assert "下面不能设党委" in outcomes[1].note


def test_the_page_rehearses_and_then_sets_up(cast):
    owner = cast.signed_in("owner")
    with context.inside(cast.jia):
        pk = Unit.objects.get(depth=1).pk
    path = f"/organization/units/{pk}/children/listing/"

    shown = owner.post(path, {"text": PASTED}).content.decode()
    assert "新设 2，修改 0，不变 1，有问题 0" in shown

    done = owner.post(path, {"text": PASTED, "act": "set_up"}, follow=True).content.decode()
    assert "已设立 2 个组织，修改 0 个。" in done
    with context.inside(cast.jia):
        assert Unit.objects.filter(name="东区党总支").exists()


def test_a_member_pastes_nothing(cast):
    with context.inside(cast.jia):
        pk = Unit.objects.get(name="第一党支部").pk

    assert cast.signed_in("member").get(f"/organization/units/{pk}/children/listing/").status_code == 403
