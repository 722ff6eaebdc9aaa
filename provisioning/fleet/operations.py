"""Which migrations can be rendered once as SQL, and which must run in each workspace by itself."""

from decimal import Decimal
from typing import Any

from django.db.migrations import Migration
from django.db.migrations import operations as django_operations
from django.db.migrations.operations.base import Operation
from django.db.models import Field

# Defaults that are the same wherever they are made. Any other callable (a token, an instant) would be rendered once
# and then stand in every workspace, so it is asked for in each.
_CONSTANT_MAKERS = {list, dict, set, tuple, str, int, float, bool, bytes, Decimal}
_OF_DJANGO = django_operations.__name__


def needs_python(migration: Migration) -> bool:
    """Whether any operation does what SQL rendered elsewhere cannot: run Python, or make a value per workspace."""
    return any(_needs_python(operation) for operation in migration.operations)


def _needs_python(operation: Operation) -> bool:
    if isinstance(operation, django_operations.RunPython):
        return operation.code is not django_operations.RunPython.noop
    if isinstance(operation, django_operations.SeparateDatabaseAndState):
        return any(_needs_python(each) for each in operation.database_operations)
    if isinstance(operation, django_operations.AddField | django_operations.AlterField):
        return _makes_values(operation.field)
    # An operation of somebody else's making may do anything.
    return not type(operation).__module__.startswith(_OF_DJANGO)


def _makes_values(field: "Field[Any, Any]") -> bool:
    """Whether adding the field writes a value into existing rows that Python makes at that moment."""
    if field.has_default():
        return callable(field.default) and field.default not in _CONSTANT_MAKERS
    return bool(getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False))
