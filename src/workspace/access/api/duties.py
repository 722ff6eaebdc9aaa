"""`/api/v1/duties/`: the three administrators, apart or together."""

from typing import Any, cast

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from workspace.access.actions import offices as actions
from workspace.access.api.fields import SCOPE, OwnField
from workspace.access.models import OFFICES, Grant
from workspace.access.queries import may
from workspace.access.queries.offices import are_apart
from workspace.accounts.models import User
from workspace.accounts.scopes import HasScope


class DutiesSerializer(serializers.Serializer[Any]):
    """Who holds which office; `apart` says whether nobody holds everything."""

    apart = serializers.BooleanField()
    offices = serializers.DictField(child=serializers.CharField())


class ApartSerializer(serializers.Serializer[Any]):
    """Three different people, none of them the one who asks."""

    system = OwnField(queryset=User.objects.none())
    security = OwnField(queryset=User.objects.none())
    auditor = OwnField(queryset=User.objects.none())


class TogetherSerializer(serializers.Serializer[Any]):
    """The business administrator of the whole who becomes the administrator of everything."""

    admin = OwnField(queryset=User.objects.none())


class DutiesView(viewsets.ViewSet):
    """三员分立, for who may look into roles; put apart by the administrator, together by the security administrator."""

    permission_classes = (IsAuthenticated, HasScope)
    scope = SCOPE

    @extend_schema(responses=DutiesSerializer)
    def list(self, request: Request) -> Response:
        if not may(cast(User, request.user), "access.review"):
            raise Http404
        held = Grant.objects.own().filter(role__in=OFFICES).select_related("user")
        return Response({"apart": are_apart(), "offices": {one.role: one.user.name for one in held}})

    @extend_schema(request=ApartSerializer, responses={204: None})
    def create(self, request: Request) -> Response:
        """Put them apart, at once."""
        actions.put_apart(_given(ApartSerializer, request), by=cast(User, request.user))
        return Response(status=204)

    @extend_schema(request=TogetherSerializer, responses={204: None})
    @action(detail=False, methods=["post"])
    def together(self, request: Request) -> Response:
        """Give everything back to one administrator."""
        actions.put_together(_given(TogetherSerializer, request)["admin"], by=cast(User, request.user))
        return Response(status=204)


def _given(serializer: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    if not may(cast(User, request.user), "access.review"):
        raise Http404
    said = serializer(data=request.data, context={"request": request})
    said.is_valid(raise_exception=True)
    return dict(said.validated_data)
