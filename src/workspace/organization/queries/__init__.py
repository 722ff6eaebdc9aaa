"""What pages, the API and exports read about the tree."""

from workspace.organization.queries.history import Line, history
from workspace.organization.queries.listing import Row, listing
from workspace.organization.queries.past import PastTree, Shift, Then, lineage_of, shifts, tree_on
from workspace.organization.queries.places import above, move_targets, parent_of, types_below
from workspace.organization.queries.timeline import Stage, timeline
from workspace.organization.queries.tree import Node, Tree, found, node_children, tree

__all__ = [
    "Line",
    "Node",
    "PastTree",
    "Row",
    "Shift",
    "Stage",
    "Then",
    "Tree",
    "above",
    "found",
    "history",
    "lineage_of",
    "listing",
    "move_targets",
    "node_children",
    "parent_of",
    "shifts",
    "timeline",
    "tree",
    "tree_on",
    "types_below",
]
