"""`/api/v1/grants/`: roles granted on units."""

from datetime import timedelta
from typing import Any, ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets

from shared.clock import today
from workspace.access.actions import grants
from workspace.access.api.fields import SCOPE, OwnField, RoleField
from workspace.access.models import Grant
from workspace.access.queries import units_where
from workspace.accounts.models import User
from workspace.organization.models import Unit


class GrantSerializer(serializers.ModelSerializer[Grant]):
    user = OwnField(queryset=User.objects.none())
    unit = OwnField(verb="access.grant", queryset=Unit.objects.none())
    role = RoleField(max_length=12)
    user_name = serializers.CharField(source="user.name", read_only=True)
    unit_name = serializers.CharField(source="unit.name", read_only=True)
    role_name = serializers.CharField(source="get_role_display", read_only=True)

    class Meta:
        model = Grant
        fields = (
            "id",
            "user",
            "user_name",
            "role",
            "role_name",
            "unit",
            "unit_name",
            "granted_at",
            "since",
            "until",
            "delegated_from",
        )
        read_only_fields = ("granted_at", "delegated_from")
        validators: ClassVar[list[Any]] = []  # the verb itself answers for a role that is there already


class GrantEndSerializer(serializers.ModelSerializer[Grant]):
    """Only the end of a grant can be changed."""

    class Meta:
        model = Grant
        fields = ("id", "until")


@extend_schema_view(
    list=extend_schema(parameters=[OpenApiParameter("ending", int, description="Those that end within so many days.")]),
    partial_update=extend_schema(request=GrantEndSerializer, responses=GrantEndSerializer),
)
class GrantView(
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    mixins.CreateModelMixin,
    mixins.UpdateModelMixin,
    mixins.DestroyModelMixin,
    viewsets.GenericViewSet[Grant],
):
    """Roles not over yet where the asking person may look into them. Deleting one takes it away at once."""

    http_method_names = ["get", "post", "patch", "delete", "head", "options"]  # noqa: RUF012 - as the class above has it
    queryset = Grant.objects.none()
    scope = SCOPE

    def get_serializer_class(self) -> Any:
        return GrantEndSerializer if self.action == "partial_update" else GrantSerializer

    def get_queryset(self) -> "QuerySet[Grant]":
        units = units_where(self.request.user, "access.review")  # type: ignore[arg-type]  # signed in: asked before
        rows = Grant.objects.not_over(today()).filter(unit__in=units).named()
        days = self.request.query_params.get("ending", "")
        if days.isdecimal():
            rows = rows.filter(until__lte=today() + timedelta(days=min(int(days), 3660)))
        return rows.select_related("user", "unit").order_by("pk")

    def perform_create(self, serializer: Any) -> None:
        given = serializer.validated_data
        by: Any = self.request.user
        days = {"since": given.get("since"), "until": given.get("until")}
        serializer.instance = grants.grant(given["user"], given["role"], given["unit"], by=by, **days)

    def perform_update(self, serializer: Any) -> None:
        by: Any = self.request.user
        grants.change_end(serializer.instance, until=serializer.validated_data.get("until"), by=by)
        serializer.instance.refresh_from_db()

    def perform_destroy(self, instance: Grant) -> None:
        by: Any = self.request.user
        grants.revoke(instance, by=by)
