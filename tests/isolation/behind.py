"""Put a workspace back to the release before this one, within the running transaction."""

from collections.abc import Collection

from django.db import connection
from django.db.migrations import RunPython, RunSQL
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.graph import MigrationGraph

from provisioning import template
from provisioning.models import Release
from tenants import context, heads
from tenants.models import Tenant

HEAD = "0" * 64


def take_back(tenant: Tenant, apps: Collection[str] = ()) -> set[str]:
    """Unapply the newest change of every app's tables, or all migrations of the apps that are named, as if this release
    had brought them. Returns the apps; one whose newest change cannot be taken back is left as it is."""
    with context.inside(tenant):
        executor = MigrationExecutor(connection)
        graph = executor.loader.graph
        newest = [key for key in template.leaves(executor.loader) if not apps or key[0] in apps]
        targets = {key[0]: (key[0], None) if apps else _before_last_change(graph, key) for key in newest}
        executor.migrate([target for target in targets.values() if target])
        left = sorted(executor.recorder.applied_migrations())
    with context.control():
        Release.objects.create(head=HEAD, statements=[], migrations=left, tables=0)
        Tenant.objects.filter(pk=tenant.pk).update(migration_head=HEAD)
    heads.forget()
    return {app for app, target in targets.items() if target}


def bring_forward(tenant: Tenant) -> None:
    """What the fleet does when the workspace's turn comes."""
    with context.inside(tenant):
        executor = MigrationExecutor(connection)
        executor.migrate(template.leaves(executor.loader))
    with context.control():
        Tenant.objects.filter(pk=tenant.pk).update(migration_head=template.head())


def _before_last_change(graph: MigrationGraph, key: tuple[str, str]) -> tuple[str, str | None] | None:
    """Past the migrations that only fill tables, and the one that last changed some. None: there is no way back."""
    operations = graph.nodes[key].operations
    if not all(operation.reversible for operation in operations):
        return None
    before = [parent.key for parent in graph.node_map[key].parents if parent.key[0] == key[0]]
    if not before:
        return key[0], None
    fills_only = all(isinstance(operation, RunSQL | RunPython) for operation in operations)
    return _before_last_change(graph, before[0]) if fills_only else before[0]
