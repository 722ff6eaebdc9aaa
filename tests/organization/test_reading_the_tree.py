"""The tree as each person sees it."""

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from workspace.organization import counters, queries, visibility
from workspace.organization.models import Unit


@pytest.fixture
def no_counters(monkeypatch):
    monkeypatch.setattr(counters, "_counters", {})


def test_the_administrator_sees_the_whole_tree(owner, root):
    seen = queries.tree(owner)

    assert [node.unit for node in seen.nodes] == [root]
    assert "第一党支部" in [node.unit.name for node in seen.nodes[0].children]


def test_a_member_sees_the_own_branch_only(jia, first):
    seen = queries.tree(jia.user("member"))

    assert [node.unit for node in seen.nodes] == [first]


def test_a_unit_that_may_not_be_seen_is_not_found(jia, second):
    with pytest.raises(Http404):
        visibility.unit_for(jia.user("member"), second.pk)


def test_a_unit_that_may_be_seen_but_not_changed_says_so(jia, first):
    with pytest.raises(visibility.MayNotChange, match="第一党支部"):
        visibility.unit_for(jia.user("member"), first.pk, to="unit.change")


def test_counts_roll_up_to_every_level(no_counters, owner, root, first, second):
    counters.register(counters.Counter("things", "事项", lambda units: {first.path: 3, second.path: 4}))

    seen = queries.tree(owner)

    assert seen.nodes[0].counts == [7]
    assert {node.unit.name: node.counts for node in seen.nodes[0].children}["第二党支部"] == [4]


def test_closed_units_are_shown_on_request_only(owner, first):
    Unit.objects.filter(pk=first.pk).update(closed_on="2026-01-01")

    assert first not in [node.unit for node in queries.tree(owner).nodes[0].children]
    assert first in [node.unit for node in queries.tree(owner, closed=True).nodes[0].children]


@pytest.mark.parametrize("words", ["第二", "dierdangzhibu", "DEDZB", "di er"])
def test_a_unit_is_found_by_name_pinyin_and_initials(owner, root, words):
    found = {unit.name: above for unit, above in queries.found(owner, words)}

    assert found["第二党支部"] == [root]
    assert "第一党支部" not in found


def test_a_large_tree_opens_level_by_level_in_a_fixed_number_of_queries(no_counters, owner, root):
    general = Unit.objects.add_child(root, instance=Unit(name="东区党总支", type=Unit.Type.GENERAL_BRANCH))
    for number in range(queries.tree(owner).size, 301):
        Unit.objects.add_child(general, instance=Unit(name=f"支部{number}", type=Unit.Type.BRANCH))
        general.refresh_from_db()

    with CaptureQueriesContext(
        connection,
    ) as run:
        seen = queries.tree(owner)
    lazy = next(node for node in seen.nodes[0].children if node.unit.name == "东区党总支")

    assert not seen.is_whole
    assert lazy.is_lazy
    assert lazy.children == []
    assert len(queries.node_children(owner, general)) > 290
    assert len(run) <= 5
