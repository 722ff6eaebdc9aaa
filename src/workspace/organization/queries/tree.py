"""The tree as one person sees it: whole while it is small, level by level beyond that."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef

from workspace.accounts.models import User
from workspace.organization import counters
from workspace.organization.models import Unit, UnitQuerySet
from workspace.organization.visibility import units_where

WHOLE_UP_TO_UNITS = 300
MOST_FOUND = 100


@dataclass
class Node:
    """A unit in the tree. `counts` are of the unit and all below, in the order of `Tree.labels`.

    `is_lazy` says that it has children which this answer leaves out.
    """

    unit: Unit
    counts: list[int]
    is_lazy: bool = False
    children: list["Node"] = field(default_factory=list)


@dataclass(frozen=True)
class Tree:
    """`nodes` are the highest units that the reader may see; `size` counts all that they may see."""

    nodes: list[Node]
    labels: list[str]
    size: int
    is_whole: bool


def tree(user: User, *, closed: bool = False) -> Tree:
    """All that this person may see. Closed units only on request. Four queries, and one for each counter."""
    visible = _visible(user, closed=closed)
    size = visible.count()
    is_whole = size <= WHOLE_UP_TO_UNITS
    units = list(visible if is_whole else _top_levels(visible))
    nodes = _nested(_with_counts(units, visible))
    return Tree(nodes, counters.labels(), size, is_whole)


def node_children(user: User, parent: Unit, *, closed: bool = False) -> list[Node]:
    """The next level below a unit, each child lazy if it has children of its own."""
    visible = _visible(user, closed=closed)
    level = visible.children_of(parent).annotate(has_children=_has_children(visible))
    return _with_counts(list(level), visible.below(parent))


def found(user: User, words: str, *, closed: bool = False) -> list[tuple[Unit, list[Unit]]]:
    """Units whose name, code or pinyin holds the words, each with those above it. At most `MOST_FOUND`."""
    units = list(_visible(user, closed=closed).named_like(words)[:MOST_FOUND])
    step = Unit.steplen
    paths = {unit.path[:end] for unit in units for end in range(step, len(unit.path), step)}
    by_path = {unit.path: unit for unit in Unit.objects.filter(path__in=paths)}
    return [(unit, [by_path[unit.path[:end]] for end in range(step, len(unit.path), step)]) for unit in units]


def _visible(user: User, *, closed: bool) -> UnitQuerySet:
    units = units_where(user, "unit.view")
    return units if closed else units.open()


def _has_children(visible: UnitQuerySet) -> Exists:
    return Exists(visible.order_by().filter(path__startswith=OuterRef("path"), depth=OuterRef("depth") + 1))


def _top_levels(visible: UnitQuerySet) -> UnitQuerySet:
    """The highest visible level and the one below it."""
    highest = visible.order_by("depth").values_list("depth", flat=True).first() or 1
    return visible.filter(depth__lte=highest + 1).annotate(has_children=_has_children(visible))


def _with_counts(units: Iterable[Unit], counted: UnitQuerySet) -> list[Node]:
    totals = list(counters.totals(counted).values())
    return [
        Node(unit, [total.get(unit.path, 0) for total in totals], is_lazy=getattr(unit, "has_children", False))
        for unit in units
    ]


def _nested(nodes: list[Node]) -> list[Node]:
    """Hang each node under the nearest one above it; nodes come in path order, so parents come first."""
    tops: list[Node] = []
    by_path: dict[str, Node] = {}
    for node in nodes:
        parent = by_path.get(node.unit.parent_path)
        (parent.children if parent else tops).append(node)
        if parent:
            parent.is_lazy = False
        by_path[node.unit.path] = node
    return tops
