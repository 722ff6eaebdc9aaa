"""What has to be kept to take a merge back: rows as they were, in the words of Django's own serializer."""

import json
from collections.abc import Iterable
from typing import Any

from django.core import serializers
from django.db import models


def rows_as_text(rows: Iterable[Any]) -> list[Any]:
    """Every column of each, exactly."""
    return json.loads(serializers.serialize("json", list(rows)))


def put_back(stored: list[Any]) -> int:
    """Write them as they were, times of change included. Returns how many could not be: what they hang on is gone."""
    lost = 0
    for deserialized in serializers.deserialize("json", json.dumps(stored)):
        row = deserialized.object
        if _roots(row):
            deserialized.save()
        else:
            lost += 1
    return lost


def _roots(row: models.Model) -> bool:
    """Whether what it refers to is still there; a reference that may be empty is emptied."""
    for field in row._meta.concrete_fields:
        key = getattr(row, field.attname)
        if not field.is_relation or key is None:
            continue
        if not field.related_model._base_manager.filter(pk=key).exists():  # type: ignore[union-attr]
            if not field.null:
                return False
            setattr(row, field.attname, None)
    return True
