"""What stands directly below a unit, on the unit's own page."""

from dataclasses import dataclass

from workspace.accounts.models import User
from workspace.organization import counters, queries
from workspace.organization.models import Unit


@dataclass(frozen=True)
class Child:
    """`counts` are (label, number) of the unit and all below it."""

    unit: Unit
    counts: list[tuple[str, int]]


def below(unit: Unit, user: User) -> list[Child]:
    """Open and closed children, open ones first."""
    labels = counters.labels()
    nodes = queries.node_children(user, unit, closed=True)
    nodes.sort(key=lambda node: not node.unit.is_open)
    return [Child(node.unit, list(zip(labels, node.counts, strict=True))) for node in nodes]
