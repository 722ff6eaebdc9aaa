"""`/api/v1/topics/`: questions and ideas over the same queries and actions as the pages."""

from typing import Any, ClassVar, cast

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import BaseRouter

from shared.clock import now
from workspace.accounts.models import User
from workspace.accounts.scopes import HasScope
from workspace.voice.actions import answering, asking
from workspace.voice.models import Reply, Topic
from workspace.voice.queries.visibility import topic_seen_by, topic_to_answer, topics_seen_by, units_to_ask


class ReplySerializer(serializers.ModelSerializer[Reply]):
    by_name = serializers.CharField(source="by.name", read_only=True, default="")

    class Meta:
        model = Reply
        fields = ("id", "text", "by_name", "at", "is_answer")
        read_only_fields = ("by_name", "at", "is_answer")


class TopicSerializer(serializers.ModelSerializer[Topic]):
    unit_name = serializers.CharField(source="unit.name", read_only=True)
    by_name = serializers.CharField(source="by.name", read_only=True, default="")
    replies = serializers.SerializerMethodField()

    class Meta:
        model = Topic
        fields = (
            "id",
            "kind",
            "title",
            "text",
            "unit",
            "unit_name",
            "by_name",
            "is_private",
            "asked_at",
            "due",
            "answered_at",
            "adopted_at",
            "declined_at",
            "decision_reason",
            "replies",
        )
        read_only_fields = fields

    @extend_schema(responses=ReplySerializer(many=True))
    def get_replies(self, topic: Topic) -> list[dict[str, Any]]:
        rows = sorted(topic.replies.all(), key=lambda reply: (reply.at, reply.pk))  # prefetched
        return [dict(row) for row in ReplySerializer(rows, many=True).data]


class AskSerializer(serializers.Serializer[Any]):
    unit = serializers.IntegerField(min_value=1)
    kind = serializers.ChoiceField(Topic.Kind.choices)
    title = serializers.CharField(max_length=120)
    text = serializers.CharField(required=False, default="", allow_blank=True, max_length=4000)
    is_private = serializers.BooleanField(required=False, default=False)


class TopicViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Topic]):
    """Questions and ideas (提问与建议) that the asking person may see, newest first."""

    permission_classes = (IsAuthenticated, HasScope)
    scope: ClassVar[dict[str, str]] = {"read": "voice:read", "write": "voice:write"}
    serializer_class = TopicSerializer
    lookup_value_converter = "int"
    queryset = Topic.objects.none()

    def get_queryset(self) -> "QuerySet[Topic]":
        if not self.request.user.is_authenticated:
            return Topic.objects.none()  # the schema generator asks as nobody
        rows = topics_seen_by(self.request.user).select_related("unit", "by")
        return rows.prefetch_related("replies__by").order_by("-asked_at", "-pk")

    @extend_schema(request=AskSerializer, responses={201: TopicSerializer})
    def create(self, request: Request) -> Response:
        """Ask a unit that the asking person may look into, or one above it."""
        person = cast(User, request.user)
        given = AskSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        said = dict(given.validated_data)
        unit = units_to_ask(person).filter(pk=said.pop("unit")).first()
        if unit is None:
            raise Http404
        topic = asking.ask(unit, **said, by=person, at=now())
        return Response(TopicSerializer(topic).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=ReplySerializer, responses={201: ReplySerializer})
    @action(detail=True, methods=["post"])
    def replies(self, request: Request, pk: int) -> Response:
        """Say something under a topic."""
        person = cast(User, request.user)
        given = ReplySerializer(data=request.data)
        given.is_valid(raise_exception=True)
        said = asking.reply(topic_seen_by(person, pk), text=given.validated_data["text"], by=person, at=now())
        return Response(ReplySerializer(said).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=ReplySerializer, responses={201: ReplySerializer})
    @action(detail=True, methods=["post"])
    def answers(self, request: Request, pk: int) -> Response:
        """Answer for the unit."""
        person = cast(User, request.user)
        given = ReplySerializer(data=request.data)
        given.is_valid(raise_exception=True)
        said = answering.answer(topic_to_answer(person, pk), text=given.validated_data["text"], by=person, at=now())
        return Response(ReplySerializer(said).data, status=status.HTTP_201_CREATED)


def register(router: BaseRouter) -> None:
    """This app's resources under `/api/v1/`."""
    router.register("topics", TopicViewSet, basename="topic")
