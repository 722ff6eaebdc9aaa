"""The template (模板): what an empty workspace's schema is, rendered once per release and replayed per opening.

Django migrates a scratch schema while every statement is recorded; then all of it is rolled back. What remains is a
list of unqualified statements that make the same tables in any schema in one transaction.
"""

import hashlib
import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Protocol

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
def _texts() -> tuple[tuple[tuple[str, str], str], ...]:
    """The text of every migration of the workspace apps."""
    labels = tenant_app_labels()
    return tuple(
        (key, inspect.getsource(inspect.getmodule(type(migration)) or type(migration)))
        for key, migration in sorted(MigrationLoader(None).disk_migrations.items())
        if key[0] in labels
    )


@cache
def head() -> str:
    """The digest of the workspace apps' migrations, their text included: equal heads mean equal schemas."""
    return hashlib.sha256(repr(list(_texts())).encode()).hexdigest()


@cache
def sources() -> dict[str, str]:
    """`app.name` → digest of its text, for every migration of the workspace apps."""
    return {f"{app}.{name}": hashlib.sha256(text.encode()).hexdigest() for (app, name), text in _texts()}


def forget() -> None:
    """Read the migrations anew at the next need. For tests that change the code's release."""
    for known in (_texts, head, sources):
        known.cache_clear()


def leaves(loader: MigrationLoader) -> list[tuple[str, str]]:
    """The newest migrations of the workspace apps, as targets for an executor."""
    labels = tenant_app_labels()
    return [node for node in loader.graph.leaf_nodes() if node[0] in labels]


def release() -> Release:
    """The release of this code, rendered on first use."""
    return Release.objects.filter(head=head()).first() or render()


@contextmanager
def scratch() -> Iterator[str]:
    """A schema that is there, and in force, for the block alone; then all of it is undone. Yields its name."""
    name = new_schema_name()
    try:
        with transaction.atomic():
            schemas.create(name)
            with context.entered(context.of_schema(name, timeout_ms=_NO_TIMEOUT)):
                yield name
            raise _Undo  # noqa: TRY301  the way out of `atomic` that undoes it
    except _Undo:
        pass


def render() -> Release:
    """Migrate a scratch schema, keep its statements, undo the rest. About two seconds."""
    with scratch() as name, recorded() as kept:
        executor = MigrationExecutor(connection)
        executor.migrate(leaves(executor.loader))
        statements = list(kept)
        applied = sorted(executor.recorder.applied_migrations())
        count = schemas.tables(name)
    made, _created = Release.objects.update_or_create(
        head=head(), defaults={"statements": statements, "migrations": applied, "tables": count, "sources": sources()}
    )
    return made


class Rendered(Protocol):
    """What can be replayed: a release from nothing, or the way from one to another."""

    statements: list[str]
    migrations: list[list[str]]


def replay(made: Rendered) -> None:
    """Run its statements in the schema in force and note its migrations there: one round trip each."""
    with connection.cursor() as cursor:
        cursor.execute(";\n".join(statement.rstrip().rstrip(";") for statement in made.statements))
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) "
            "SELECT app, name, now() FROM unnest(%s::text[], %s::text[]) AS done(app, name)",
            [[app for app, _name in made.migrations], [name for _app, name in made.migrations]],
        )
