"""`/api/v1/closing/`: whether the workspace is being closed, ask for it, take it back."""

from typing import ClassVar, cast

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import BaseRouter

from shared.workspace import current_workspace
from workspace.accounts.models import User
from workspace.accounts.scopes import HasScope
from workspace.archives import closing
from workspace.archives.queries import archives_for


class ClosingSerializer(serializers.Serializer[object]):
    """`closes_at` is empty while nothing is being closed."""

    closes_at = serializers.DateTimeField(allow_null=True)


class ClosingReasonSerializer(serializers.Serializer[object]):
    """Why; kept in the workspace's history."""

    reason = serializers.CharField(max_length=500)


class ClosingViewSet(viewsets.ViewSet):
    """Closing the whole workspace (关闭工作空间), for its administrator."""

    permission_classes = (IsAuthenticated, HasScope)
    scope: ClassVar[dict[str, str]] = {"read": "archives:read", "write": "archives:write"}

    @extend_schema(responses=ClosingSerializer)
    def list(self, request: Request) -> Response:
        """How it stands."""
        archives_for(cast(User, request.user))
        return Response({"closes_at": current_workspace().closes_at})

    @extend_schema(request=ClosingReasonSerializer, responses={202: None})
    def create(self, request: Request) -> Response:
        """Ask for it: read-only within a minute, closed when the grace is over."""
        return self._ask(request, closing.ask)

    @extend_schema(request=ClosingReasonSerializer, responses={202: None})
    @action(detail=False, methods=["post"])
    def withdrawal(self, request: Request) -> Response:
        """Keep the workspace after all."""
        return self._ask(request, closing.ask_to_stay)

    @staticmethod
    def _ask(request: Request, verb: closing.Verb) -> Response:
        said = ClosingReasonSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        verb(by=cast(User, request.user), reason=said.validated_data["reason"])
        return Response(status=status.HTTP_202_ACCEPTED)


def register(router: BaseRouter) -> None:
    """Below `/api/v1/`."""
    router.register("closing", ClosingViewSet, basename="closing")
