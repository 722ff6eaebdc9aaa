"""What several resources of this app share."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from workspace.access.models import OwnRole, Role
from workspace.access.queries import people as queries
from workspace.access.queries import units_where

SCOPE = {"read": "access:read", "write": "access:write"}


class OwnField(serializers.PrimaryKeyRelatedField):  # type: ignore[type-arg]  # not subscriptable when it runs
    """A key among those the asking person may name; any other one is simply not there."""

    def __init__(self, verb: str = "", **options: Any) -> None:
        self.verb = verb
        super().__init__(**options)

    def get_queryset(self) -> "QuerySet[Any]":
        asking = self.context["request"].user
        if self.verb:
            return units_where(asking, self.verb)
        return queries.people(visible_to=asking).order_by("pk")


class RoleField(serializers.CharField):
    """The code of a built-in role, or of one of the workspace's own."""

    def to_internal_value(self, data: Any) -> str:
        code = str(super().to_internal_value(data))
        if code not in Role.values and not OwnRole.objects.of_code(code).exists():
            raise serializers.ValidationError(f"{code}?", code="invalid_choice")
        return code
