"""`/api/v1/units/`: the tree over the same queries and actions as its pages."""

from typing import Any, ClassVar, cast

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from workspace.accounts.models import User
from workspace.accounts.scopes import HasScope
from workspace.organization import actions
from workspace.organization.api.listing import ListingMixin
from workspace.organization.api.past import PastMixin
from workspace.organization.api.verbs import VerbsMixin
from workspace.organization.models import Unit, UnitQuerySet
from workspace.organization.serializers import (
    CloseSerializer,
    FactsSerializer,
    MoveSerializer,
    NewUnitSerializer,
    NoBody,
    UnitSerializer,
)
from workspace.organization.visibility import unit_for, units_where

_FILTERS = [
    OpenApiParameter("parent", int, description="Only units directly under this one."),
    OpenApiParameter("type", str, enum=Unit.Type.values, description="Only units of this type code."),
    OpenApiParameter("search", str, description="Name, short name, code, pinyin or pinyin initials."),
    OpenApiParameter("closed", bool, description="`true` lists closed units as well."),
]


def _person(request: Request) -> User:
    """Who asks; the permissions have turned away everybody who is nobody."""
    return cast(User, request.user)


class UnitViewSet(
    ListingMixin, PastMixin, VerbsMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Unit]
):
    """Party organisations (党组织), in tree order."""

    permission_classes = (IsAuthenticated, HasScope)
    scope: ClassVar[dict[str, str]] = {"read": "units:read", "write": "units:write"}
    serializer_class = UnitSerializer
    lookup_value_converter = "int"
    queryset = Unit.objects.none()

    def get_queryset(self) -> UnitQuerySet:
        """What the person may see; a list is narrowed by its filters."""
        if not self.request.user.is_authenticated:
            return Unit.objects.none()  # the schema generator asks as nobody
        units = units_where(_person(self.request), "unit.view").with_parent()
        return self._narrowed(units) if self.action == "list" else units

    def _narrowed(self, units: UnitQuerySet) -> UnitQuerySet:
        asked = self.request.query_params
        if asked.get("closed") not in {"true", "1"}:
            units = units.open()
        if kind := asked.get("type"):
            units = units.filter(type=kind)
        if parent := asked.get("parent"):
            above = units_where(_person(self.request), "unit.view").filter(pk=int(parent) if parent.isdecimal() else 0)
            units = units.children_of(above[0]) if above else units.none()
        if words := asked.get("search", "").strip():
            units = units.named_like(words[:60])
        return units

    @extend_schema(parameters=_FILTERS)
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Every unit that the token's owner may see."""
        return super().list(request, *args, **kwargs)

    @extend_schema(request=NewUnitSerializer, responses={201: UnitSerializer})
    def create(self, request: Request) -> Response:
        """Set a unit up under `parent`."""
        given = NewUnitSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        parent = unit_for(_person(request), given.validated_data["parent"], to="unit.change")
        unit = actions.create(parent, given.facts(), by=_person(request), basis=given.paper())
        return self._answer(unit, status.HTTP_201_CREATED)

    @extend_schema(request=FactsSerializer, responses=UnitSerializer)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Change what is sent; the rest stays."""
        unit = unit_for(_person(request), pk, to="unit.change")
        given = FactsSerializer(data=request.data, partial=True)
        given.is_valid(raise_exception=True)
        sent = given.validated_data
        dated = {"on": sent.get("on"), "basis": given.paper(), "corrects": sent.get("corrects", False)}
        changed = actions.change(unit, given.facts(unit), by=_person(request), seen=sent.get("updated_at"), **dated)
        return self._answer(changed)

    @extend_schema(request=MoveSerializer, responses=UnitSerializer)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, pk: int) -> Response:
        """Put the unit, with all below it, under `parent`."""
        unit = unit_for(_person(request), pk, to="unit.change")
        given = MoveSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        target = unit_for(_person(request), given.validated_data["parent"], to="unit.change")
        sent = given.validated_data
        dated = {"on": sent.get("on"), "basis": given.paper()}
        return self._answer(actions.move(unit, to=target, by=_person(request), seen=sent.get("updated_at"), **dated))

    @extend_schema(request=CloseSerializer, responses=UnitSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: int) -> Response:
        """End the unit on a day, for a reason."""
        unit = unit_for(_person(request), pk, to="unit.change")
        given = CloseSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        sent = given.validated_data
        closed = actions.close(
            unit,
            on=sent["on"],
            reason=sent["reason"],
            by=_person(request),
            seen=sent.get("updated_at"),
            basis=given.paper(),
        )
        return self._answer(closed)

    @extend_schema(request=NoBody, responses=UnitSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: int) -> Response:
        """Undo a closing."""
        unit = unit_for(_person(request), pk, to="unit.change")
        return self._answer(actions.reopen(unit, by=_person(request)))

    def _answer(self, unit: Unit, code: int = status.HTTP_200_OK) -> Response:
        fresh = Unit.objects.with_parent().get(pk=unit.pk)
        return Response(UnitSerializer(fresh).data, status=code)
