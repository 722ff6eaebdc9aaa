"""The template (模板): what an empty workspace's schema is, rendered once per release and replayed per opening.

Django migrates a scratch schema while every statement is recorded; then all of it is rolled back. What remains is a
list of unqualified statements that make the same tables in any schema in one transaction.
"""

import hashlib
import inspect
from functools import cache

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from provisioning.models import Release
from tenants import context, schemas
from tenants.names import new_schema_name
from tenants.postgresql.base import recorded

_NO_TIMEOUT = 0


class _Undo(Exception):
    """Rolls the scratch schema back."""


def tenant_app_labels() -> set[str]:
    """The labels of the apps whose tables every workspace holds."""
    names = set(settings.TENANT_APPS)
    return {config.label for config in apps.get_app_configs() if config.name in names}


@cache
def head() -> str:
    """The digest of the workspace apps' migrations, their text included: equal heads mean equal schemas."""
    loader = MigrationLoader(None)
    labels = tenant_app_labels()
    sources = (
        (key, inspect.getsource(inspect.getmodule(type(migration)) or type(migration)))
        for key, migration in sorted(loader.disk_migrations.items())
        if key[0] in labels
    )
    return hashlib.sha256(repr(list(sources)).encode()).hexdigest()


def _leaves(loader: MigrationLoader) -> list[tuple[str, str]]:
    labels = tenant_app_labels()
    return [node for node in loader.graph.leaf_nodes() if node[0] in labels]


def release() -> Release:
    """The release of this code, rendered on first use."""
    return Release.objects.filter(head=head()).first() or render()


def render() -> Release:
    """Migrate a scratch schema, keep its statements, undo the rest. About two seconds."""
    statements: list[str] = []
    name = new_schema_name()
    try:
        with transaction.atomic():
            schemas.create(name)
            with context.entered(context.of_schema(name, timeout_ms=_NO_TIMEOUT)), recorded() as kept:
                executor = MigrationExecutor(connection)
                executor.migrate(_leaves(executor.loader))
                statements = list(kept)
                applied = sorted(executor.recorder.applied_migrations())
            count = schemas.tables(name)
            raise _Undo  # noqa: TRY301  the way out of `atomic` that undoes it
    except _Undo:
        pass
    made, _created = Release.objects.update_or_create(
        head=head(), defaults={"statements": statements, "migrations": applied, "tables": count}
    )
    return made


def replay(made: Release) -> None:
    """Make the tables of a release in the schema in force. One round trip for the DDL, one for the migration rows."""
    with connection.cursor() as cursor:
        cursor.execute(";\n".join(statement.rstrip().rstrip(";") for statement in made.statements))
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) "
            "SELECT app, name, now() FROM unnest(%s::text[], %s::text[]) AS done(app, name)",
            [[app for app, _name in made.migrations], [name for _app, name in made.migrations]],
        )
