"""What the terminal and a script are told: plain values that are printed as a table or as JSON."""

from typing import Any

from django.db.models import Count

from provisioning import template
from provisioning.fleet import counts, planning, runs, window
from provisioning.fleet.refusals import NoWay
from provisioning.fleet.ways import Ways
from provisioning.models import FleetRun, FleetTurn, Release, Upgrade
from tenants.models.tenant import Ring

FAILURES_SHOWN = 50


def name_of(ring: int) -> str:
    """As it is typed: own, pilot, tenth, all."""
    return Ring(ring).name.lower()


def heads() -> list[dict[str, Any]]:
    """The versions in use, this code's first: how many workspaces, whether this code serves them, when rendered."""
    rendered = dict(Release.objects.values_list("head", "rendered_at"))
    served, current = window.served(), template.head()
    rows = planning.fleet().values("migration_head").annotate(number=Count("pk")).order_by("-number")
    found = {row["migration_head"]: row["number"] for row in rows}
    found.setdefault(current, 0)
    return [
        {
            "head": head,
            "workspaces": found[head],
            "is_current": head == current,
            "is_served": head in served,
            "rendered_at": rendered.get(head),
        }
        for head in sorted(found, key=lambda head: head != current)
    ]


def status() -> dict[str, Any]:
    """Versions, and the run of this code's version if there is one."""
    run = runs.current()
    return {"head": template.head(), "heads": heads(), "run": of_run(run) if run else None}


def of_run(run: FleetRun) -> dict[str, Any]:
    """A run with its rings and its newest failures."""
    failures = counts.failures(run)
    return {
        "uuid": str(run.uuid),
        "head": run.head,
        "state": run.state,
        "through": name_of(run.through),
        "error_budget": run.error_budget,
        "is_at_work": counts.is_at_work(run),
        "started_at": run.started_at,
        "finished_at": run.finished_at,
        "rings": {name_of(ring): {"total": count.total, **vars(count)} for ring, count in counts.rings(run).items()},
        "failures": [_of_failure(turn) for turn in failures[:FAILURES_SHOWN]],
    }


def _of_failure(turn: FleetTurn) -> dict[str, Any]:
    return {
        "workspace": turn.tenant.slug,
        "ring": name_of(turn.ring),
        "attempts": turn.attempts,
        "error": turn.error,
    }


def plan() -> dict[str, Any]:
    """Who is behind, by version, and what would be done to them."""
    if not planning.is_anybody_behind():
        return {"head": template.head(), "behind": 0, "groups": []}
    groups = planning.groups(Ways(template.release()))
    return {
        "head": template.head(),
        "behind": sum(group.workspaces for group in groups),
        "groups": [_of_group(group) for group in groups],
    }


def _of_group(group: planning.Group) -> dict[str, Any]:
    return {
        "head": group.head,
        "workspaces": group.workspaces,
        "rings": {name_of(ring): number for ring, number in group.rings.items()},
        **_of_way(group.way),
    }


def _of_way(way: Upgrade | NoWay) -> dict[str, Any]:
    if isinstance(way, NoWay):
        return {"way": "refused", "refused": str(way)}
    kind = "python" if way.python else "sql" if way.statements else "stamp"
    return {
        "way": kind,
        "migrations": [f"{app}.{name}" for app, name in way.migrations],
        "python": way.python,
        "statements": way.statements,
    }
