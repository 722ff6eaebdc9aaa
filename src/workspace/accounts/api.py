"""Who is asking."""

from typing import Any, cast

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import BaseRouter

from workspace.accounts.models import Token, User


class MeSerializer(serializers.ModelSerializer[User]):
    scopes = serializers.SerializerMethodField()

    class Meta:
        model = User
        fields = ("id", "username", "name", "email", "phone", "language", "large_type", "scopes")

    def get_scopes(self, user: User) -> list[str] | None:
        """The token's scopes; null for a person signed in by session."""
        token: Any = self.context["request"].auth
        return list(token.scopes) if isinstance(token, Token) else None


class MeView(viewsets.ViewSet):
    """The person signed in, or the one a token acts for. Every token may ask."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(responses=MeSerializer)
    def list(self, request: Request) -> Response:
        return Response(MeSerializer(cast(User, request.user), context={"request": request}).data)


def register(router: BaseRouter) -> None:
    """This app's resources under `/api/v1/`."""
    router.register("me", MeView, basename="me")
