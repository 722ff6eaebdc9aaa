"""Which migrations may be rendered once for everybody."""

import secrets
import uuid

import pytest
from django.db import models
from django.db.migrations import Migration, operations
from django.utils import timezone

from provisioning.fleet.operations import needs_python

noop = operations.RunPython.noop


class OfSomebodyElse(operations.base.Operation):
    """May do anything."""


def added(field: models.Field) -> operations.AddField:
    return operations.AddField("topic", "more", field)


@pytest.mark.parametrize(
    "operation",
    [
        operations.RunSQL("UPDATE voice_topic SET text = ''"),
        operations.RunPython(noop),
        operations.CreateModel("Key", [("value", models.CharField(max_length=40, default=secrets.token_hex))]),
        operations.SeparateDatabaseAndState(database_operations=[operations.RunSQL("SELECT 1")]),
        added(models.IntegerField(null=True)),
        added(models.IntegerField(default=7)),
        added(models.JSONField(default=list)),
        added(models.UUIDField(db_default=models.Value("x"))),
        operations.RemoveField("topic", "text"),
        operations.RenameField("topic", "text", "words"),
        operations.AddIndex("topic", models.Index(fields=["due"], name="topic_by_due")),
    ],
    ids=lambda operation: type(operation).__name__,
)
def test_what_is_the_same_everywhere_is_rendered_once(operation: operations.base.Operation) -> None:
    assert not needs_python(_migration(operation))


@pytest.mark.parametrize(
    "operation",
    [
        operations.RunPython(lambda apps, editor: None),
        OfSomebodyElse(),
        operations.SeparateDatabaseAndState(database_operations=[OfSomebodyElse()]),
        added(models.UUIDField(default=uuid.uuid4)),
        added(models.CharField(max_length=40, default=secrets.token_hex)),
        added(models.DateTimeField(default=timezone.now)),
        added(models.DateTimeField(auto_now_add=True)),
        operations.AlterField("topic", "text", models.TextField(default=lambda: secrets.token_hex())),
    ],
    ids=lambda operation: type(operation).__name__,
)
def test_what_makes_values_of_its_own_runs_in_each_workspace(operation: operations.base.Operation) -> None:
    assert needs_python(_migration(operation))


def _migration(operation: operations.base.Operation) -> Migration:
    made = Migration("0002_more", "voice")
    made.operations = [operation]
    return made
