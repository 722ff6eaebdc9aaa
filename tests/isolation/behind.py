"""Put a workspace back to the release before this one, within the running transaction."""

from collections.abc import Collection

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from provisioning import template
from provisioning.models import Release
from tenants import context, heads
from tenants.models import Tenant

HEAD = "0" * 64


def take_back(tenant: Tenant, apps: Collection[str] = ()) -> set[str]:
    """Unapply the newest migration of every app, or all those of the apps that are named, as if this release had
    brought them. Returns the apps."""
    with context.inside(tenant):
        executor = MigrationExecutor(connection)
        nodes = executor.loader.graph.node_map
        newest = [key for key in template.leaves(executor.loader) if not apps or key[0] in apps]
        executor.migrate([(key[0], None) if apps else _one_before(nodes[key]) for key in newest])
        left = sorted(executor.recorder.applied_migrations())
    with context.control():
        Release.objects.create(head=HEAD, statements=[], migrations=left, tables=0, rendered_at=timezone.now())
        Tenant.objects.filter(pk=tenant.pk).update(migration_head=HEAD)
    heads.forget()
    return {app for app, _name in newest}


def bring_forward(tenant: Tenant) -> None:
    """What the fleet does when the workspace's turn comes."""
    with context.inside(tenant):
        executor = MigrationExecutor(connection)
        executor.migrate(template.leaves(executor.loader))
    with context.control():
        Tenant.objects.filter(pk=tenant.pk).update(migration_head=template.head())


def _one_before(node: object) -> tuple[str, str | None]:
    app, _name = node.key  # type: ignore[attr-defined]
    before = [parent.key for parent in node.parents if parent.key[0] == app]  # type: ignore[attr-defined]
    return before[0] if before else (app, None)
