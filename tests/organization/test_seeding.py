"""What a fresh workspace's tree looks like, kind by kind."""

import pytest

from shared.script import Script
from tenants.models.tenant import UnitType
from workspace.organization import nesting, seeds
from workspace.organization.models import Unit


def fresh(kind: str) -> Unit:
    """The tree of a workspace that has none yet."""
    Unit.objects.all().delete()
    seeds.furnish(kind)
    script = Script()
    seeds.welcome(kind, "市第一医院", script)
    script.run()
    return Unit.objects.get(depth=1)


@pytest.fixture
def _empty(jia):
    from workspace.access.models import Grant
    from workspace.members.models import Member

    Member.objects.all().delete()
    Grant.objects.all().delete()


@pytest.mark.parametrize("kind", UnitType.values)
@pytest.mark.usefixtures("_empty")
def test_every_kind_starts_with_a_root_a_few_branches_and_one_sample(kind):
    root = fresh(kind)
    below = list(Unit.objects.children_of(root))

    assert root.name.startswith("市第一医院党")
    assert 3 <= len(below) <= 4
    assert [unit.name for unit in below if unit.is_sample] == ["示例党支部"]
    assert all(nesting.may_hold(root.type, unit.type) for unit in below)


@pytest.mark.usefixtures("_empty")
def test_a_hospital_starts_with_its_own_branches():
    names = [unit.name for unit in Unit.objects.below(fresh("hospital"))]

    assert names == ["市第一医院党委", "行政后勤党支部", "内科党支部", "外科党支部", "示例党支部"]


@pytest.mark.usefixtures("_empty")
def test_seeding_twice_changes_nothing():
    root = fresh("hospital")

    assert seeds.furnish("other") == root
    assert Unit.objects.count() == 5
