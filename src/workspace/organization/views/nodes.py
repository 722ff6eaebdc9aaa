"""Units as items of the tree component."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from shared.components import Node as Item
from workspace.organization.models import Unit
from workspace.organization.queries import Node

# How many levels stand open when the page arrives.
OPEN_LEVELS = 2

_ICONS = {
    Unit.Type.COMMITTEE: "building-community",
    Unit.Type.TEMPORARY_COMMITTEE: "building-community",
    Unit.Type.GENERAL_BRANCH: "hierarchy",
    Unit.Type.TEMPORARY_GENERAL_BRANCH: "hierarchy",
    Unit.Type.GROUP: "users",
}


def drawn(nodes: Sequence[Node], labels: list[str], *, closed: bool, level: int = 1) -> list[Item]:
    """The same nodes as the component draws them, with counts as words."""
    return [_item(node, labels, closed=closed, level=level) for node in nodes]


def _item(node: Node, labels: list[str], *, closed: bool, level: int) -> Item:
    unit = node.unit
    url = reverse("organization:unit", args=[unit.pk])
    more = reverse("organization:children", args=[unit.pk]) + ("?closed=1" if closed else "")
    return Item(
        label=str(unit),
        url=url,
        note=_note(node, labels),
        icon=icon_of(unit.type),
        keys=unit.initials,
        open=level < OPEN_LEVELS and not node.is_lazy,
        children=drawn(node.children, labels, closed=closed, level=level + 1),
        children_url=more if node.is_lazy else "",
        unfold_url=url,
    )


def icon_of(kind: str) -> str:
    return _ICONS.get(Unit.Type(kind), "flag")


def _note(node: Node, labels: list[str]) -> str:
    """党支部 · 党员 22 · 示例."""
    parts = [str(node.unit.get_type_display())]
    parts += [f"{label} {number}" for label, number in zip(labels, node.counts, strict=True)]
    if node.unit.is_sample:
        parts.append(_("示例"))
    if not node.unit.is_open:
        parts.append(_("已撤销"))
    return " · ".join(parts)
