"""`/api/v1/activities/`: list, plan, change, cancel, close, reopen."""

from collections.abc import Iterable
from typing import Any, ClassVar, cast

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from rules import EventKind
from shared.clock import now
from workspace.accounts.models import User
from workspace.accounts.scopes import HasScope
from workspace.activities.actions import planning, record
from workspace.activities.models import Activity, Obligation
from workspace.activities.queries.listing import Filter, listed
from workspace.activities.queries.visibility import get_activity, get_activity_to_change, get_unit

SCOPE = {"read": "activities:read", "write": "activities:write"}


class ActivitySerializer(serializers.ModelSerializer[Activity]):
    """One activity. `expected`, `present` count the roll; `obligations` appears in the answer of close."""

    unit = serializers.IntegerField(source="unit_id")
    unit_name = serializers.CharField(source="unit.name", read_only=True)
    kinds = serializers.ListField(child=serializers.ChoiceField(choices=EventKind.choices()), allow_empty=False)
    aims = serializers.ListField(child=serializers.CharField(max_length=80), required=False)
    state = serializers.SerializerMethodField()
    expected = serializers.IntegerField(read_only=True)
    present = serializers.IntegerField(read_only=True)

    class Meta:
        model = Activity
        fields = (
            "id", "unit", "unit_name", "title", "kinds", "aims", "audience", "starts_at", "ends_at", "place",
            "online_url", "host", "agenda", "preparation", "state", "expected", "present", "notified_at",
            "cancelled_at", "cancel_reason", "recorded_at", "closed_at", "report", "updated_at",
        )  # fmt: skip
        read_only_fields = (
            "notified_at", "cancelled_at", "cancel_reason", "recorded_at", "closed_at", "report", "updated_at",
        )  # fmt: skip

    def get_state(self, activity: Activity) -> str:
        return activity.state(at=now()).value


class ReasonSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=200)


class ReportSerializer(serializers.Serializer[Any]):
    report = serializers.CharField(required=False, allow_blank=True)


class ClosedSerializer(serializers.Serializer[Any]):
    """What closing or reopening changed."""

    activity = ActivitySerializer()
    obligations = serializers.ListField(child=serializers.DictField())


_FILTERS = [
    OpenApiParameter("unit", OpenApiTypes.INT, description="This unit only; with `below=1` everything under it too."),
    OpenApiParameter("below", OpenApiTypes.BOOL),
    OpenApiParameter("month", OpenApiTypes.STR, description="2026-09"),
    OpenApiParameter("kind", OpenApiTypes.STR, enum=[kind.value for kind in EventKind]),
    OpenApiParameter("state", OpenApiTypes.STR, enum=Activity.State.values),
]


@extend_schema_view(list=extend_schema(parameters=_FILTERS))
class ActivityViewSet(viewsets.GenericViewSet[Activity]):
    """Meetings and activities. A person sees what their pages would show; what they may not see is 404."""

    permission_classes = (IsAuthenticated, HasScope)
    scope: ClassVar = SCOPE
    serializer_class = ActivitySerializer
    lookup_value_converter = "int"
    queryset = Activity.objects.none()  # for the schema; every answer comes from a query that asked

    @property
    def person(self) -> User:
        return cast(User, self.request.user)

    def list(self, request: Request) -> Response:
        wanted = Filter.read(request.query_params)
        rows: QuerySet[Activity] = listed(self.person, wanted, at=now())
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def retrieve(self, request: Request, pk: int) -> Response:
        return Response(self._shown(get_activity(pk, visible_to=self.person)))

    def create(self, request: Request) -> Response:
        sent = self.get_serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        details = dict(sent.validated_data)
        unit = get_unit(details.pop("unit_id"), user=self.person, verb="activity.change")
        activity = planning.plan(unit, by=self.person, **details)
        return Response(self._shown(activity), status=status.HTTP_201_CREATED)

    def partial_update(self, request: Request, pk: int) -> Response:
        activity = get_activity_to_change(pk, by=self.person)
        sent = self.get_serializer(activity, data=request.data, partial=True)
        sent.is_valid(raise_exception=True)
        # an activity does not move to another unit: it is cancelled here and planned there
        details = {name: value for name, value in sent.validated_data.items() if name != "unit_id"}
        planning.change(activity, by=self.person, **details)
        return Response(self._shown(activity))

    @extend_schema(request=ReasonSerializer, responses=ActivitySerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: int) -> Response:
        activity = get_activity_to_change(pk, by=self.person)
        planning.cancel(activity, by=self.person, reason=self._text(ReasonSerializer, "reason"), at=now())
        return Response(self._shown(activity))

    @extend_schema(request=ReportSerializer, responses=ClosedSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: int) -> Response:
        activity = get_activity_to_change(pk, by=self.person)
        changed = record.close(activity, by=self.person, at=now(), report=self._text(ReportSerializer, "report"))
        return self._closed(activity, changed)

    @extend_schema(request=ReasonSerializer, responses=ClosedSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: int) -> Response:
        activity = get_activity_to_change(pk, by=self.person)
        reason = self._text(ReasonSerializer, "reason")
        return self._closed(activity, record.reopen(activity, by=self.person, at=now(), reason=reason))

    def _text(self, kind: type[serializers.Serializer[Any]], name: str) -> str:
        sent = kind(data=self.request.data)
        sent.is_valid(raise_exception=True)
        return str(sent.validated_data.get(name, ""))

    def _shown(self, activity: Activity) -> dict[str, Any]:
        counted = listed(self.person, Filter(), at=now()).get(pk=activity.pk)
        return dict(self.get_serializer(counted).data)

    def _closed(self, activity: Activity, changed: Iterable[Obligation]) -> Response:
        rows = [{"id": row.pk, "key": row.key, "title": row.label, "state": row.state} for row in changed]
        return Response({"activity": self._shown(activity), "obligations": rows})
