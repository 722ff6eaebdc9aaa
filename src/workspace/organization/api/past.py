"""What was: the changes of a unit, the tree of a day, and how two days differ."""

from datetime import date
from typing import cast

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from workspace.accounts.models import User
from workspace.organization import queries
from workspace.organization.models import Change
from workspace.organization.serializers import AsOfSerializer, ChangeSerializer, ShiftSerializer, ThenSerializer
from workspace.organization.visibility import unit_for


class PastMixin:
    @extend_schema(responses=ChangeSerializer(many=True), filters=False)
    @action(detail=True, pagination_class=None)
    def changes(self, request: Request, pk: int) -> Response:
        """Every dated change of the unit (沿革), the oldest first."""
        unit = unit_for(cast(User, request.user), pk)
        rows = Change.objects.filter(unit=unit).in_order().select_related("by")
        return Response(ChangeSerializer(rows, many=True).data)

    @extend_schema(parameters=[AsOfSerializer], responses=ThenSerializer(many=True), filters=False)
    @action(detail=False, pagination_class=None, url_path="as-of")
    def as_of(self, request: Request) -> Response:
        """The tree of the day `on`, parents before children, of the units seen today."""
        on, _since = _asked(request)
        rows = queries.tree_on(cast(User, request.user), on).rows
        return Response(ThenSerializer(rows, many=True).data)

    @extend_schema(parameters=[AsOfSerializer], responses=ShiftSerializer(many=True), filters=False)
    @action(detail=False, pagination_class=None)
    def differences(self, request: Request) -> Response:
        """Which units stand otherwise on the day `on` than on the day `since`."""
        on, since = _asked(request)
        rows = queries.shifts(cast(User, request.user), since or on, on)
        return Response(ShiftSerializer(rows, many=True).data)


def _asked(request: Request) -> tuple[date, date | None]:
    given = AsOfSerializer(data=request.query_params)
    given.is_valid(raise_exception=True)
    return given.validated_data["on"], given.validated_data.get("since")
