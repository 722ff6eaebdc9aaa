"""`/api/v1/permissions/` and `/api/v1/roles/`: the catalogue, and the sets made of it."""

from typing import Any, cast

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from shared.permissions import catalogue, group_of
from workspace.access.actions import roles as actions
from workspace.access.api.fields import SCOPE
from workspace.access.queries import roles as queries
from workspace.accounts.models import User
from workspace.accounts.scopes import HasScope


class PermissionSerializer(serializers.Serializer[Any]):
    """`roles` are the built-in ones that hold it."""

    verb = serializers.CharField()
    # `Field.label` is a text; here it is a field of that name
    label = serializers.CharField()  # type: ignore[assignment]
    group = serializers.CharField()
    sensitivity = serializers.CharField()
    duty = serializers.CharField()
    roles = serializers.ListField(child=serializers.CharField())


class PermissionView(viewsets.ViewSet):
    """Everything that somebody may be let do, in the reader's language."""

    permission_classes = (IsAuthenticated, HasScope)
    scope = SCOPE

    @extend_schema(responses=PermissionSerializer(many=True))
    def list(self, request: Request) -> Response:
        return Response([_permission(one) for one in catalogue()])


class RoleSerializer(serializers.Serializer[queries.Shape]):
    """A role as a set of permissions. `people` hold it where the asking person may look."""

    id = serializers.IntegerField(read_only=True, allow_null=True, help_text="Of a role of the workspace's own.")
    code = serializers.CharField(read_only=True)
    name = serializers.CharField(max_length=40)
    verbs = serializers.ListField(child=serializers.CharField())
    is_own = serializers.BooleanField(read_only=True)
    people = serializers.IntegerField(read_only=True)


class RoleView(viewsets.ViewSet):
    """The built-in roles and the workspace's own; only these can be changed and deleted."""

    permission_classes = (IsAuthenticated, HasScope)
    scope = SCOPE
    lookup_value_converter = "int"

    @extend_schema(responses=RoleSerializer(many=True))
    def list(self, request: Request) -> Response:
        return Response([_shape(one) for one in queries.shapes(visible_to=cast(User, request.user))])

    @extend_schema(request=RoleSerializer, responses={201: RoleSerializer})
    def create(self, request: Request) -> Response:
        by, said = cast(User, request.user), _said(request)
        made = actions.create_role(said["name"], said["verbs"], by=by)
        return Response(_shape(_found(made.pk, by)), status=201)

    @extend_schema(request=RoleSerializer, responses=RoleSerializer)
    def partial_update(self, request: Request, pk: int) -> Response:
        by = cast(User, request.user)
        role = queries.own_role(pk, visible_to=by)
        said = {"name": role.name, "verbs": role.verbs, **_said(request, partial=True)}
        actions.change_role(role, name=said["name"], verbs=said["verbs"], by=by)
        return Response(_shape(_found(pk, by)))

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: int) -> Response:
        by = cast(User, request.user)
        actions.delete_role(queries.own_role(pk, visible_to=by), by=by)
        return Response(status=204)


def _permission(one: Any) -> dict[str, Any]:
    group = group_of(one.verb)
    return {
        "verb": one.verb,
        "label": str(one.label),
        "group": str(group.label) if group else "",
        "sensitivity": one.sensitivity.value,
        "duty": one.duty.value,
        "roles": sorted(one.holders),
    }


def _shape(one: queries.Shape) -> dict[str, Any]:
    return {
        "id": one.pk,
        "code": one.code,
        "name": one.name,
        "verbs": sorted(one.verbs),
        "is_own": one.is_own,
        "people": one.people,
    }


def _found(pk: int, by: User) -> queries.Shape:
    return next(one for one in queries.shapes(visible_to=by) if one.pk == pk)


def _said(request: Request, *, partial: bool = False) -> dict[str, Any]:
    said = RoleSerializer(data=request.data, partial=partial)
    said.is_valid(raise_exception=True)
    return dict(said.validated_data)
