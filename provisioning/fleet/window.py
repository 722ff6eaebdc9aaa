"""Release N serves schemas of N−1 and N. Registered with `tenants.heads`, which asks once a process."""

from django.db.migrations.loader import MigrationLoader

from provisioning import template
from provisioning.models import Release
from tenants import context


def served() -> frozenset[str]:
    """This code's head, and that of the release before it: the newest one rendered here whose migrations are all in
    this code. A release that is ahead of this code, as after going back to older code, is not before it."""
    ours = set(MigrationLoader(None).disk_migrations)
    with context.control():
        others = Release.objects.exclude(head=template.head()).order_by("-rendered_at", "-pk")
        for head, migrations in others.values_list("head", "migrations"):
            if {(app, name) for app, name in migrations} <= ours:
                return frozenset({template.head(), head})
    return frozenset({template.head()})
