"""Who is behind, and what would be done: by set, in as many queries for ten workspaces as for ten thousand."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from provisioning import template
from provisioning.fleet.refusals import NoWay
from provisioning.fleet.turns import OUTSIDE
from provisioning.fleet.ways import Ways
from provisioning.models import Upgrade
from tenants.models import Tenant
from tenants.models.tenant import Ring


@dataclass(frozen=True)
class Group:
    """The workspaces on one version: how many in each ring, and their way here or why there is none."""

    head: str
    rings: dict[Ring, int]
    way: Upgrade | NoWay

    @property
    def workspaces(self) -> int:
        return sum(self.rings.values())


def fleet() -> "QuerySet[Tenant]":
    """Every workspace whose tables a release must reach."""
    return Tenant.objects.exclude(state__in=OUTSIDE).exclude(migration_head="")


def behind() -> "QuerySet[Tenant]":
    """Those that are not on this code's version."""
    return fleet().exclude(migration_head=template.head())


def is_anybody_behind() -> bool:
    """One query. The answer on most days, so nothing else is asked before."""
    return behind().exists()


def groups(ways: Ways) -> list[Group]:
    """Who is behind, by version, the largest group first. One query, and for a way that is new, its rendering."""
    counted: dict[str, dict[Ring, int]] = {}
    for row in behind().values("migration_head", "ring").annotate(number=Count("pk")).order_by("ring"):
        counted.setdefault(row["migration_head"], {})[Ring(row["ring"])] = row["number"]
    found = [Group(head, rings, _way(ways, head)) for head, rings in counted.items()]
    return sorted(found, key=lambda group: -group.workspaces)


def _way(ways: Ways, head: str) -> Upgrade | NoWay:
    try:
        return ways.of(head)
    except NoWay as refusal:
        return refusal
