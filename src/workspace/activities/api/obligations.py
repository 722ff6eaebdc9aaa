"""`/api/v1/obligations/`: what units owe and how it stands."""

from typing import ClassVar, cast

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers, viewsets
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from shared.clock import today
from workspace.accounts.models import User
from workspace.accounts.scopes import HasScope
from workspace.activities.models import Obligation
from workspace.activities.queries.obligations import ObligationFilter, owed
from workspace.activities.queries.visibility import get_obligation


class ObligationSerializer(serializers.ModelSerializer[Obligation]):
    unit_name = serializers.CharField(source="unit.name", read_only=True)
    key = serializers.CharField(read_only=True)
    title = serializers.CharField(source="label", read_only=True)
    citation = serializers.CharField(source="rule.citation", read_only=True)
    needs_verification = serializers.BooleanField(source="rule.needs_verification", read_only=True)
    is_overdue = serializers.SerializerMethodField()

    class Meta:
        model = Obligation
        fields = (
            "id", "unit", "unit_name", "key", "title", "rule_key", "citation", "needs_verification", "kinds", "period",
            "period_start", "period_end", "due", "needed", "state", "is_overdue", "met_by", "met_on", "exempt_reason",
        )  # fmt: skip

    def get_is_overdue(self, obligation: Obligation) -> bool:
        return obligation.is_overdue(on=today())


_FILTERS = [
    OpenApiParameter("unit", OpenApiTypes.INT, description="This unit only; with `below=1` everything under it too."),
    OpenApiParameter("below", OpenApiTypes.BOOL),
    OpenApiParameter("year", OpenApiTypes.INT),
    OpenApiParameter("state", OpenApiTypes.STR, enum=[*Obligation.State.values, "overdue"]),
    OpenApiParameter("kind", OpenApiTypes.STR),
]


@extend_schema_view(list=extend_schema(parameters=_FILTERS))
class ObligationViewSet(viewsets.GenericViewSet[Obligation]):
    """What the regulations ask of the units this person may see, by due day."""

    permission_classes = (IsAuthenticated, HasScope)
    scope: ClassVar = {"read": "activities:read"}
    serializer_class = ObligationSerializer
    lookup_value_converter = "int"
    queryset = Obligation.objects.none()

    def list(self, request: Request) -> Response:
        rows = owed(cast(User, request.user), ObligationFilter.read(request.query_params), on=today())
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def retrieve(self, request: Request, pk: int) -> Response:
        return Response(self.get_serializer(get_obligation(pk, visible_to=cast(User, request.user))).data)
