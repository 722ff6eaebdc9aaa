"""`/api/v1/delegations/`: who stands in for whom."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import mixins, serializers, viewsets

from workspace.access.actions import delegations as actions
from workspace.access.api.fields import SCOPE
from workspace.access.models import Grant
from workspace.access.queries import delegations as queries
from workspace.accounts.models import User


class HeldField(serializers.PrimaryKeyRelatedField):  # type: ignore[type-arg]  # not subscriptable when it runs
    def get_queryset(self) -> "QuerySet[Any]":
        return queries.lendable(self.context["request"].user)


class DelegationSerializer(serializers.ModelSerializer[Grant]):
    """`delegated_from` is a grant of one's own, `user` stands in, `groups` are those of the catalogue; none: all."""

    delegated_from = HeldField(queryset=Grant.objects.none())
    user = serializers.PrimaryKeyRelatedField(queryset=User.objects.filter(is_active=True))
    since = serializers.DateField()
    until = serializers.DateField()
    groups = serializers.ListField(child=serializers.CharField(), required=False)
    role_name = serializers.CharField(source="get_role_display", read_only=True)
    unit_name = serializers.CharField(source="unit.name", read_only=True)

    class Meta:
        model = Grant
        fields = (
            "id",
            "delegated_from",
            "user",
            "role",
            "role_name",
            "unit",
            "unit_name",
            "since",
            "until",
            "groups",
            "reason",
        )
        read_only_fields = ("role", "unit")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not queries.colleagues(attrs["delegated_from"]).filter(pk=attrs["user"].pk).exists():
            raise serializers.ValidationError({"user": "?"}, code="does_not_exist")
        return attrs

    def to_representation(self, instance: Grant) -> dict[str, Any]:
        return {**super().to_representation(instance), "groups": sorted(instance.groups)}


class DelegationView(
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    mixins.CreateModelMixin,
    mixins.DestroyModelMixin,
    viewsets.GenericViewSet[Grant],
):
    """What the asking person lent and what was lent to them. Deleting one ends it early."""

    serializer_class = DelegationSerializer
    queryset = Grant.objects.none()
    scope = SCOPE

    def get_queryset(self) -> "QuerySet[Grant]":
        return queries.delegations_of(self.request.user)  # type: ignore[arg-type]  # signed in: asked before

    def perform_create(self, serializer: Any) -> None:
        given = serializer.validated_data
        by: Any = self.request.user
        serializer.instance = actions.delegate(
            given["delegated_from"],
            to=given["user"],
            since=given["since"],
            until=given["until"],
            reason=given.get("reason", ""),
            only=given.get("groups"),
            by=by,
        )

    def perform_destroy(self, instance: Grant) -> None:
        by: Any = self.request.user
        actions.end(instance, by=by)
