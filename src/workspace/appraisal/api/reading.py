"""What a program sent, as values."""

from typing import Any, cast

from rest_framework import serializers
from rest_framework.request import Request

from workspace.accounts.models import User


def person(request: Request) -> User:
    return cast(User, request.user)


def said(serializer: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    """Raises ValidationError, which names the fields."""
    given = serializer(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)
