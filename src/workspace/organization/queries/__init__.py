"""What pages, the API and exports read about the tree."""

from workspace.organization.queries.history import Change, history
from workspace.organization.queries.listing import Row, listing
from workspace.organization.queries.places import above, move_targets, parent_of, types_below
from workspace.organization.queries.tree import Node, Tree, found, node_children, tree

__all__ = [
    "Change",
    "Node",
    "Row",
    "Tree",
    "above",
    "found",
    "history",
    "listing",
    "move_targets",
    "node_children",
    "parent_of",
    "tree",
    "types_below",
]
