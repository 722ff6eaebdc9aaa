"""A person's messages for programs."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import BaseRouter

from shared.clock import now
from workspace.inbox import actions, queries
from workspace.inbox.models import Message


class MessageSerializer(serializers.ModelSerializer[Message]):
    class Meta:
        model = Message
        fields = ("id", "title", "body", "link", "sent_at", "read_at")


class MessageViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Message]):
    """The messages of the person who asks, newest first."""

    serializer_class = MessageSerializer
    queryset = Message.objects.none()
    lookup_value_converter = "int"

    def get_queryset(self) -> "QuerySet[Message]":
        return queries.messages_to(self.request.user)  # type: ignore[arg-type]

    def retrieve(self, request: Request, pk: int, **_: Any) -> Response:
        """One message; reading it over the API does not mark it as read."""
        return Response(self.get_serializer(queries.get_message(pk, to=request.user)).data)  # type: ignore[arg-type]

    @action(detail=True, methods=["post"])
    def read(self, request: Request, pk: int, **_: Any) -> Response:
        """Mark one message as read."""
        message = queries.get_message(pk, to=request.user)  # type: ignore[arg-type]
        actions.read(message, at=now())
        message.refresh_from_db()
        return Response(self.get_serializer(message).data)


def register(router: BaseRouter) -> None:
    """This app's resources under `/api/v1/`."""
    router.register("messages", MessageViewSet, basename="message")
